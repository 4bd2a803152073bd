package fr.jalon.knowledge;

import fr.jalon.knowledge.French.Word;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.lucene.search.spell.LuceneLevenshteinDistance;
import org.apache.lucene.search.spell.StringDistance;
import org.jspecify.annotations.Nullable;

/** Writes a message as the guides would. Thread-safe. */
final class Spelling {
  private static final Set<String> DETERMINERS =
      Set.of("le", "la", "les", "un", "une", "mon", "ma", "mes", "ton", "ta", "son", "sa", "votre");

  /** Optimal string alignment distance, subtracted from one as a share of the shorter word. */
  private static final StringDistance DISTANCE = new LuceneLevenshteinDistance();

  private final French french;
  private final Set<String> sigles;
  private final Map<String, String> abbreviations;
  private final Predicate<String> inNames;

  /**
   * Writes out the words of a lexicon.
   *
   * @param sigles acronyms, folded
   * @param abbreviations what stands for a word in full, folded
   * @param inNames whether a folded word is of a name
   */
  Spelling(
      French french,
      Set<String> sigles,
      Map<String, String> abbreviations,
      Predicate<String> inNames) {
    this.french = french;
    this.sigles = sigles;
    this.abbreviations = abbreviations;
    this.inNames = inNames;
  }

  /** See {@link Lexicon#clean}. */
  String clean(String message) {
    String clean = French.clean(message);
    List<Word> words = french.words(clean);
    StringBuilder text = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < words.size(); i++) {
      int joined = lettersOfSigle(words, i);
      String replacement =
          joined > 0
              ? words.subList(i, i + joined).stream()
                  .map(Word::surface)
                  .collect(Collectors.joining())
              : inFull(words.get(i).surface(), i == 0 ? "" : words.get(i - 1).folded());
      if (replacement != null) {
        text.append(clean, copied, words.get(i).start()).append(replacement);
        i += Math.max(joined, 1) - 1;
        copied = words.get(i).end();
      }
    }
    return text.append(clean.substring(copied)).toString();
  }

  /** Whether one insertion, deletion, substitution or swap of neighbours makes a word another. */
  static boolean oneEditApart(String word, String other) {
    int shorter = Math.min(word.length(), other.length());
    return Math.round((1 - DISTANCE.getDistance(word, other)) * shorter) == 1;
  }

  /** How many words, from the one at {@code from}, are the letters of an acronym; 0 for none. */
  private int lettersOfSigle(List<Word> words, int from) {
    StringBuilder letters = new StringBuilder();
    int longest = 0;
    for (int i = from; i < words.size() && words.get(i).surface().length() == 1; i++) {
      letters.append(words.get(i).folded());
      if (letters.length() > 2 && sigles.contains(letters.toString())) {
        longest = i - from + 1;
      }
    }
    return longest;
  }

  /**
   * A word with its missing apostrophe, its abbreviation in full; null when nothing changes. What
   * follows a determiner is a noun: « la cb » is no « combien ».
   */
  private @Nullable String inFull(String word, String before) {
    String whole = abbreviations.get(French.fold(word));
    if (whole != null) {
      return DETERMINERS.contains(before) && QueryWords.isFunctionWord(whole) ? null : whole;
    }
    String split = isNamed(word) ? word : Elisions.restore(word, this::isWord);
    int elided = split.lastIndexOf('\'') + 1;
    String rest = abbreviations.get(French.fold(split.substring(elided)));
    String full = elided > 0 && rest != null ? split.substring(0, elided) + rest : split;
    return full.equals(word) ? null : full;
  }

  private boolean isNamed(String word) {
    String folded = French.fold(word);
    return sigles.contains(folded) || inNames.test(folded);
  }

  private boolean isWord(String word) {
    return abbreviations.containsKey(French.fold(word))
        || isNamed(word)
        || FrenchDictionary.has(word);
  }
}
