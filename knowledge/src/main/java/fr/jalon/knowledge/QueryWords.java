package fr.jalon.knowledge;

import fr.jalon.knowledge.French.Word;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The distinct words of a query and how much each weighs. */
final class QueryWords {
  static final int MOST = 32;
  private static final float FUNCTION_WORD_WEIGHT = 0.2f;

  /** An age or a count, which tells of a situation more than of a subject. */
  private static final Pattern SMALL_NUMBER = Pattern.compile("[0-9]{1,2}");

  private static final float SMALL_NUMBER_WEIGHT = 0.4f;
  private static final Set<String> FUNCTION_WORDS = functionWords();

  private QueryWords() {}

  /** The first words of a query, each stem once. */
  static List<Word> distinct(List<Word> words) {
    Map<String, Word> byStem = new LinkedHashMap<>();
    for (Word word : words) {
      if (byStem.size() == MOST) {
        break;
      }
      byStem.putIfAbsent(word.stem(), word);
    }
    return List.copyOf(byStem.values());
  }

  /** Those of the first words of a query that say what it is about. */
  static List<Word> telling(List<Word> words) {
    return distinct(words).stream().filter(word -> !isFunctionWord(word)).toList();
  }

  static boolean isFunctionWord(Word word) {
    return isFunctionWord(word.folded());
  }

  static boolean isFunctionWord(String folded) {
    return FUNCTION_WORDS.contains(folded);
  }

  static float weight(Word word) {
    if (SMALL_NUMBER.matcher(word.folded()).matches()) {
      return SMALL_NUMBER_WEIGHT;
    }
    return isFunctionWord(word) ? FUNCTION_WORD_WEIGHT : 1f;
  }

  private static Set<String> functionWords() {
    return Resources.lines("function-words.txt").stream()
        .flatMap(line -> Arrays.stream(line.split("\\s+", -1)))
        .map(French::fold)
        .collect(Collectors.toUnmodifiableSet());
  }
}
