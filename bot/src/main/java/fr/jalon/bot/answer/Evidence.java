package fr.jalon.bot.answer;

import fr.jalon.bot.question.Cues;
import fr.jalon.bot.question.Question;
import fr.jalon.bot.question.Question.Term;
import fr.jalon.knowledge.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the best section is enough to answer.
 *
 * @param unknown words asked about that no passage has
 * @param missing words asked about that the best section does not have, though others do
 * @param known share of what is asked, its situation left out, that some passage has, 0 to 1
 * @param covered share of what is asked, its situation left out, that the best section has, 0 to 1
 * @param lacking why it is not enough, in French; empty when it is
 */
record Evidence(
    List<String> unknown,
    List<String> missing,
    double known,
    double covered,
    Optional<String> lacking) {

  /** Terms that weigh less tell a situation, not what is asked. */
  private static final double ASKED = 0.4;

  private static final double ENOUGH_KNOWN = 0.6;
  private static final double ENOUGH_KNOWN_WITHOUT_ROUTE = 0.8;
  private static final double ENOUGH_COVERED_IF_SUGGESTED = 0.25;
  private static final double ENOUGH_COVERED_WITHOUT_ROUTE = 0.5;
  private static final double NEARLY_THE_HEADING = 0.4;

  /** Judges the best section of a question. */
  static Evidence of(Question question, Section best, Snapshot snapshot) {
    List<String> unknown = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    double asked = 0;
    double known = 0;
    double covered = 0;
    Optional<String> focus = Optional.empty();
    for (Term term : question.terms()) {
      Sought sought = Sought.of(term, snapshot);
      if (term.focus() && !best.stems().contains(term.word().stem())) {
        focus = Optional.of(term.word().surface());
      }
      if (term.weight() < ASKED) {
        continue;
      }
      boolean isKnown = sought.rarity() < 1;
      boolean isCovered = sought.isIn(best.stems());
      asked += sought.weight();
      known += isKnown ? sought.weight() : 0;
      covered += isCovered ? sought.weight() : 0;
      if (!isKnown) {
        unknown.add(term.word().surface());
      } else if (!isCovered) {
        missing.add(term.word().surface());
      }
    }
    double knownShare = asked == 0 ? 1 : known / asked;
    double coveredShare = asked == 0 ? 1 : covered / asked;
    return new Evidence(
        unknown,
        missing,
        knownShare,
        coveredShare,
        lacking(question, best, snapshot, focus, knownShare, coveredShare));
  }

  private static Optional<String> lacking(
      Question question,
      Section best,
      Snapshot snapshot,
      Optional<String> focus,
      double known,
      double covered) {
    boolean someCovered = question.routes().stream().anyMatch(snapshot::covers);
    for (String route : question.routes()) {
      if (question.inherited()) {
        continue;
      }
      boolean said = someCovered ? best.names(route, snapshot) : best.isTitled(route, snapshot);
      if (!snapshot.covers(route) && !said) {
        return Optional.of("aucun guide ne traite « %s »".formatted(route));
      }
    }
    if (Cues.match("LIVE", question.text()) || Cues.match("PERSON", question.text())) {
      return Optional.of("renseignement du moment ou nom de personne");
    }
    if (focus.isPresent()) {
      return Optional.of("rien sur « %s »".formatted(focus.get()));
    }
    boolean onRoute = !question.routes().isEmpty();
    if (onRoute && best.heading() >= NEARLY_THE_HEADING) {
      return Optional.empty();
    }
    double enoughKnown = onRoute ? ENOUGH_KNOWN : ENOUGH_KNOWN_WITHOUT_ROUTE;
    if (known < enoughKnown) {
      return Optional.of("mots connus : %.2f, moins de %.2f".formatted(known, enoughKnown));
    }
    double enoughCovered =
        question.suggested().isEmpty() ? ENOUGH_COVERED_WITHOUT_ROUTE : ENOUGH_COVERED_IF_SUGGESTED;
    if (!onRoute && covered < enoughCovered) {
      return Optional.of("couverture : %.2f, moins de %.2f".formatted(covered, enoughCovered));
    }
    return Optional.empty();
  }
}
