package fr.jalon.bot.answer;

import fr.jalon.bot.answer.Answer.Answered;
import fr.jalon.bot.answer.Answer.Clarify;
import fr.jalon.bot.answer.Answer.Declined;
import fr.jalon.bot.answer.Answer.Emergency;
import fr.jalon.bot.answer.Answer.NotFound;
import fr.jalon.bot.answer.Answer.OutOfScope;
import fr.jalon.bot.answer.Answer.Refusal;
import fr.jalon.bot.answer.Answer.Statement;
import fr.jalon.bot.answer.Answer.Unclear;
import fr.jalon.bot.question.Cues;
import fr.jalon.bot.question.Danger;
import fr.jalon.bot.question.Question;
import fr.jalon.bot.question.QuestionReader;
import fr.jalon.bot.question.Turn;
import fr.jalon.knowledge.Hit;
import fr.jalon.knowledge.Passage;
import fr.jalon.knowledge.Passage.Span;
import fr.jalon.knowledge.Route;
import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions from one snapshot: understands, screens, searches, judges whether the evidence
 * is enough, drafts, proves. Thread-safe.
 */
public final class Answerer {
  private static final String EMERGENCY_ROUTE = "urgence";
  private static final String OUT_OF_SCOPE_ROUTE = "hors_perimetre";
  private static final int HITS = 60;
  private static final int HITS_TRACED = 10;
  private static final int NEAREST = 3;
  private static final int MOST_CHOICES = 4;
  private static final int MOST_SUGGESTIONS = 3;

  /** Below this share, a question that names no route is taken as foreign to the subject. */
  private static final double FOREIGN_COVERAGE = 0.34;

  private final Snapshot snapshot;
  private final QuestionReader reader;
  private final Extracts extracts;

  /** Answers from a snapshot. */
  public Answerer(Snapshot snapshot) {
    this.snapshot = snapshot;
    reader = new QuestionReader(snapshot.lexicon(), snapshot::knows);
    extracts = new Extracts(snapshot);
  }

  /**
   * Answers a message; never fails, whatever is typed.
   *
   * @param history earlier turns, oldest first
   */
  public Response answer(String message, List<Turn> history) {
    Question question = reader.read(message, history);
    if (isEmergency(question)) {
      return emergency(question);
    }
    Optional<Refusal> refusal = refusal(question);
    if (refusal.isPresent()) {
      return response(
          new Declined(refusal.get()), question, new Steps("demande à refuser : " + refusal.get()));
    }
    if (Cues.match("INJECTION", question.text())) {
      String rest = Cues.without("INJECTION", question.text());
      if (snapshot.lexicon().routesNamed(rest).isEmpty()) {
        return response(
            new Declined(Refusal.INTRUSION),
            question,
            new Steps("consigne glissée, sans question"));
      }
      question = reader.read(rest, history);
    }
    boolean offTopic =
        question.routes().isEmpty()
            ? Cues.match("OFF_TOPIC", question.text())
            : question.routes().equals(Set.of(OUT_OF_SCOPE_ROUTE));
    if (offTopic) {
      return response(new OutOfScope(), question, new Steps("sujet étranger"));
    }
    if (question.readings().size() > 1) {
      return response(
          new Clarify(Unclear.SCHEME, choices(question.readings())),
          question,
          new Steps("plusieurs dispositifs possibles"));
    }
    if (question.routes().isEmpty() && isVague(question)) {
      Unclear unclear =
          question.terms().isEmpty() && Cues.match("GREETING", question.text())
              ? Unclear.GREETING
              : Unclear.SUBJECT;
      return response(
          new Clarify(unclear, choices(defaultRoutes(question))),
          question,
          new Steps("rien ne dit de quoi il s'agit"));
    }
    return fromGuides(question);
  }

