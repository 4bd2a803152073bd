package fr.jalon.knowledge;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The apostrophes that people leave out: « jarrive », « quil », « luniversité », « jveux ». */
final class Elisions {
  private static final Pattern BEFORE_VOWEL =
      Pattern.compile(
          "(?iu)(j|l|d|n|m|t|s|c|qu|jusqu|lorsqu|puisqu)([aeiouyhàâéèêëîïôûùœ]\\p{L}+)");

  /** Swallowed, « je » is also written before a consonant. */
  private static final Pattern SWALLOWED = Pattern.compile("(?iu)(j)([bcdfglmnprstv]\\p{L}+)");

  private Elisions() {}

  /**
   * A word with its missing apostrophe, or the « e » of « je » when that is what is missing; the
   * word itself when it is one, or when nothing makes it one.
   *
   * @param isWord whether a word is one
   */
  static String restore(String word, Predicate<String> isWord) {
    Matcher elided = BEFORE_VOWEL.matcher(word);
    if (elided.matches() && !isWord.test(word) && isWord.test(elided.group(2))) {
      return elided.group(1) + '\'' + elided.group(2);
    }
    Matcher swallowed = SWALLOWED.matcher(word);
    if (swallowed.matches() && !isWord.test(word) && isWord.test(swallowed.group(2))) {
      return swallowed.group(1) + "e " + swallowed.group(2);
    }
    return word;
  }
}
