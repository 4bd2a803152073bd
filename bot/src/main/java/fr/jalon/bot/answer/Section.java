package fr.jalon.bot.answer;

import fr.jalon.bot.question.Cues;
import fr.jalon.bot.question.Question;
import fr.jalon.knowledge.French.Word;
import fr.jalon.knowledge.Hit;
import fr.jalon.knowledge.Passage;
import fr.jalon.knowledge.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A section weighed against a question.
 *
 * @param passages all its passages, in reading order
 * @param stems stems of its heading and text, guide title included
 * @param hit score of its best passage against the best of all, 0 to 1
 * @param coverage share of what is asked that the section speaks of, 0 to 1
 * @param heading how closely its heading is the question, 0 to 1
 * @param aspect share of the aspects asked that it treats, 0 to 1
 * @param onRoutes share of the question's routes that it is about, 0 to 1; 1 when it names none
 */
record Section(
    List<Passage> passages,
    Set<String> stems,
    double hit,
    double coverage,
    double heading,
    double aspect,
    double onRoutes) {
  private static final double HIT_WEIGHT = 0.4;
  private static final double COVERAGE_WEIGHT = 0.3;
  private static final double HEADING_WEIGHT = 0.2;
  private static final double ASPECT_WEIGHT = 0.1;
  private static final double OFF_ROUTE = 0.5;

  /** The sections of some hits, weighed against a question, best first, ties by id. */
  static List<Section> weigh(List<Hit> hits, Question question, Snapshot snapshot) {
    List<Sought> sought = question.terms().stream().map(term -> Sought.of(term, snapshot)).toList();
    Map<String, Hit> best = new LinkedHashMap<>();
    for (Hit hit : hits) {
      best.putIfAbsent(hit.passage().guide() + '#' + hit.passage().section(), hit);
    }
    List<Section> sections = new ArrayList<>();
    for (Hit hit : best.values()) {
      Passage passage = hit.passage();
      sections.add(
          weigh(
              snapshot.section(passage.guide(), passage.section()),
              hit.score() / hits.get(0).score(),
              question,
              sought,
              snapshot));
    }
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
    Set<String> stems = new HashSet<>(snapshot.lexicon().french().stems(first.title()));
    stems.addAll(snapshot.lexicon().french().stems(heading));
    passages.forEach(passage -> stems.addAll(snapshot.lexicon().french().stems(passage.text())));
    double asked = 0;
    double covered = 0;
    for (Sought term : sought) {
      asked += term.weight();
      covered += term.isIn(stems) ? term.weight() : 0;
    }
    Set<String> named = snapshot.lexicon().routesNamed(heading + "\n" + text(passages));
    long about =
        question.routes().stream()
            .filter(route -> first.routes().contains(route) || named.contains(route))
            .count();
    double onRoutes = question.routes().isEmpty() ? 1 : (double) about / question.routes().size();
    return new Section(
        List.copyOf(passages),
        stems,
        hit,
        asked == 0 ? 1 : covered / asked,
        headingFit(heading, question, sought, snapshot),
        aspectFit(first.section(), heading, question),
        onRoutes);
  }

  /**
   * The harmonic mean of the shares of the question in the heading and of the heading in the
   * question.
   */
  private static double headingFit(
      String heading, Question question, List<Sought> sought, Snapshot snapshot) {
    Set<String> inHeading = new HashSet<>();
    for (Word word : snapshot.lexicon().french().words(heading)) {
      if (!Snapshot.isFunctionWord(word)) {
        inHeading.add(word.stem());
      }
    }
    Set<String> inQuestion = new HashSet<>();
    double asked = 0;
    double found = 0;
    for (Sought term : sought) {
      inQuestion.addAll(term.variants());
      asked += term.weight();
      found += term.isIn(inHeading) ? term.weight() : 0;
    }
    Set<String> labels = new HashSet<>();
    question.routes().stream()
        .flatMap(route -> snapshot.lexicon().route(route).stream())
        .forEach(route -> labels.addAll(snapshot.lexicon().french().stems(route.label())));
    inHeading.removeAll(labels);
    if (inHeading.isEmpty() || asked == 0) {
      return 0;
    }
    double share =
        (double) inHeading.stream().filter(inQuestion::contains).count() / inHeading.size();
    double recall = found / asked;
    return share + recall == 0 ? 0 : 2 * share * recall / (share + recall);
  }

  private static double aspectFit(String section, String heading, Question question) {
    if (question.aspects().isEmpty()) {
      return 0;
    }
    long treated =
        question.aspects().stream()
            .filter(
                aspect -> section.equals(aspect.section()) || Cues.match(aspect.name(), heading))
            .count();
    return (double) treated / question.aspects().size();
  }

  private static String text(List<Passage> passages) {
    StringBuilder text = new StringBuilder();
    passages.forEach(passage -> text.append(passage.text()).append('\n'));
    return text.toString();
  }

  double score() {
    double score =
        HIT_WEIGHT * hit
            + COVERAGE_WEIGHT * coverage
            + HEADING_WEIGHT * heading
            + ASPECT_WEIGHT * aspect;
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
