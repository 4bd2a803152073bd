package fr.jalon.indexbuilder;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import com.ibm.icu.util.UResourceBundle;
import fr.jalon.knowledge.Passage.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts French text into sentences: Unicode's rules (UAX #29), but never after a French abbreviation
 * of the CLDR or of administrative texts.
 */
final class Sentences {
  private static final String CLDR_BREAKS = "com/ibm/icu/impl/data/icudata/brkitr";
  private static final Set<String> ABBREVIATIONS = abbreviations();

  private final BreakIterator rules = BreakIterator.getSentenceInstance(ULocale.FRENCH);

  /** The sentences of one line or paragraph, without the spaces between them, in order. */
  List<Span> of(String text) {
    List<Span> spans = new ArrayList<>();
    rules.setText(text);
    int start = rules.first();
    for (int end = rules.next(); end != BreakIterator.DONE; end = rules.next()) {
      int first = start;
      int last = end;
      while (first < last && Character.isWhitespace(text.charAt(first))) {
        first++;
      }
      while (last > first && Character.isWhitespace(text.charAt(last - 1))) {
        last--;
      }
      boolean cut = end < text.length() && ABBREVIATIONS.contains(lastWord(text, first, last));
      if (!cut) {
        if (last > first) {
          spans.add(new Span(first, last));
        }
        start = end;
      }
    }
    return spans;
  }

  private static String lastWord(String text, int first, int last) {
    int start = last;
    while (start > first && isInWord(text.charAt(start - 1))) {
      start--;
    }
    return text.substring(start, last);
  }

  private static boolean isInWord(char c) {
    return Character.isLetterOrDigit(c) || ".-°".indexOf(c) >= 0;
  }

  private static Set<String> abbreviations() {
    Set<String> abbreviations =
        new HashSet<>(
            Set.of(
                "art.", "arr.", "av.", "bd.", "env.", "etc.", "ex.", "min.", "max.", "n°.", "réf.",
                "tél."));
    UResourceBundle french = UResourceBundle.getBundleInstance(CLDR_BREAKS, ULocale.FRENCH);
    UResourceBundle listed = french.get("exceptions").get("SentenceBreak");
    for (int i = 0; i < listed.getSize(); i++) {
      abbreviations.add(listed.getString(i));
    }
    return Set.copyOf(abbreviations);
  }
}
