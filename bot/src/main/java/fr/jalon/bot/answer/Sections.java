package fr.jalon.bot.answer;

import fr.jalon.bot.question.Aspect;
import fr.jalon.bot.question.Question;
import fr.jalon.knowledge.Hit;
import fr.jalon.knowledge.Lexicon;
import fr.jalon.knowledge.Passage;
import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.Snapshot.SectionHit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/** The sections of a snapshot, each read once, weighed against questions. Thread-safe. */
final class Sections {
  /** How many nats less than the best make the ways of asking for a section fit e times less. */
  private static final double NATS = 10;

  private final Snapshot snapshot;
  private final ConcurrentMap<String, Optional<SectionText>> texts = new ConcurrentHashMap<>();

  Sections(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * The sections of some hits, those that their guides have for the aspects asked, and those that
   * people ask for much so, best first, ties by hit, then by id.
   *
   * @param asked the sections that people ask for much so, best first
   * @param sought the terms of the question, as they are sought
   */
  List<Section> weigh(
      List<Hit> hits, List<SectionHit> asked, Question question, List<Sought> sought) {
    Map<String, SectionText> found = new LinkedHashMap<>();
    Map<String, Double> best = new HashMap<>();
    for (Hit hit : hits) {
      String guide = hit.passage().guide();
      text(guide, hit.passage().section())
          .ifPresent(text -> {
            found.put(text.id(), text);
            best.merge(text.id(), hit.score() / hits.get(0).score(), Math::max);
          });
      for (Aspect aspect : question.aspects()) {
        text(guide, aspect.section()).ifPresent(text -> found.put(text.id(), text));
      }
    }
    Map<String, Double> likelihood = new HashMap<>();
    for (SectionHit hit : asked) {
      likelihood.put(hit.id(), hit.score());
      String[] id = hit.id().split("#", 2);
      text(id[0], id[1]).ifPresent(text -> found.put(text.id(), text));
    }
    Set<String> names = labelStems(question);
    Variants variants = new Variants(sought);
    return found.values().stream()
        .map(text ->
            Section.of(
                text,
                new Searched(
                    best.getOrDefault(text.id(), 0.0),
                    phrasing(text.id(), likelihood, asked),
                    likelihood.getOrDefault(text.id(), 0.0)),
                question,
                sought,
                variants,
                names,
                snapshot))
        .sorted(
            Comparator.comparingDouble(Section::score)
                .thenComparingDouble(section -> section.searched().hit())
                .reversed()
                .thenComparing(Section::id))
        .toList();
  }

  private static double phrasing(
      String section, Map<String, Double> likelihood, List<SectionHit> asked) {
    Double nats = likelihood.get(section);
    return nats == null ? 0 : Math.exp((nats - asked.get(0).score()) / NATS);
  }

  /** The stems of the labels of the routes asked about. */
  private Set<String> labelStems(Question question) {
    Lexicon lexicon = snapshot.lexicon();
    return question.routes().stream()
        .flatMap(route -> lexicon.route(route).stream())
        .flatMap(route -> lexicon.french().stems(route.label()).stream())
        .collect(Collectors.toSet());
  }

  private Optional<SectionText> text(String guide, String section) {
    return texts.computeIfAbsent(
        guide + '#' + section,
        id -> {
          List<Passage> passages = snapshot.section(guide, section);
          return passages.isEmpty()
              ? Optional.empty()
              : Optional.of(SectionText.of(passages, snapshot));
        });
  }
}