  private Response fromGuides(Question question) {
    List<Hit> hits = snapshot.search(question.searched(), HITS);
    if (hits.isEmpty()) {
      return response(new OutOfScope(), question, new Steps("aucun mot connu des guides"));
    }
    List<Section> sections = Section.weigh(hits, question, snapshot);
    Steps steps = new Steps("").with(hits, sections);
    Evidence evidence = Evidence.of(question, sections.get(0), snapshot);
    steps = steps.with(evidence);
    if (evidence.lacking().isPresent()) {
      Answer answer =
          isForeign(question, evidence) ? new OutOfScope() : new NotFound(nearest(sections));
      return response(answer, question, steps.decided(evidence.lacking().get()));
    }
    Draft draft = extracts.compose(question, sections);
    Map<String, Passage> passages =
        sections.stream()
            .flatMap(section -> section.passages().stream())
            .collect(Collectors.toMap(Passage::id, Function.identity(), (one, same) -> one));
    Proof.Proven proven = Proof.of(draft, passages);
    steps = steps.with(draft, proven).decided("preuves suffisantes");
    if (proven.kept().isEmpty()) {
      return response(new NotFound(nearest(sections)), question, steps);
    }
    List<Citation> citations = citations(proven.kept(), passages);
    return response(new Answered(statements(proven.kept(), citations), citations), question, steps);
  }

  private static boolean isForeign(Question question, Evidence evidence) {
    return question.routes().isEmpty()
        && question.suggested().isEmpty()
        && question.bodies().isEmpty()
        && evidence.covered() < FOREIGN_COVERAGE;
  }

  private static boolean isEmergency(Question question) {
    return Danger.in(question.text()).isPresent() || question.routes().contains(EMERGENCY_ROUTE);
  }

  private static Optional<Refusal> refusal(Question question) {
    String text = question.text();
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
        .allMatch(term ->
            Cues.match("VAGUE", term.word().surface())
                || Cues.match("ASPECT_WORDS", term.word().surface()));
  }

  private Response emergency(Question question) {
    Danger danger = Danger.in(question.text()).orElse(Danger.OTHER);
    Map<String, Passage> passages = new LinkedHashMap<>();
    List<Draft.Sentence> sentences = new ArrayList<>();
    for (Passage passage : snapshot.section(EMERGENCY_ROUTE, danger.section())) {
      passages.put(passage.id(), passage);
      for (String sentence : passage.sentenceTexts()) {
        sentences.add(new Draft.Sentence(sentence, "", List.of(passage.id())));
      }
    }
    Draft draft = new Draft(Draft.Composer.EXTRACTS, sentences);
    Proof.Proven proven = Proof.of(draft, passages);
    List<Citation> citations = citations(proven.kept(), passages);
    return response(
        new Emergency(statements(proven.kept(), citations), citations),
        question,
        new Steps("danger ou détresse").with(draft, proven));
  }

  private List<String> choices(Set<String> routes) {
    return routes.stream()
        .flatMap(route -> snapshot.lexicon().route(route).stream())
        .map(Route::ask)
        .limit(MOST_CHOICES)
        .toList();
  }

  private Set<String> defaultRoutes(Question question) {
    Set<String> routes = new LinkedHashSet<>(question.suggested());
    snapshot.lexicon().routes().stream()
        .map(Route::id)
        .filter(snapshot::covers)
        .filter(route -> !route.equals(EMERGENCY_ROUTE))
        .forEach(routes::add);
    return routes;
  }

  private static List<Passage> nearest(List<Section> sections) {
    return sections.stream().limit(NEAREST).map(section -> section.passages().get(0)).toList();
  }

  private static List<Statement> statements(
      List<Draft.Sentence> sentences, List<Citation> citations) {
    Map<String, Integer> numbers =
        citations.stream().collect(Collectors.toMap(Citation::passage, Citation::number));
    return sentences.stream()
        .map(sentence ->
            new Statement(
                sentence.text(),
                sentence.bullet(),
                numbers.getOrDefault(sentence.passages().get(0), 0)))
        .toList();
  }

  /** One citation per passage, quoting from its first sentence used to its last. */
  private static List<Citation> citations(
      List<Draft.Sentence> sentences, Map<String, Passage> passages) {
    Map<String, Span> quotes = new LinkedHashMap<>();
    for (Draft.Sentence sentence : sentences) {
      String id = sentence.passages().get(0);
      int start = textOf(passages, id).indexOf(sentence.text());
      Span span = new Span(start, start + sentence.text().length());
      quotes.merge(
          id,
          span,
          (one, other) ->
              new Span(Math.min(one.start(), other.start()), Math.max(one.end(), other.end())));
    }
    List<Citation> citations = new ArrayList<>();
    quotes.forEach((id, quote) -> {
      Passage passage = Objects.requireNonNull(passages.get(id));
      Source source = passage.source();
      citations.add(
          new Citation(
              citations.size() + 1,
              passage.guide(),
              id,
              passage.heading(),
              passage.text().substring(quote.start(), quote.end()),
              source == null ? null : source.url(),
              source == null ? null : source.publisher(),
              source == null ? null : source.consultedOn()));
    });
    return citations;
  }

