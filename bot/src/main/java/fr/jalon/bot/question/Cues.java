package fr.jalon.bot.question;

import fr.jalon.knowledge.French;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Turns of phrase that show what a message wants, from {@code cues.properties}: under each key,
 * alternatives between semicolons. In an alternative, {@code *} stands for any end of a word,
 * {@code …} for up to four words, {@code (a|b)} for a choice, {@code $} for the end of the text,
 * and {@code &} joins phrases that must all stand somewhere. The first alternative that fits wins.
 * Case, accents and punctuation do not matter.
 */
public final class Cues {
  private static final String GAP = "…";
  private static final int LONGEST_GAP = 4;
  private static final String END = "$";
  private static final Map<String, Cues> BY_KEY = load();

  private final Map<String, List<Alternative>> byFirstWord = new HashMap<>();
  private final List<Alternative> byFirstLetters = new ArrayList<>();

  /**
   * One way to show it.
   *
   * @param phrase words, where {@code *} and {@code …} stand for others
   * @param others phrases that must stand somewhere too
   */
  private record Alternative(List<String> phrase, List<List<String>> others) {}

  private Cues(String alternatives) {
    for (String text : expanded(alternatives)) {
      List<List<String>> phrases = new ArrayList<>();
      for (String part : text.split("&", -1)) {
        List<String> phrase = words(part, "€+*…$");
        if (!phrase.isEmpty()) {
          phrases.add(phrase);
        }
      }
      if (phrases.isEmpty()) {
        continue;
      }
      String first = phrases.get(0).get(0);
      Alternative alternative = new Alternative(phrases.get(0), phrases.subList(1, phrases.size()));
      if (first.endsWith("*")) {
        byFirstLetters.add(alternative);
      } else {
        byFirstWord.computeIfAbsent(first, word -> new ArrayList<>()).add(alternative);
      }
    }
  }

  /** Whether a text shows what a key stands for. */
  public static boolean match(String key, String text) {
    return !matching(List.of(key), text).isEmpty();
  }

  /** Those of some keys that a text shows, in order. */
  public static List<String> matching(List<String> keys, String text) {
    List<String> words = words(text);
    return keys.stream()
        .filter(key -> {
          Cues cues = Objects.requireNonNull(BY_KEY.get(key), key);
          return IntStream.range(0, words.size()).anyMatch(i -> cues.end(words, i).isPresent());
        })
        .toList();
  }

  /** The words of a text that no phrase of a key covers. */
  public static String without(String key, String text) {
    Cues cues = Objects.requireNonNull(BY_KEY.get(key), key);
    List<String> words = words(text);
    List<String> left = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      OptionalInt end = cues.end(words, i);
      if (end.isPresent()) {
        i = end.getAsInt() - 1;
      } else {
        left.add(words.get(i));
      }
    }
    return String.join(" ", left);
  }

  /** Index after the alternative that begins at a word; empty when none does. */
  private OptionalInt end(List<String> words, int from) {
    return Stream.concat(
            byFirstWord.getOrDefault(words.get(from), List.of()).stream(), byFirstLetters.stream())
        .mapToInt(alternative -> {
          int end = end(alternative.phrase(), 0, words, from);
          return end > 0 && alternative.others().stream().allMatch(phrase -> isIn(words, phrase))
              ? end
              : 0;
        })
        .filter(end -> end > 0)
        .findFirst();
  }

  private static boolean isIn(List<String> words, List<String> phrase) {
    return IntStream.range(0, words.size()).anyMatch(i -> end(phrase, 0, words, i) > 0);
  }

  /** Index after the rest of a phrase, 0 when the words differ. */
  private static int end(List<String> phrase, int at, List<String> words, int from) {
    if (at == phrase.size()) {
      return from;
    }
    String expected = phrase.get(at);
    if (expected.equals(GAP)) {
      for (int skipped = 0; skipped <= LONGEST_GAP && from + skipped < words.size(); skipped++) {
        int end = end(phrase, at + 1, words, from + skipped);
        if (end > 0) {
          return end;
        }
      }
      return 0;
    }
    if (expected.equals(END)) {
      return from == words.size() ? from : 0;
    }
    boolean same = from < words.size() && isLike(expected, words.get(from));
    return same ? end(phrase, at + 1, words, from + 1) : 0;
  }

  private static boolean isLike(String expected, String word) {
    return expected.endsWith("*")
        ? word.startsWith(expected.substring(0, expected.length() - 1))
        : word.equals(expected);
  }

  private static List<String> words(String text) {
    return words(French.fold(text), "€+");
  }

  /** The runs of letters, digits and some signs of a folded text. */
  private static List<String> words(String folded, String signs) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= folded.length(); i++) {
      char c = i == folded.length() ? ' ' : folded.charAt(i);
      boolean inWord = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || signs.indexOf(c) >= 0;
      if (inWord && start < 0) {
        start = i;
      } else if (!inWord && start >= 0) {
        words.add(folded.substring(start, i));
        start = -1;
      }
    }
    return words;
  }

  /** Each alternative, once for every choice between parentheses, in order. */
  private static List<String> expanded(String alternatives) {
    List<String> expanded = new ArrayList<>();
    for (String alternative : alternatives.split(";", -1)) {
      expand(alternative, expanded);
    }
    return expanded;
  }

  private static void expand(String alternative, List<String> expanded) {
    int open = alternative.indexOf('(');
    int close = alternative.indexOf(')', open);
    if (open < 0 || close < 0) {
      expanded.add(alternative);
      return;
    }
    String before = alternative.substring(0, open);
    String after = alternative.substring(close + 1);
    for (String chosen : alternative.substring(open + 1, close).split("\\|", -1)) {
      expand(before + chosen + after, expanded);
    }
  }

  private static Map<String, Cues> load() {
    Properties properties = new Properties();
    try (InputStreamReader reader =
        new InputStreamReader(
            Objects.requireNonNull(Cues.class.getResourceAsStream("cues.properties")),
            StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Cues> cues = new HashMap<>();
    for (String key : properties.stringPropertyNames()) {
      cues.put(key, new Cues(French.fold(properties.getProperty(key))));
    }
    return cues;
  }
}
