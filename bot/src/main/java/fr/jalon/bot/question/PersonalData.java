package fr.jalon.bot.question;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks what a person should not have written: social-security number (NIR: 13 digits and a key of
 * 2), bank account (IBAN, ISO 13616), payment card (Luhn, ISO/IEC 7812) and password.
 */
public final class PersonalData {
  private static final Pattern NIR =
      Pattern.compile(
          "(?<![0-9])[1-478][\\h./-]{0,2}[0-9]{2}[\\h./-]{0,2}[0-9]{2}[\\h./-]{0,2}(?:[0-9]{2}|2[ABab])[\\h./-]{0,2}[0-9]{3}[\\h./-]{0,2}[0-9]{3}(?:[\\h./-]{0,2}[0-9]{2})?(?![0-9])");
  private static final Pattern IBAN =
      Pattern.compile(
          "(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}(?:[\\h-]?[A-Za-z0-9]{4}){3,7}(?:[\\h-]?[A-Za-z0-9]{1,3})?(?![A-Za-z0-9])");
  private static final Pattern CARD =
      Pattern.compile("(?<![0-9])[0-9](?:[\\h-]?[0-9]){12,18}(?![0-9])");
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?iu)(mots? de passe|mdp|password|code (?:secret|confidentiel|d'acc[eè]s))(\\s*(?:est|c'est|:|=)\\s*:?\\s*)(?!\\[|(?:de|du|pour|sur|perdu|oubli|refus|quoi|pas)\\b)(\\S+)");

  private static final String ACCOUNT_MARK = "[compte masqué]";
  private static final String CARD_MARK = "[carte masquée]";
  private static final String NUMBER_MARK = "[numéro masqué]";
  private static final String PASSWORD_MARK = "[mot de passe masqué]";

  private static final Map<String, Kind> MARKS =
      Map.of(
          ACCOUNT_MARK, Kind.BANK,
          CARD_MARK, Kind.BANK,
          NUMBER_MARK, Kind.SOCIAL_SECURITY,
          PASSWORD_MARK, Kind.PASSWORD);

  private PersonalData() {}

  /** What was masked. */
  public enum Kind {
    /** A social-security number. */
    SOCIAL_SECURITY,
    /** A bank account or payment card. */
    BANK,
    /** A password or secret code. */
    PASSWORD
  }

  /**
   * A text without personal numbers.
   *
   * @param text each number replaced by words in brackets
   * @param found what was masked, possibly nothing
   */
  public record Masked(String text, Set<Kind> found) {
    private static final Pattern MARK = Pattern.compile("\\[[^\\[\\]]* masquée?]");

    /** What the person wrote besides. */
    public String rest() {
      return MARK.matcher(text).replaceAll(" ");
    }
  }

  /**
   * Masks a text; one without personal numbers is unchanged, one already masked tells what it was
   * masked of.
   */
  public static Masked mask(String text) {
    Set<Kind> found = EnumSet.noneOf(Kind.class);
    MARKS.forEach((mark, kind) -> {
      if (text.contains(mark)) {
        found.add(kind);
      }
    });
    String masked = text;
    masked =
        replace(
            masked, IBAN, found, Kind.BANK, m -> validIban(m.group()) ? ACCOUNT_MARK : m.group());
    masked = replace(masked, NIR, found, Kind.SOCIAL_SECURITY, m -> NUMBER_MARK);
    masked = replace(masked, CARD, found, Kind.BANK, m -> luhn(m.group()) ? CARD_MARK : m.group());
    masked =
        replace(
            masked, PASSWORD, found, Kind.PASSWORD, m -> m.group(1) + m.group(2) + PASSWORD_MARK);
    return new Masked(masked, found);
  }

  private static String replace(
      String text,
      Pattern pattern,
      Set<Kind> found,
      Kind kind,
      java.util.function.Function<MatchResult, String> mask) {
    return pattern
        .matcher(text)
        .replaceAll(match -> {
          String masked = mask.apply(match);
          if (!masked.equals(match.group())) {
            found.add(kind);
          }
          return Matcher.quoteReplacement(masked);
        });
  }

  private static boolean validIban(String text) {
    String iban = text.replaceAll("[\\h-]", "").toUpperCase(Locale.ROOT);
    int remainder = 0;
    for (char c : (iban.substring(4) + iban.substring(0, 4)).toCharArray()) {
      int value = Character.digit(c, 36);
      remainder = (value > 9 ? remainder * 100 + value : remainder * 10 + value) % 97;
    }
    return iban.length() >= 15 && remainder == 1;
  }

  private static boolean luhn(String text) {
    String digits = text.replaceAll("[\\h-]", "");
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 1 ? digit * 2 : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }
}
