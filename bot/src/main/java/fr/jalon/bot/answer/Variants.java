package fr.jalon.bot.answer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ways to say what a question seeks, by the stems that they are made of. Immutable. */
final class Variants {
  private final Map<String, List<Variant>> byStem = new HashMap<>();

  /** The stems of one way to say a term, and how close it is to the term. */
  private record Variant(List<String> stems, double closeness) {}

  /** Those of the terms of a question. */
  Variants(List<Sought> sought) {
    for (Sought term : sought) {
      term.inGuides()
          .variants()
          .forEach((stems, closeness) -> {
            Variant variant = new Variant(stems, closeness);
            stems.forEach(
                stem -> byStem.computeIfAbsent(stem, s -> new ArrayList<>()).add(variant));
          });
    }
  }

  /** Whether some stem of a text is of some way to say a term. */
  boolean meet(Set<String> text) {
    return !Collections.disjoint(text, byStem.keySet());
  }

  /** How close to a stem of a text the closest way is that the text has whole; 0 for none. */
  double closest(String stem, Set<String> text) {
    double closest = 0;
    for (Variant variant : byStem.getOrDefault(stem, List.of())) {
      if (variant.closeness() > closest && text.containsAll(variant.stems())) {
        closest = variant.closeness();
      }
    }
    return closest;
  }
}
