package fr.jalon.bot.conversation;

import fr.jalon.bot.answer.Answer;
import fr.jalon.bot.answer.Answer.Statement;
import fr.jalon.bot.answer.Citation;
import fr.jalon.bot.answer.Response;
import fr.jalon.bot.question.PersonalData;
import fr.jalon.knowledge.Passage;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** Words answers in French, from {@code wording.properties}. Thread-safe. */
public final class Wording {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.FRENCH);
  private static final DateTimeFormatter FIRST_DAY =
      DateTimeFormatter.ofPattern("d'er' MMMM yyyy", Locale.FRENCH);

  private final Properties texts = new Properties();

  /** Reads the texts. */
  public Wording() {
    try (InputStreamReader reader =
        new InputStreamReader(
            Objects.requireNonNull(Wording.class.getResourceAsStream("wording.properties")),
            StandardCharsets.UTF_8)) {
      texts.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is said, citations as {@code [n]}, without the list of sources or suggestions. */
  public String text(Response response) {
    List<String> parts = new ArrayList<>();
    for (PersonalData.Kind kind : response.trace().question().masked()) {
      parts.add(text("masked." + kind));
    }
    parts.add(
        switch (response.answer()) {
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
        });
    return String.join("\n\n", parts);
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

  private String source(Citation citation) {
    StringBuilder source = new StringBuilder(String.join(" — ", citation.heading()));
    if (citation.publisher() != null) {
      source.append("\n    ").append(citation.publisher());
    }
    if (citation.consultedOn() != null) {
      DateTimeFormatter format = citation.consultedOn().getDayOfMonth() == 1 ? FIRST_DAY : DAY;
      source
          .append(", ")
          .append(text("source.checked").formatted(citation.consultedOn().format(format)));
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
