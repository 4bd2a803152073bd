package fr.jalon.indexbuilder;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.FilteredBreakIteratorBuilder;
import com.ibm.icu.util.ULocale;
import fr.jalon.knowledge.Passage.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts French text into sentences: Unicode's rules (UAX #29), French abbreviations of the CLDR, and
 * those of administrative texts.
 */
final class Sentences {
  private static final List<String> ABBREVIATIONS =
      List.of("art.", "arr.", "bd.", "env.", "etc.", "ex.", "min.", "max.", "n°.", "réf.", "tél.");

  private final BreakIterator rules;

  Sentences() {
    ULocale french = new ULocale("fr@ss=standard");
    FilteredBreakIteratorBuilder builder = FilteredBreakIteratorBuilder.getInstance(french);
    ABBREVIATIONS.forEach(builder::suppressBreakAfter);
    rules = builder.wrapIteratorWithFilter(BreakIterator.getSentenceInstance(ULocale.FRENCH));
  }

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
      if (last > first) {
        spans.add(new Span(first, last));
      }
      start = end;
    }
    return spans;
  }
}
