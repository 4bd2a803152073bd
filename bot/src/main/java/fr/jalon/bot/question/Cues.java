package fr.jalon.bot.question;

import fr.jalon.knowledge.French;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns of phrase that show what a message wants, from {@code cues.properties}: under each key,
 * phrases between semicolons, where {@code *} stands for any end of a word and {@code …} for up to
 * four words. Case, accents and punctuation do not matter.
 */
public final class Cues {
  private static final Cues STANDARD = load();

  private final Map<String, List<Pattern>> patterns = new HashMap<>();

  private Cues(Properties properties) {
    for (String key : properties.stringPropertyNames()) {
      patterns.put(
          key,
          Arrays.stream(properties.getProperty(key).split(";", -1))
              .map(Cues::words)
              .filter(phrase -> !phrase.isBlank())
              .map(Cues::pattern)
              .toList());
    }
  }

  /** Whether a text holds a phrase of a key. */
  public static boolean match(String key, String text) {
    String words = ' ' + words(text) + ' ';
    return STANDARD.phrases(key).stream().anyMatch(pattern -> pattern.matcher(words).find());
  }

  /** A text without the phrases of a key. */
  public static String without(String key, String text) {
    String words = ' ' + words(text) + ' ';
    for (Pattern pattern : STANDARD.phrases(key)) {
      words = pattern.matcher(words).replaceAll(" ");
    }
    return words.strip();
  }

  private List<Pattern> phrases(String key) {
    return Objects.requireNonNull(patterns.get(key), key);
  }

  private static String words(String text) {
    return French.fold(text).replaceAll("[^a-z0-9€+*…]+", " ").strip();
  }

  private static Pattern pattern(String phrase) {
    String expression =
        Arrays.stream(phrase.split(" ", -1))
            .map(word ->
                word.equals("…")
                    ? "(?:[^ ]+ ){0,4}"
                    : Pattern.quote(word.replace("*", "")) + (word.endsWith("*") ? "[^ ]* " : " "))
            .collect(Collectors.joining());
    return Pattern.compile("(?<= )" + expression);
  }

  private static Cues load() {
    Properties properties = new Properties();
    try (InputStreamReader reader =
        new InputStreamReader(
            Objects.requireNonNull(Cues.class.getResourceAsStream("cues.properties")),
            StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Cues(properties);
  }
}
