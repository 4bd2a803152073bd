package fr.jalon.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import morfologik.stemming.Dictionary;
import morfologik.stemming.DictionaryLookup;
import morfologik.stemming.WordData;

/**
 * What a French word may be, by the dictionary of <a
 * href="https://languagetool.org">LanguageTool</a>.
 */
public enum WordClass {
  /** A noun or adjective. */
  NAME,
  /** A verb that cannot be a noun. */
  VERB,
  /** Any other: adverb, number, pronoun… */
  TOOL,
  /** A word that the dictionary does not have: a proper name, an acronym, a misspelling. */
  UNKNOWN;

  private static final Dictionary DICTIONARY = read();

  /**
   * The class of a word.
   *
   * @param surface as written; an elided article before it does not matter
   */
  public static WordClass of(String surface) {
    String word = surface.substring(surface.lastIndexOf('\'') + 1).toLowerCase(Locale.FRENCH);
    DictionaryLookup dictionary = new DictionaryLookup(DICTIONARY);
    List<WordData> readings = dictionary.lookup(word);
    if (readings.isEmpty()) {
      readings = dictionary.lookup(word.replace("oe", "œ"));
    }
    boolean verb = false;
    boolean adjective = false;
    for (WordData reading : readings) {
      char tag = reading.getTag().charAt(0);
      if (tag == 'N') {
        return NAME;
      }
      verb |= tag == 'V';
      adjective |= tag == 'J';
    }
    if (verb) {
      return VERB;
    }
    if (adjective) {
      return NAME;
    }
    return readings.isEmpty() ? UNKNOWN : TOOL;
  }

  private static Dictionary read() {
    try {
      return Dictionary.read(
          Objects.requireNonNull(
              WordClass.class.getResource("/org/languagetool/resource/fr/french.dict")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
