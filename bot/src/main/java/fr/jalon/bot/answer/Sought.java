package fr.jalon.bot.answer;

import fr.jalon.bot.question.Question.Term;
import fr.jalon.knowledge.QueryTerm;
import fr.jalon.knowledge.Snapshot;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A term of a question, as it is sought in the guides.
 *
 * @param term the term
 * @param inGuides what it may be in the guides
 */
record Sought(Term term, QueryTerm inGuides) {
  /** A number that tells more than an age or a year. */
  private static final Pattern AMOUNT =
      Pattern.compile("[0-9],[0-9]|(?!(?:19|20)[0-9]{2})[0-9]{3}");

  static List<Sought> all(List<Term> terms, Snapshot snapshot) {
    return terms.stream().map(term -> new Sought(term, snapshot.term(term.words()))).toList();
  }

  /** What its absence costs. */
  double weight() {
    double part =
        switch (term.part()) {
          case SUBJECT -> 1;
          case ACTION -> 0.7;
          case SITUATION, ASPECT -> 0.5;
          case PLACE -> 0.8;
          case CONTEXT -> 0.3;
          case NUMBER -> AMOUNT.matcher(term.surface()).find() ? 0.5 : 0.15;
        };
    return part * inGuides.rarity();
  }

  /** The part of its weight that a text has, by its stems. */
  double in(Set<String> stems) {
    return weight() * inGuides.in(stems);
  }
}
