package fr.jalon.bot.answer;

import fr.jalon.bot.answer.Answer.Answered;
import fr.jalon.bot.answer.Answer.Clarify;
import fr.jalon.bot.answer.Answer.Declined;
import fr.jalon.bot.answer.Answer.Emergency;
import fr.jalon.bot.answer.Answer.NotFound;
import fr.jalon.bot.answer.Answer.OutOfScope;
import fr.jalon.bot.answer.Answer.Refusal;
import fr.jalon.bot.question.Danger;
import fr.jalon.bot.question.Question;
import fr.jalon.bot.question.Question.Part;
import fr.jalon.bot.question.QuestionReader;
import fr.jalon.bot.question.Turn;
import fr.jalon.knowledge.Hit;
import fr.jalon.knowledge.Passage;
import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.Snapshot.SectionHit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers questions from one snapshot: understands, screens, searches, judges whether the evidence
 * is enough, drafts, proves. Thread-safe.
 */
public final class Answerer {
  private static final int HITS = 100;
  private static final int ASKED_SECTIONS = 30;
  private static final int NEAREST = 3;
  private static final int MOST_SUGGESTIONS = 3;

  /** Below this share, a question that names nothing known is taken as foreign to the subject. */
  private static final double FOREIGN_COVERAGE = 0.34;

  private final Snapshot snapshot;
  private final int explained;
  private final QuestionReader reader;
  private final Screening screening;
  private final Sections sections;
  private final Extracts extracts;

  /** Answers from a snapshot. */
  public Answerer(Snapshot snapshot) {
    this(snapshot, 0);
  }

  /** Answers from a snapshot, in traces that say why each passage was found. */
  public static Answerer explaining(Snapshot snapshot) {
    return new Answerer(snapshot, TraceBuilder.MOST);
  }

  private Answerer(Snapshot snapshot, int explained) {
    this.explained = explained;
    this.snapshot = snapshot;
    reader = new QuestionReader(snapshot.lexicon(), snapshot::knows);
    screening = new Screening(snapshot);
    sections = new Sections(snapshot);
    extracts = new Extracts(snapshot);
  }

  /**
   * Answers a message; never fails, whatever is typed.
   *
   * @param history earlier turns, oldest first
   */
  public Response answer(String message, List<Turn> history) {
    TraceBuilder trace = new TraceBuilder();
    String asked = message;
    Question question = reader.read(asked, history);
    Optional<Danger> danger = Screening.danger(question);
    if (danger.isPresent()) {
      return emergency(question, danger.get(), trace);
    }
    Optional<Screening.Screened> screened = screening.of(question);
    Optional<String> rest = Screening.withoutOrder(question);
    if (screened.isEmpty() && rest.isPresent()) {
      if (snapshot.lexicon().routesNamed(rest.get()).isEmpty()) {
        screened =
            Optional.of(
                new Screening.Screened(
                    new Declined(Refusal.INTRUSION), "consigne glissée, sans question"));
      } else {
        asked = rest.get();
        question = reader.read(asked, history);
      }
    }
    if (screened.isPresent() && !yields(screened.get().answer(), question)) {
      Answer answer = screened.get().answer();
      List<String> suggestions = answer instanceof Clarify clarify ? clarify.choices() : List.of();
      return response(answer, suggestions, trace.build(question, screened.get().reason()));
    }
    return fromGuides(question, reader.parts(asked, history), trace);
  }

  /**
   * Whether what is screened for lack of a subject, or as foreign, is answered by the guides after
   * all: a vague question that they have enough for, a foreign turn of phrase for what they suggest
   * and are asked so.
   */
  private boolean yields(Answer screened, Question question) {
    boolean vague =
        screened instanceof Clarify clarify
            && clarify.reason() == Answer.Unclear.SUBJECT
            && question.terms().stream()
                .anyMatch(term -> term.part() == Part.ACTION || term.part() == Part.SUBJECT);
    boolean suggests = screened instanceof OutOfScope && !question.suggested().isEmpty();
    return (vague || suggests)
        && !question.inherited()
        && question.routes().isEmpty()
        && find(question, 0)
            .filter(Found::enough)
            .map(Found::best)
            .filter(best ->
                vague || (best.isAskedSo() && best.text().isWhollyAbout(question.suggested())))
            .isPresent();
  }

  /** Sections weighed against a question, best first, and whether the best is enough. */
  private record Found(
      Question question,
      List<Hit> hits,
      List<Sought> sought,
      List<Section> weighed,
      Evidence evidence) {
    boolean enough() {
      return evidence.lacking().isEmpty();
    }

    Section best() {
      return weighed.get(0);
    }
  }

  /**
   * The sections for a question; empty when no word of it is known to the guides.
   *
   * @param explained how many of the hits say why
   */
  private Optional<Found> find(Question question, int explained) {
    List<Hit> hits =
        snapshot.search(
            question.searched(), question.recalled(), question.routes(), HITS, explained);
    if (hits.isEmpty()) {
      return Optional.empty();
    }
    List<Sought> sought = Sought.all(question.terms(), snapshot);
    List<SectionHit> asked =
        snapshot.searchSections(question.searched(), question.recalled(), ASKED_SECTIONS);
    List<Section> weighed = sections.weigh(hits, asked, question, sought);
    Evidence evidence = Evidence.of(question, sought, weighed.get(0), hits.get(0), snapshot);
    return Optional.of(new Found(question, hits, sought, weighed, evidence));
  }

