package fr.jalon.bot.answer;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it is to say a passage word for word: a sentence of it, or what follows a « Oui, » or « Non,
 * » that opens it, then with a capital.
 */
final class Verbatim {
  private static final Pattern YES_OR_NO = Pattern.compile("^(?:Oui|Non), ");

  private Verbatim() {}

  /** A sentence without the yes or no that opens it. */
  static String withoutYesOrNo(String sentence) {
    Matcher matcher = YES_OR_NO.matcher(sentence);
    return matcher.find() ? capitalized(sentence.substring(matcher.end())) : sentence;
  }

  /** Where a text begins to say a sentence; -1 when it does not. */
  static int indexOf(String sentence, String text) {
    int index = text.indexOf(sentence);
    Matcher matcher = YES_OR_NO.matcher(text);
    if (index < 0 && matcher.find() && withoutYesOrNo(text).startsWith(sentence)) {
      return matcher.end();
    }
    return index;
  }

  private static String capitalized(String text) {
    return text.substring(0, 1).toUpperCase(Locale.FRENCH) + text.substring(1);
  }
}
