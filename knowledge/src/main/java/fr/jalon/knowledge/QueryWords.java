package fr.jalon.knowledge;

import fr.jalon.knowledge.French.Word;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The distinct words of a query and how much each weighs. */
final class QueryWords {
  static final int MOST = 40;
  private static final float FUNCTION_WORD_WEIGHT = 0.2f;
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

  static boolean isFunctionWord(Word word) {
    return FUNCTION_WORDS.contains(word.folded());
  }

  static float weight(Word word) {
    return isFunctionWord(word) ? FUNCTION_WORD_WEIGHT : 1f;
  }

  private static Set<String> functionWords() {
    return Resources.lines("function-words.txt").stream()
        .flatMap(line -> Arrays.stream(line.split("\\s+", -1)))
        .map(French::fold)
        .collect(Collectors.toUnmodifiableSet());
  }
}
