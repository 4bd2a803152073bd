package fr.jalon.bot.answer;

import fr.jalon.bot.question.Question.Term;
import fr.jalon.knowledge.Snapshot;
import java.util.Set;

/**
 * A term of a question, as it is sought in the guides.
 *
 * @param term the term
 * @param variants stems it may stand for
 * @param rarity rarity of its commonest variant, 1 for a word that no passage has
 */
record Sought(Term term, Set<String> variants, double rarity) {
  static Sought of(Term term, Snapshot snapshot) {
    Set<String> variants = snapshot.variants(term.word());
    double rarity = variants.stream().mapToDouble(snapshot::rarity).min().orElse(1);
    return new Sought(term, variants, rarity);
  }

  /** What its absence costs. */
  double weight() {
    return term.weight() * rarity;
  }

  /** Whether one of its variants is among some stems. */
  boolean isIn(Set<String> stems) {
    return variants.stream().anyMatch(stems::contains);
  }
}
