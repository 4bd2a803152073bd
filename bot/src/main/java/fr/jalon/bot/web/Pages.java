package fr.jalon.bot.web;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import fr.jalon.bot.conversation.Intent.Topic;
import fr.jalon.bot.conversation.Wording;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/** The one page, from {@code page.mustache}, {@code style.css} and {@code web.properties}. */
final class Pages {
  private static final int HASH_CHARS = 16;

  private final Properties texts = new Properties();
  private final Template template;
  private final byte[] style;
  private final String styleHash;
  private final List<Shortcut> shortcuts;

  /**
   * What is shown.
   *
   * @param title of the window
   * @param style the address of the style sheet
   * @param error the heading of a page that is not the conversation; else empty
   * @param notice said before anything else; empty when there is nothing to say
   * @param draft what the box already holds
   * @param longest the most characters the box takes
   * @param exchanges oldest first
   * @param examples questions to begin with
   * @param shortcuts to what Jalon says of itself
   */
  private record View(
      String title,
      String style,
      String error,
      String notice,
      String draft,
      int longest,
      List<Shown> exchanges,
      List<String> examples,
      List<Shortcut> shortcuts) {}

  /**
   * An exchange in its place.
   *
   * @param last whether it is the one to read now
   */
  private record Shown(
      String question,
      List<ReplyView.Block> reply,
      boolean sourced,
      List<String> next,
      boolean last) {}

  /** A button which types a command. */
  private record Shortcut(String command, String label) {}

  Pages(Wording wording) {
    try {
      texts.load(new StringReader(resource("web.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    template =
        Mustache.compiler()
            .strictSections(true)
            .emptyStringIsFalse(true)
            .withLoader(name -> new StringReader(resource(name + ".mustache").strip()))
            .compile(resource("page.mustache"));
    style = resource("style.css").getBytes(StandardCharsets.UTF_8);
    styleHash = hash(style);
    shortcuts =
        Stream.of(Topic.ROUTES, Topic.HUMAN, Topic.SOURCES, Topic.PRIVACY)
            .map(topic -> new Shortcut("/" + topic.word(), wording.command(topic)))
            .toList();
  }

  /** The conversation so far. */
  String conversation(
      List<Session.Exchange> exchanges, String notice, String draft, List<String> examples) {
    int last = exchanges.size() - 1;
    List<Shown> shown =
        Stream.iterate(0, index -> index <= last, index -> index + 1)
            .map(index -> shown(exchanges.get(index), index == last))
            .toList();
    return template.execute(
        new View(
            title(exchanges, notice),
            styleAddress(),
            "",
            notice,
            draft,
            WebDoor.LONGEST_QUESTION,
            shown,
            exchanges.isEmpty() ? examples : List.of(),
            shortcuts));
  }

  /** A page that says what went wrong and leads back. */
  String error(int status) {
    String heading = text("error." + status);
    return template.execute(
        new View(
            heading + " – " + text("title"),
            styleAddress(),
            heading,
            text("error." + status + ".mend"),
            "",
            WebDoor.LONGEST_QUESTION,
            List.of(),
            List.of(),
            List.of()));
  }

  byte[] style() {
    return style.clone();
  }

  String styleHash() {
    return styleHash;
  }

  /** A text of {@code web.properties}. */
  String text(String key) {
    return Objects.requireNonNull(texts.getProperty(key), key);
  }

  private String title(List<Session.Exchange> exchanges, String notice) {
    if (!notice.isEmpty()) {
      return text("title.notice");
    }
    return text(exchanges.isEmpty() ? "title" : "title.answered");
  }

  private String styleAddress() {
    return "/style.css?" + styleHash;
  }

  private static Shown shown(Session.Exchange exchange, boolean last) {
    return new Shown(
        exchange.question(),
        exchange.reply(),
        exchange.sourced(),
        last ? exchange.next() : List.of(),
        last);
  }

  private static String resource(String name) {
    try (InputStream file = Objects.requireNonNull(Pages.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, HASH_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
