package fr.jalon.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import morfologik.stemming.Dictionary;
import morfologik.stemming.DictionaryLookup;
import morfologik.stemming.WordData;

/**
 * The dictionary of <a href="https://languagetool.org">LanguageTool</a>, for words as people type
 * them: in any case, with their accents or without. Thread-safe.
 */
final class FrenchDictionary {
  private static final Dictionary DICTIONARY = read();
  private static final int LONGEST = 24;
  private static final int MOST_ACCENTS = 3;
  private static final Map<Character, String> ACCENTED =
      Map.of('e', "éèê", 'a', "âà", 'i', "îï", 'o', "ô", 'u', "ûù", 'c', "ç");

  private FrenchDictionary() {}

  /**
   * What a word may be: the tags of its readings, which begin with a letter for the class (N noun,
   * J adjective, V verb, A adverb, P preposition…); empty for a word that is none.
   */
  static Set<String> tags(String word) {
    return readings(word).stream()
        .map(reading -> reading.getTag().toString())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The dictionary forms of a word: « prévenir » for « préviens »; empty for a word that is none.
   */
  static Set<String> lemmas(String word) {
    return readings(word).stream()
        .map(reading -> reading.getStem().toString())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<WordData> readings(String word) {
    String lower = word.toLowerCase(Locale.FRENCH);
    DictionaryLookup lookup = new DictionaryLookup(DICTIONARY);
    List<WordData> readings = readings(lookup, lower);
    if (readings.isEmpty()) {
      readings = readings(lookup, lower.replace("oe", "œ"));
    }
    int most = lower.length() > LONGEST ? 0 : MOST_ACCENTS;
    for (int accents = 1; readings.isEmpty() && accents <= most; accents++) {
      readings = accented(lookup, lower, 0, accents);
    }
    return readings;
  }

  static boolean has(String word) {
    return !tags(word).isEmpty();
  }

  /** The readings of the first word found by adding accents, from a letter on. */
  private static List<WordData> accented(
      DictionaryLookup lookup, String word, int from, int accents) {
    if (accents == 0) {
      return readings(lookup, word);
    }
    for (int i = from; i < word.length(); i++) {
      for (char accented : ACCENTED.getOrDefault(word.charAt(i), "").toCharArray()) {
        String other = word.substring(0, i) + accented + word.substring(i + 1);
        List<WordData> readings = accented(lookup, other, i + 1, accents - 1);
        if (!readings.isEmpty()) {
          return readings;
        }
      }
    }
    return List.of();
  }

  /** A copy: the lookup uses its list again. */
  private static List<WordData> readings(DictionaryLookup lookup, String word) {
    return lookup.lookup(word).stream().map(WordData::clone).toList();
  }

  private static Dictionary read() {
    try {
      return Dictionary.read(
          Objects.requireNonNull(
              FrenchDictionary.class.getResource("/org/languagetool/resource/fr/french.dict")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
