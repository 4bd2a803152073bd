package fr.jalon.bot.answer;

import fr.jalon.bot.question.Aspect;
import fr.jalon.bot.question.Cues;
import fr.jalon.bot.question.Question;
import fr.jalon.bot.question.Question.Part;
import fr.jalon.knowledge.Hit;
import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.WordClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the best section is enough to answer.
 *
 * <p>Its strength adds the score of the best passage, the share of what is asked that the section
 * speaks of, how closely it is asked so, and how likely it is to be asked so. The weights are those
 * of a logistic regression over questions written for it, half of which the guides answer; rounded.
 *
 * @param unknown words asked about that no passage has
 * @param missing words asked about that the best section does not have, though others do
 * @param covered share of what is asked, its situation left out, that the best section has, 0 to 1;
 *     of several routes, each is asked too
 * @param strength how strongly the best section answers; enough from {@link #ENOUGH}
 * @param enough how strong it must be
 * @param lacking why it is not enough, in French; empty when it is
 */
record Evidence(
    List<String> unknown,
    List<String> missing,
    double covered,
    double strength,
    double enough,
    Optional<String> lacking) {

  /** For a score divided by the logarithm of the number of passages, as rarity grows with it. */
  private static final double SCORE_WEIGHT = 0.95;

  private static final double COVERED_WEIGHT = 2;
  private static final double LIKENESS_WEIGHT = 1;

  /** For nats. */
  private static final double LIKELIHOOD_WEIGHT = 0.1;

  private static final double ENOUGH = 3.6;

  /** What more is needed when the question names no route, nor suggests that of the section. */
  private static final double ROUTE_UNKNOWN = 1.2;

  /** The share of what is asked below which what a question suggests counts for nothing. */
  private static final double LEAST_COVERED = 0.25;

  /** What less is needed when the subject is known: of what follows up, or asks for advice. */
  private static final double SUBJECT_KNOWN = 0.6;

  /**
   * What more is needed when the section is about none of the routes named or suggested; less for
   * some.
   */
  private static final double OFF_ROUTE = 1;

  /** What more is needed when the section lacks the very thing, or the place, asked for. */
  private static final double FOCUS_MISSING = 1.2;

  /** What more is needed when a subject is a French noun that no guide has. */
  private static final double FOREIGN = 0.3;

  /**
   * Judges the best section of a question.
   *
   * @param all the terms of the question, as they are sought
   * @param best the section
   * @param hit the best passage found
   */
  static Evidence of(
      Question question, List<Sought> all, Section best, Hit hit, Snapshot snapshot) {
    List<String> unknown = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Set<String> stems = best.stems();
    Set<String> ownStems = best.text().stems();
    boolean namesSubjects = all.stream().anyMatch(term -> term.term().part() == Part.SUBJECT);
    double asked = 0;
    double covered = 0;
    boolean focusMissing = false;
    boolean placeMissing = false;
    boolean foreign = false;
    for (Sought sought : all) {
      Part part = sought.term().part();
      boolean itself = sought.term().focus() || part == Part.PLACE;
      boolean said = sought.in(itself ? ownStems : stems) > 0;
      focusMissing |= sought.term().focus() && !said;
      placeMissing |= part == Part.PLACE && question.asksOfAPlace() && !said;
      boolean judged =
          switch (part) {
            case SUBJECT, CONTEXT -> true;
            case ACTION, SITUATION, ASPECT -> !namesSubjects;
            case PLACE -> sought.in(best.text().lead()) > 0;
            case NUMBER -> false;
          };
      if (judged) {
        asked += sought.weight();
        covered += sought.in(stems);
        if (part == Part.CONTEXT) {
          continue;
        }
        if (!sought.inGuides().isKnown()) {
          unknown.add(sought.term().surface());
          foreign |=
              part == Part.SUBJECT && WordClass.of(sought.term().surface()) != WordClass.UNKNOWN;
        } else if (!said) {
          missing.add(sought.term().surface());
        }
      }
    }
    if (question.routes().size() > 1) {
      asked += question.routes().size();
      covered += question.routes().stream().mapToDouble(best.text()::isAbout).sum();
    }
    asked += Section.ASPECT_WEIGHT * question.aspects().size();
    covered += Section.ASPECT_WEIGHT * best.treated();
    boolean nothingAsked = asked == 0 || question.asksForAdvice();
    double share = nothingAsked ? 1 : covered / asked;
    double strength =
        SCORE_WEIGHT * hit.score() / Math.log(1.0 + snapshot.manifest().passages())
            + COVERED_WEIGHT * share
            + LIKENESS_WEIGHT * best.likeness()
            + LIKELIHOOD_WEIGHT * best.searched().likelihood();
    double enough = enough(question, best, share);
    enough += (focusMissing ? FOCUS_MISSING : 0) + (placeMissing ? FOCUS_MISSING : 0);
    enough += foreign && !question.asksForAdvice() ? FOREIGN : 0;
    return new Evidence(
        unknown,
        missing,
        share,
        strength,
        enough,
        lacking(question, best, strength, enough, snapshot));
  }

  /** How strong the best section must be, when nothing that is asked for itself is missing. */
  private static double enough(Question question, Section best, double share) {
    double enough = ENOUGH + OFF_ROUTE * (1 - best.onRoutes());
    boolean suggested = share >= LEAST_COVERED && best.text().isWhollyAbout(question.suggested());
    if (question.routes().isEmpty() && !suggested) {
      enough += ROUTE_UNKNOWN;
    }
    return question.followsUp() || question.asksForAdvice() ? enough - SUBJECT_KNOWN : enough;
  }

  private static Optional<String> lacking(
      Question question, Section best, double strength, double enough, Snapshot snapshot) {
    Set<String> titled = snapshot.lexicon().routesNamed(best.text().heading());
    if (!question.inherited()
        && !question.routes().isEmpty()
        && question.routes().stream().noneMatch(snapshot::covers)
        && question.routes().stream().noneMatch(titled::contains)) {
      return Optional.of(
          "aucun guide ne traite « %s »".formatted(String.join(" », « ", question.routes())));
    }
    if (Cues.match("LIVE", question.text()) || Cues.match("PERSON", question.text())) {
      return Optional.of("renseignement du moment ou nom de personne");
    }
    if (question.asks(Aspect.COUNT) && !best.text().treated().containsKey(Aspect.COUNT)) {
      return Optional.of("aucun chiffre sur ce point");
    }
    return strength >= enough || question.terms().isEmpty()
        ? Optional.empty()
        : Optional.of("force des preuves : %.2f, moins de %.2f".formatted(strength, enough));
  }
}