  /**
   * Answers a message from the guides, then each question in it that another section answers.
   *
   * @param parts the questions of the message, when it asks several
   */
  private Response fromGuides(Question question, List<Question> parts, TraceBuilder trace) {
    Optional<Found> whole = find(question, explained);
    if (whole.isEmpty()) {
      return response(
          new OutOfScope(), List.of(), trace.build(question, "aucun mot connu des guides"));
    }
    List<Section> weighed = whole.get().weighed();
    Evidence evidence = whole.get().evidence();
    trace.found(whole.get().hits(), weighed);
    trace.judged(evidence);
    List<Found> ofParts = parts.stream().flatMap(part -> find(part, 0).stream()).toList();
    boolean partsSuffice = !ofParts.isEmpty() && ofParts.stream().allMatch(Found::enough);
    Map<String, Found> answering = new LinkedHashMap<>();
    Stream.concat(partsSuffice ? Stream.of() : whole.stream(), ofParts.stream())
        .filter(Found::enough)
        .forEach(found -> answering.put(found.best().id(), found));
    if (answering.isEmpty()) {
      Answer answer =
          isForeign(question, evidence) ? new OutOfScope() : new NotFound(nearest(weighed));
      List<String> suggestions =
          answer instanceof NotFound ? next(weighed, List.of()) : List.<String>of();
      return response(answer, suggestions, trace.build(question, evidence.lacking().orElseThrow()));
    }
    List<Draft.Sentence> sentences =
        answering.values().stream()
            .flatMap(found ->
                extracts
                    .compose(
                        found.question(), found.sought(), found.weighed(), answering.size() > 1)
                    .sentences()
                    .stream())
            .distinct()
            .toList();
    Map<String, Passage> passages =
        byId(
            answering.values().stream()
                .flatMap(found -> found.weighed().stream().map(Section::passages)));
    Draft draft = new Draft(Draft.Composer.EXTRACTS, sentences);
    Quotations quotations = prove(draft, passages, trace);
    if (quotations.statements().isEmpty()) {
      return response(
          new NotFound(nearest(weighed)),
          next(weighed, List.of()),
          trace.build(question, "aucune phrase prouvée"));
    }
    return response(
        new Answered(quotations.statements(), quotations.citations()),
        next(weighed, quotations.citations()),
        trace.build(question, "preuves suffisantes"));
  }

  private Response emergency(Question question, Danger danger, TraceBuilder trace) {
    List<Passage> section = snapshot.section(Screening.EMERGENCY_ROUTE, danger.section());
    List<Draft.Sentence> sentences =
        section.stream()
            .flatMap(passage ->
                passage.sentenceTexts().stream()
                    .map(text -> new Draft.Sentence(text, "", List.of(passage.id()))))
            .toList();
    Draft draft = new Draft(Draft.Composer.EXTRACTS, sentences);
    Quotations quotations = prove(draft, byId(Stream.of(section)), trace);
    return response(
        new Emergency(quotations.statements(), quotations.citations()),
        List.of(),
        trace.build(question, "danger ou détresse"));
  }

  private static Quotations prove(Draft draft, Map<String, Passage> passages, TraceBuilder trace) {
    Proof.Proven proven = Proof.of(draft, passages);
    trace.proven(draft, proven);
    return Quotations.of(proven.kept(), passages);
  }

  private static Map<String, Passage> byId(Stream<List<Passage>> sections) {
    return sections
        .flatMap(List::stream)
        .collect(Collectors.toMap(Passage::id, Function.identity(), (one, same) -> one));
  }

  private static boolean isForeign(Question question, Evidence evidence) {
    return question.routes().isEmpty()
        && question.suggested().isEmpty()
        && question.bodies().isEmpty()
        && evidence.covered() < FOREIGN_COVERAGE;
  }

  private static List<Passage> nearest(List<Section> sections) {
    return sections.stream()
        .filter(Section::onRoute)
        .limit(NEAREST)
        .map(section -> section.passages().get(0))
        .toList();
  }

  /**
   * Headings of the next best sections that can be asked as they are, since they name a route or a
   * body.
   */
  private List<String> next(List<Section> sections, List<Citation> citations) {
    Set<String> said =
        citations.stream()
            .map(citation -> citation.heading().get(citation.heading().size() - 1))
            .collect(Collectors.toSet());
    return sections.stream()
        .filter(Section::onRoute)
        .map(section -> section.text().heading())
        .filter(heading -> !said.contains(heading) && heading.endsWith("?"))
        .filter(heading -> !snapshot.lexicon().routesNamed(heading).isEmpty())
        .distinct()
        .limit(MOST_SUGGESTIONS)
        .toList();
  }

  private Response response(Answer answer, List<String> suggestions, Trace trace) {
    Question question = trace.question();
    Set<String> routes =
        switch (answer) {
          case Answered answered -> routes(answered, question);
          case Emergency emergency -> Set.of(Screening.EMERGENCY_ROUTE);
          case Clarify clarify -> question.readings();
          case NotFound notFound -> question.routes();
          case OutOfScope outOfScope -> question.routes();
          case Declined declined -> question.routes();
        };
    return new Response(answer, routes, suggestions, snapshot.manifest().id(), trace);
  }

  /** The routes of the guides cited, those of the question first. */
  private Set<String> routes(Answered answered, Question question) {
    Set<String> cited =
        answered.citations().stream()
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
}
