package fr.jalon.knowledge;

import fr.jalon.knowledge.French.Word;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One thing a text speaks of, as it is sought in the guides.
 *
 * @param words the words that say it, function words left out; at least one
 * @param variants the stems of each way the guides may say it, and how close that is to the words,
 *     above 0 and at most 1; its own stems are 1
 * @param rarity how much it tells passages apart: 0 when every passage has it, 1 when none has
 */
public record QueryTerm(List<Word> words, Map<List<String>, Double> variants, double rarity) {
  /** Copies the collections. */
  public QueryTerm {
    words = List.copyOf(words);
    variants = Map.copyOf(variants);
  }

  /** The words, as they were written. */
  public String surface() {
    return words.stream().map(Word::surface).collect(Collectors.joining(" "));
  }

  /** Whether some passage says it, in one way or another. */
  public boolean isKnown() {
    return rarity < 1;
  }

  /** How closely a text says it, by its stems: from 0, not at all, to 1, in its own words. */
  public double in(Set<String> stems) {
    double closest = 0;
    for (Map.Entry<List<String>, Double> variant : variants.entrySet()) {
      if (variant.getValue() > closest && stems.containsAll(variant.getKey())) {
        closest = variant.getValue();
      }
    }
    return closest;
  }
}
