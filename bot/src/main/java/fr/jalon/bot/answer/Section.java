package fr.jalon.bot.answer;

import fr.jalon.bot.question.Aspect;
import fr.jalon.bot.question.Cues;
import fr.jalon.bot.question.Question;
import fr.jalon.knowledge.French;
import fr.jalon.knowledge.French.Word;
import fr.jalon.knowledge.Hit;
import fr.jalon.knowledge.Passage;
import fr.jalon.knowledge.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A section weighed against a question; every share is from 0 to 1.
 *
 * @param passages all its passages, in reading order
 * @param stems stems of its heading and text, guide title included
 * @param hit score of its best passage against the best of all
 * @param asked what the terms of the question that guides know weigh together
 * @param coverage share of what is asked that the section speaks of
 * @param likeness how closely its heading, or a question its author says it answers, is the
 *     question
 * @param aspect share of the aspects asked that it treats
 * @param onRoutes share of the question's routes that it is about; 1 when it names none
 */
record Section(
    List<Passage> passages,
    Set<String> stems,
    double hit,
    double asked,
    double coverage,
    double likeness,
    double aspect,
    double onRoutes) {
  private static final double HIT_WEIGHT = 0.65;
  private static final double COVERAGE_WEIGHT = 0.25;
  private static final double LIKENESS_WEIGHT = 0.1;
  private static final double ASPECT_WEIGHT = 0.5;
  private static final double LEAD_WEIGHT = 1;
  private static final double SUMMARY_WEIGHT = 0.8;
  private static final double BODY_WEIGHT = 0.4;
  private static final double TITLE_WEIGHT = 0.3;
  private static final double OFF_ROUTE = 0.3;

  /** How well an aspect is treated outside the section that every guide has for it. */
  private static final double IN_PASSING = 0.4;

  /**
   * The sections of some hits, and those that their guides have for the aspects asked, weighed
   * against a question, best first, ties by id.
   */
  static List<Section> weigh(List<Hit> hits, Question question, Snapshot snapshot) {
    List<Sought> sought = Sought.all(question.terms(), snapshot);
    Map<String, List<Passage>> candidates = new LinkedHashMap<>();
    Map<String, Double> best = new HashMap<>();
    for (Hit hit : hits) {
      String guide = hit.passage().guide();
      String section = hit.passage().section();
      best.putIfAbsent(guide + '#' + section, hit.score() / hits.get(0).score());
      candidates.computeIfAbsent(guide + '#' + section, id -> snapshot.section(guide, section));
      for (Aspect aspect : question.aspects()) {
        candidates.computeIfAbsent(
            guide + '#' + aspect.section(), id -> snapshot.section(guide, aspect.section()));
      }
    }
    List<Section> sections = new ArrayList<>();
    candidates.forEach((id, passages) -> {
      if (!passages.isEmpty()) {
        sections.add(weigh(passages, best.getOrDefault(id, 0.0), question, sought, snapshot));
      }
    });
    sections.sort(Comparator.comparingDouble(Section::score).reversed().thenComparing(Section::id));
    return sections;
  }

  private static Section weigh(
      List<Passage> passages,
      double hit,
      Question question,
      List<Sought> sought,
      Snapshot snapshot) {
    Passage first = passages.get(0);
    String heading = String.join("\n", first.heading().subList(1, first.heading().size()));
    List<String> asked = new ArrayList<>(snapshot.questions(first.guide(), first.section()));
    asked.add(0, first.sectionHeading());
    French french = snapshot.lexicon().french();
    Set<String> title = new HashSet<>(french.stems(first.title()));
    Set<String> lead = new HashSet<>(french.stems(heading));
    asked.forEach(text -> lead.addAll(french.stems(text)));
    Set<String> summary = new HashSet<>(french.stems(first.text()));
    Set<String> body = new HashSet<>();
    passages.forEach(passage -> body.addAll(french.stems(passage.text())));
    Map<Set<String>, Double> places =
        Map.of(lead, LEAD_WEIGHT, summary, SUMMARY_WEIGHT, body, BODY_WEIGHT, title, TITLE_WEIGHT);
    Set<String> stems = new HashSet<>(body);
    stems.addAll(lead);
    stems.addAll(title);
    Set<String> named = snapshot.lexicon().routesNamed(heading + "\n" + text(passages));
    double about =
        question.routes().stream()
            .mapToDouble(route ->
                named.contains(route) || first.routes().indexOf(route) == 0
                    ? 1
                    : first.routes().contains(route) ? IN_PASSING : 0)
            .sum();
    double treated = treated(first.section(), asked, question);
    return new Section(
        List.copyOf(passages),
        stems,
        hit,
        sought.stream().filter(term -> term.inGuides().isKnown()).mapToDouble(Sought::weight).sum(),
        share(sought, places, question.aspects().size(), treated),
        asked.stream()
            .mapToDouble(text -> likeness(text, question, sought, snapshot))
            .max()
            .orElse(0),
        question.aspects().isEmpty() ? 0 : treated / question.aspects().size(),
        question.routes().isEmpty() ? 1 : about / question.routes().size());
  }

  /**
   * The share of what is asked, as far as guides know it, that a text has; 1 when nothing is asked.
   *
   * @param aspects how many aspects are asked; each counts as one term
   * @param treated how many of them the text treats
   */
  private static double share(
      List<Sought> sought, Map<Set<String>, Double> places, double aspects, double treated) {
    double asked = ASPECT_WEIGHT * aspects;
    double found = ASPECT_WEIGHT * treated;
    for (Sought term : sought) {
      asked += term.inGuides().isKnown() ? term.weight() : 0;
      found +=
          places.entrySet().stream()
              .mapToDouble(place -> place.getValue() * term.in(place.getKey()))
              .max()
              .orElse(0);
    }
    return asked == 0 ? 1 : found / asked;
  }

  /**
   * The harmonic mean of the share of what is sought that a question has, and of the share of that
   * question that is sought; the names of the routes asked about count for nothing.
   */
  private static double likeness(
      String text, Question question, List<Sought> sought, Snapshot snapshot) {
    Set<String> said = new LinkedHashSet<>();
    for (Word word : snapshot.lexicon().french().words(snapshot.lexicon().clean(text))) {
      if (!Snapshot.isFunctionWord(word)) {
        said.add(word.stem());
      }
    }
    question.routes().stream()
        .flatMap(route -> snapshot.lexicon().route(route).stream())
        .forEach(route -> said.removeAll(snapshot.lexicon().french().stems(route.label())));
    double all = 0;
    double shared = 0;
    for (String stem : said) {
      double rarity = snapshot.rarity(stem);
      double closest = 0;
      for (Sought term : sought) {
        for (Map.Entry<List<String>, Double> variant : term.inGuides().variants().entrySet()) {
          if (variant.getKey().contains(stem) && said.containsAll(variant.getKey())) {
            closest = Math.max(closest, variant.getValue());
          }
        }
      }
      all += rarity;
      shared += rarity * closest;
    }
    double share = all == 0 ? 0 : shared / all;
    double recall = sought.isEmpty() ? 0 : share(sought, Map.of(said, 1.0), 0, 0);
    return share + recall == 0 ? 0 : 2 * share * recall / (share + recall);
  }

  /** How many of the aspects asked a section treats. */
  private static double treated(String section, List<String> asked, Question question) {
    double treated = 0;
    for (Aspect aspect : question.aspects()) {
      if (section.equals(aspect.section())) {
        treated += 1;
      } else if (asked.stream().anyMatch(text -> Cues.match(aspect.name(), text))) {
        treated += IN_PASSING;
      }
    }
    return treated;
  }

  private static String text(List<Passage> passages) {
    StringBuilder text = new StringBuilder();
    passages.forEach(passage -> text.append(passage.text()).append('\n'));
    return text.toString();
  }

  double score() {
    double score =
        HIT_WEIGHT * hit * Math.min(1, asked)
            + COVERAGE_WEIGHT * coverage
            + LIKENESS_WEIGHT * likeness;
    return score * (OFF_ROUTE + (1 - OFF_ROUTE) * onRoutes);
  }

  /** Whether it is about some route of the question, or the question names none. */
  boolean onRoute() {
    return onRoutes > 0;
  }

  /** Whether its heading names a route. */
  boolean isTitled(String route, Snapshot snapshot) {
    return snapshot.lexicon().routesNamed(passages.get(0).sectionHeading()).contains(route);
  }

  /** Whether its heading or text names a route. */
  boolean names(String route, Snapshot snapshot) {
    return isTitled(route, snapshot)
        || snapshot.lexicon().routesNamed(text(passages)).contains(route);
  }

  String id() {
    return passages.get(0).guide() + '#' + passages.get(0).section();
  }
}
