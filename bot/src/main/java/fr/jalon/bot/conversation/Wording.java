package fr.jalon.bot.conversation;

import fr.jalon.bot.answer.Answer;
import fr.jalon.bot.answer.Answer.Statement;
import fr.jalon.bot.answer.Citation;
import fr.jalon.bot.answer.Response;
import fr.jalon.knowledge.Passage;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words answers in French, from {@code wording.properties}. Thread-safe. */
public final class Wording {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.FRENCH);
  private static final DateTimeFormatter FIRST_DAY =
      DateTimeFormatter.ofPattern("d'er' MMMM yyyy", Locale.FRENCH);

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("d MMMM yyyy 'à' HH:mm:ss", Locale.FRENCH);
  private static final Pattern NUMBER = Pattern.compile("\\[([0-9]+)\\]");

  private final Properties texts = new Properties();
  private final String operator;
  private final Duration retention;
  private final ZoneId zone;

  /** Words for nobody in particular. */
  public Wording() {
    this("", Duration.ofDays(1), ZoneId.of("Europe/Paris"));
  }

  /**
   * Reads the texts.
   *
   * @param operator who runs this Jalon; empty when unknown
   * @param retention how long the text of a conversation is kept
   * @param zone where people read the time
   */
  public Wording(String operator, Duration retention, ZoneId zone) {
    this.retention = retention;
    this.zone = zone;
    try (InputStreamReader reader =
        new InputStreamReader(
            Objects.requireNonNull(Wording.class.getResourceAsStream("wording.properties")),
            StandardCharsets.UTF_8)) {
      texts.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.operator = operator.isBlank() ? text("operator.unknown") : operator;
  }

  /** What is said, citations as {@code [n]}, without the list of sources or suggestions. */
  public String text(Response response) {
    return masked(response)
        + switch (response.answer()) {
          case Answer.Answered answered -> statements(answered.statements());
          case Answer.Clarify clarify ->
              lines(text("clarify." + clarify.reason()), clarify.choices());
          case Answer.NotFound notFound -> notFound(notFound);
          case Answer.OutOfScope none -> text("out_of_scope");
          case Answer.Emergency emergency ->
              emergency.statements().isEmpty()
                  ? text("emergency")
                  : text("emergency") + "\n" + statements(emergency.statements());
          case Answer.Declined declined -> text("declined." + declined.refusal());
        };
  }

  /** The warnings for what was masked, each a paragraph; possibly empty. */
  private String masked(Response response) {
    return response.trace().question().masked().stream()
        .map(kind -> text("masked." + kind) + "\n\n")
        .collect(Collectors.joining());
  }

  /** The whole reply for a terminal: text, sources with the day they were checked, suggestions. */
  public String reply(Response response) {
    StringBuilder reply = new StringBuilder(text(response));
    List<Citation> citations = citations(response.answer());
    if (!citations.isEmpty()) {
      reply.append("\n\n").append(text("sources"));
      Map<String, String> numbersBySource = new LinkedHashMap<>();
      citations.forEach(citation ->
          numbersBySource.merge(
              source(citation), "[" + citation.number() + "]", (one, other) -> one + other));
      numbersBySource.forEach(
          (source, numbers) -> reply.append('\n').append(numbers).append(' ').append(source));
    }
    if (response.answer() instanceof Answer.Answered && !response.suggestions().isEmpty()) {
      reply.append("\n\n").append(lines(text("next"), response.suggestions()));
    }
    return reply.toString();
  }

  /** The reply for a channel with links and buttons; what buttons offer is not said twice. */
  public Reply words(Response response) {
    List<Citation> citations = citations(response.answer());
    StringBuilder reply =
        new StringBuilder(
            response.answer() instanceof Answer.Clarify clarify
                ? masked(response) + text("clarify." + clarify.reason())
                : text(response));
    if (!citations.isEmpty()) {
      reply.append("\n\n").append(text("sources"));
      Map<String, String> numbersBySource = new LinkedHashMap<>();
      citations.forEach(citation ->
          numbersBySource.merge(
              shortSource(citation), "[" + citation.number() + "]", (one, other) -> one + other));
      numbersBySource.forEach(
          (source, numbers) -> reply.append('\n').append(numbers).append(' ').append(source));
    }
    return new Reply(reply.toString(), links(reply, citations), response.suggestions());
  }

  /** What Jalon says of itself. */
  public Reply about(Intent.Topic topic) {
    return Reply.of(
        text("about." + topic)
            .replace("{operator}", operator)
            .replace("{retention}", String.valueOf(retention.toHours())));
  }

  /** What can be asked about: some questions. */
  public Reply routes(List<String> questions) {
    return Reply.of(lines(text("about.ROUTES"), questions));
  }

  /** What a channel shows before the first message. */
  public String description() {
    return text("description");
  }

  /** What a command does, in a few words. */
  public String command(Intent.Topic topic) {
    return text("command." + topic);
  }

  /** Who runs this Jalon, in words. */
  public String operator() {
    return operator;
  }

  /** For what holds no text. */
  public Reply unreadable() {
    return Reply.of(text("unreadable"));
  }

  /** For a button whose question is not known any more. */
  public Reply lostButton() {
    return Reply.of(text("lost_button"));
  }

  /** For whoever writes faster than anybody can be answered. */
  public Reply tooMany() {
    return Reply.of(text("too_many"));
  }

  /** For when Jalon cannot answer at all. */
  public Reply unavailable() {
    return Reply.of(text("unavailable"));
  }

  /** The receipt of an erasure. */
  public Reply forgotten(int turns, int waiting, int left, Instant at) {
    return Reply.of(
        text("forgotten").formatted(turns, waiting, left, SECOND.format(at.atZone(zone))));
  }

  /** For a tapped question, which shows nowhere else. */
  public Reply tapped(String question, Reply reply) {
    String before = text("tapped").formatted(question) + "\n\n";
    return new Reply(
        before + reply.text(),
        reply.links().stream()
            .map(link ->
                new Reply.Link(
                    link.start() + before.length(), link.end() + before.length(), link.url()))
            .toList(),
        reply.next());
  }

  private static List<Reply.Link> links(CharSequence text, List<Citation> citations) {
    List<Reply.Link> links = new ArrayList<>();
    Matcher numbers = NUMBER.matcher(text);
    while (numbers.find()) {
      int number = Integer.parseInt(numbers.group(1));
      citations.stream()
          .filter(citation -> citation.number() == number)
          .map(Citation::url)
          .filter(Objects::nonNull)
          .findFirst()
          .ifPresent(url -> links.add(new Reply.Link(numbers.start(), numbers.end(), url)));
    }
    return links;
  }

  /** The citations of an answer, in the order of their numbers; possibly none. */
  public static List<Citation> citations(Answer answer) {
    return switch (answer) {
      case Answer.Answered answered -> answered.citations();
      case Answer.Emergency emergency -> emergency.citations();
      case Answer.Clarify none -> List.of();
      case Answer.NotFound none -> List.of();
      case Answer.OutOfScope none -> List.of();
      case Answer.Declined none -> List.of();
    };
  }

  private String notFound(Answer.NotFound notFound) {
    List<String> nearest = notFound.nearest().stream().map(Wording::place).distinct().toList();
    String contact = text("not_found.contact");
    return nearest.isEmpty()
        ? text("not_found") + "\n" + contact
        : text("not_found") + "\n" + lines(text("not_found.nearest"), nearest) + "\n" + contact;
  }

  private static String place(Passage passage) {
    return passage.title().equals(passage.sectionHeading())
        ? passage.title()
        : passage.title() + " — " + passage.sectionHeading();
  }

  private static String lines(String introduction, List<String> items) {
    return items.isEmpty() ? introduction : introduction + "\n• " + String.join("\n• ", items);
  }

  /** Sentences one after the other, list items on their own lines, each citation once in a row. */
  private static String statements(List<Statement> statements) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      boolean item = !statement.bullet().isEmpty();
      boolean afterItem = i > 0 && !statements.get(i - 1).bullet().isEmpty();
      boolean newPassage = i > 0 && statements.get(i - 1).citation() != statement.citation();
      if (i > 0) {
        text.append(item || afterItem || newPassage ? "\n" : " ");
      }
      if (item) {
        text.append(statement.bullet().equals("-") ? "•" : statement.bullet()).append(' ');
      }
      text.append(statement.text());
      boolean last =
          i + 1 == statements.size() || statements.get(i + 1).citation() != statement.citation();
      if (last) {
        text.append(" [").append(statement.citation()).append(']');
      }
    }
    return text.toString();
  }

  /** Who publishes a source and when it was checked. */
  private String shortSource(Citation citation) {
    String publisher =
        citation.publisher() == null ? citation.heading().get(0) : citation.publisher();
    if (citation.consultedOn() == null) {
      return publisher;
    }
    DateTimeFormatter format = citation.consultedOn().getDayOfMonth() == 1 ? FIRST_DAY : DAY;
    return publisher
        + ", "
        + text("source.checked").formatted(citation.consultedOn().format(format));
  }

  private String source(Citation citation) {
    StringBuilder source = new StringBuilder(String.join(" — ", citation.heading()));
    if (citation.publisher() != null) {
      source.append("\n    ").append(shortSource(citation));
    }
    if (citation.url() != null) {
      source.append("\n    ").append(citation.url());
    }
    return source.toString();
  }

  private String text(String key) {
    return Objects.requireNonNull(texts.getProperty(key), key);
  }
}
