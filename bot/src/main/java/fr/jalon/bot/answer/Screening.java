package fr.jalon.bot.answer;

import fr.jalon.bot.answer.Answer.Clarify;
import fr.jalon.bot.answer.Answer.Declined;
import fr.jalon.bot.answer.Answer.OutOfScope;
import fr.jalon.bot.answer.Answer.Refusal;
import fr.jalon.bot.answer.Answer.Unclear;
import fr.jalon.bot.question.Cues;
import fr.jalon.bot.question.Danger;
import fr.jalon.bot.question.Question;
import fr.jalon.bot.question.Question.Part;
import fr.jalon.knowledge.Route;
import fr.jalon.knowledge.Snapshot;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be answered before any search: danger, refusals, foreign subjects, unclear messages. */
final class Screening {
  static final String EMERGENCY_ROUTE = "urgence";
  private static final String OUT_OF_SCOPE_ROUTE = "hors_perimetre";
  private static final int MOST_CHOICES = 4;

  private final Snapshot snapshot;

  Screening(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * An answer that needs no guide.
   *
   * @param answer the answer
   * @param reason why, in French
   */
  record Screened(Answer answer, String reason) {}

  /** The danger a question tells of; empty when it tells of none. */
  static Optional<Danger> danger(Question question) {
    Optional<Danger> told = Danger.in(question.text());
    return told.isEmpty() && question.routes().contains(EMERGENCY_ROUTE)
        ? Optional.of(Danger.OTHER)
        : told;
  }

  /** The message without an order slipped into it; empty when there is none. */
  static Optional<String> withoutOrder(Question question) {
    return Cues.match("INJECTION", question.text())
        ? Optional.of(Cues.without("INJECTION", question.text()))
        : Optional.empty();
  }

  /** The answer to a question that no guide need answer; empty for one to search. */
  Optional<Screened> of(Question question) {
    String text = question.text();
    Optional<Refusal> refusal = refusal(text);
    if (refusal.isPresent()) {
      return Optional.of(
          new Screened(new Declined(refusal.get()), "demande à refuser : " + refusal.get()));
    }
    boolean foreign =
        (question.routes().isEmpty() || question.inherited())
            ? Cues.match("OFF_TOPIC", text)
            : question.routes().equals(Set.of(OUT_OF_SCOPE_ROUTE));
    if (foreign) {
      return Optional.of(new Screened(new OutOfScope(), "sujet étranger"));
    }
    if (question.readings().size() > 1) {
      return Optional.of(
          new Screened(
              new Clarify(Unclear.SCHEME, choices(question.readings())),
              "plusieurs dispositifs possibles"));
    }
    Optional<Unclear> unclear = unclear(question);
    return unclear.map(reason ->
        new Screened(
            new Clarify(
                reason, reason == Unclear.THANKS ? List.of() : choices(likelyRoutes(question))),
            "rien ne dit de quoi il s'agit"));
  }

  /** Why a question does not say what it is about; empty when it does. */
  private static Optional<Unclear> unclear(Question question) {
    boolean asksNothing =
        question.aspects().isEmpty()
            && question.terms().stream()
                .allMatch(term -> term.part() == Part.CONTEXT || term.part() == Part.ASPECT);
    if (asksNothing && Cues.match("THANKS", question.text())) {
      return Optional.of(Unclear.THANKS);
    }
    if (asksNothing && Cues.match("GREETING", question.text())) {
      return Optional.of(Unclear.GREETING);
    }
    boolean aboutNothing =
        question.routes().isEmpty()
            && ((question.suggested().isEmpty() && isVague(question))
                || Cues.match("SIMPLER", question.text()));
    boolean saysNothing =
        question.aspects().isEmpty()
            && question.terms().stream().allMatch(term -> term.part() == Part.CONTEXT);
    return aboutNothing || (saysNothing && question.inherited())
        ? Optional.of(Unclear.SUBJECT)
        : Optional.empty();
  }

  private static Optional<Refusal> refusal(String text) {
    if (Cues.match("FORGERY", text) && Cues.match("FORGE_VERB", text)) {
      return Optional.of(Refusal.FORGERY);
    }
    if (Cues.match("CHEATING", text)) {
      return Optional.of(Refusal.CHEATING);
    }
    if (Cues.match("INTRUSION", text) && !Cues.match("INTRUSION_EXCEPTION", text)) {
      return Optional.of(Refusal.INTRUSION);
    }
    return Optional.empty();
  }

  private static boolean isVague(Question question) {
    return question.terms().stream()
        .filter(term -> term.part() == Part.SUBJECT || term.part() == Part.SITUATION)
        .allMatch(term -> Cues.match("VAGUE", term.surface()));
  }

  private List<String> choices(Collection<String> routes) {
    return routes.stream()
        .flatMap(route -> snapshot.lexicon().route(route).stream())
        .map(Route::ask)
        .limit(MOST_CHOICES)
        .toList();
  }

  /** The routes that the words of a question suggest, then those the guides cover. */
  private Set<String> likelyRoutes(Question question) {
    Set<String> routes = new LinkedHashSet<>(question.suggested());
    snapshot.lexicon().routes().stream()
        .map(Route::id)
        .filter(route -> snapshot.covers(route) && !route.equals(EMERGENCY_ROUTE))
        .forEach(routes::add);
    return routes;
  }
}