  private static String textOf(Map<String, Passage> passages, String id) {
    return Objects.requireNonNull(passages.get(id)).text();
  }

  private Response response(Answer answer, Question question, Steps steps) {
    Set<String> routes = new LinkedHashSet<>();
    List<String> suggestions = List.of();
    switch (answer) {
      case Answered answered -> {
        routes.addAll(routesOf(answered.citations(), question));
        suggestions = next(question, answered.citations());
      }
      case Emergency emergency -> routes.add(EMERGENCY_ROUTE);
      case Clarify clarify -> {
        routes.addAll(question.readings());
        suggestions = clarify.choices();
      }
      case NotFound notFound -> {
        routes.addAll(question.routes());
        suggestions =
            notFound.nearest().stream()
                .map(Passage::guide)
                .distinct()
                .flatMap(guide -> snapshot.questions(guide).stream().limit(1))
                .limit(MOST_SUGGESTIONS)
                .toList();
      }
      case OutOfScope none -> routes.addAll(question.routes());
      case Declined declined -> routes.addAll(question.routes());
    }
    return new Response(
        answer, routes, suggestions, snapshot.manifest().id(), steps.trace(question));
  }

  private Set<String> routesOf(List<Citation> citations, Question question) {
    Set<String> cited =
        citations.stream()
            .flatMap(citation -> snapshot.section(citation.guide(), sectionOf(citation)).stream())
            .flatMap(passage -> passage.routes().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> routes = new LinkedHashSet<>(question.routes());
    routes.retainAll(cited);
    routes.addAll(cited);
    return routes;
  }

  private static String sectionOf(Citation citation) {
    String place = citation.passage().substring(citation.guide().length() + 1);
    return place.substring(0, place.lastIndexOf('-'));
  }

  /** Frequent questions of the guides cited that ask something else. */
  private List<String> next(Question question, List<Citation> citations) {
    Set<String> asked = Set.copyOf(snapshot.lexicon().french().stems(question.text()));
    return citations.stream()
        .map(Citation::guide)
        .distinct()
        .flatMap(guide -> snapshot.questions(guide).stream())
        .filter(other -> {
          Set<String> stems = new LinkedHashSet<>(snapshot.lexicon().french().stems(other));
          long shared = stems.stream().filter(asked::contains).count();
          return 2 * shared < stems.size();
        })
        .limit(MOST_SUGGESTIONS)
        .toList();
  }

  /** The steps so far. */
  private record Steps(
      String decision,
      List<Trace.TracedHit> hits,
      List<Trace.TracedSection> sections,
      Trace.@Nullable TracedEvidence evidence,
      List<String> draft,
      List<Trace.TracedDrop> dropped) {
    Steps(String decision) {
      this(decision, List.of(), List.of(), null, List.of(), List.of());
    }

    Steps with(List<Hit> found, List<Section> weighed) {
      return new Steps(
          decision,
          found.stream()
              .limit(HITS_TRACED)
              .map(hit -> new Trace.TracedHit(hit.passage().id(), hit.score(), hit.why()))
              .toList(),
          weighed.stream()
              .limit(HITS_TRACED)
              .map(section ->
                  new Trace.TracedSection(
                      section.id(),
                      section.score(),
                      section.hit(),
                      section.coverage(),
                      section.heading(),
                      section.aspect()))
              .toList(),
          evidence,
          draft,
          dropped);
    }

    Steps with(Evidence judged) {
      return new Steps(
          decision,
          hits,
          sections,
          new Trace.TracedEvidence(
              judged.unknown(), judged.missing(), judged.known(), judged.covered()),
          draft,
          dropped);
    }

    Steps with(Draft written, Proof.Proven proven) {
      return new Steps(
          decision,
          hits,
          sections,
          evidence,
          written.sentences().stream().map(Draft.Sentence::text).toList(),
          proven.dropped().stream()
              .map(drop -> new Trace.TracedDrop(drop.sentence(), drop.reason()))
              .toList());
    }

    Steps decided(String reason) {
      return new Steps(reason, hits, sections, evidence, draft, dropped);
    }

    Trace trace(Question question) {
      return new Trace(question, hits, sections, evidence, decision, draft, dropped);
    }
  }
}
