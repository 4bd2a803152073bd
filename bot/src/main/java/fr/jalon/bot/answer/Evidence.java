package fr.jalon.bot.answer;

import fr.jalon.bot.question.Cues;
import fr.jalon.bot.question.Question;
import fr.jalon.bot.question.Question.Part;
import fr.jalon.knowledge.Hit;
import fr.jalon.knowledge.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the best section is enough to answer.
 *
 * <p>Its strength adds the score of the best passage, the share of what is asked that the section
 * speaks of, and how closely it is asked so. The weights are those of a logistic regression over
 * questions written for it, half of which the guides answer; rounded.
 *
 * @param unknown words asked about that no passage has
 * @param missing words asked about that the best section does not have, though others do
 * @param covered share of what is asked, its situation left out, that the best section has, 0 to 1
 * @param strength how strongly the best section answers; enough from {@link #ENOUGH}
 * @param lacking why it is not enough, in French; empty when it is
 */
record Evidence(
    List<String> unknown,
    List<String> missing,
    double covered,
    double strength,
    Optional<String> lacking) {

  private static final double SCORE_WEIGHT = 0.135;
  private static final double COVERED_WEIGHT = 2;
  private static final double LIKENESS_WEIGHT = 1;
  private static final double ENOUGH = 3.4;

  /** More is needed when the question names or suggests no route. */
  private static final double ENOUGH_WITHOUT_ROUTE = 4;

  /**
   * Judges the best section of a question.
   *
   * @param best the section
   * @param hit the best passage found
   */
  static Evidence of(Question question, Section best, Hit hit, Snapshot snapshot) {
    List<String> unknown = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    double asked = 0;
    double covered = 0;
    for (Sought sought : Sought.all(question.terms(), snapshot)) {
      if (sought.term().part() == Part.SUBJECT) {
        asked += sought.weight();
        covered += sought.in(best.stems());
        if (!sought.inGuides().isKnown()) {
          unknown.add(sought.term().surface());
        } else if (sought.in(best.stems()) == 0) {
          missing.add(sought.term().surface());
        }
      }
    }
    double share = asked == 0 ? 1 : covered / asked;
    double strength =
        SCORE_WEIGHT * hit.score() + COVERED_WEIGHT * share + LIKENESS_WEIGHT * best.likeness();
    return new Evidence(
        unknown, missing, share, strength, lacking(question, best, strength, snapshot));
  }

  private static Optional<String> lacking(
      Question question, Section best, double strength, Snapshot snapshot) {
    if (!question.inherited()
        && !question.routes().isEmpty()
        && question.routes().stream().noneMatch(snapshot::covers)
        && question.routes().stream().noneMatch(route -> best.isTitled(route, snapshot))) {
      return Optional.of(
          "aucun guide ne traite « %s »".formatted(String.join(" », « ", question.routes())));
    }
    if (Cues.match("LIVE", question.text()) || Cues.match("PERSON", question.text())) {
      return Optional.of("renseignement du moment ou nom de personne");
    }
    boolean onRoute = !question.routes().isEmpty() || !question.suggested().isEmpty();
    double enough = onRoute ? ENOUGH : ENOUGH_WITHOUT_ROUTE;
    return strength >= enough || question.terms().isEmpty()
        ? Optional.empty()
        : Optional.of("force des preuves : %.2f, moins de %.2f".formatted(strength, enough));
  }
}
