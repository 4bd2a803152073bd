package fr.jalon.bot.answer;

import fr.jalon.bot.question.Aspect;
import fr.jalon.bot.question.Cues;
import fr.jalon.bot.question.Question.Part;
import fr.jalon.knowledge.French;
import fr.jalon.knowledge.Lexicon;
import fr.jalon.knowledge.Lexicon.Kind;
import fr.jalon.knowledge.Lexicon.Mention;
import fr.jalon.knowledge.Passage;
import fr.jalon.knowledge.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a section says, by its stems, whatever is asked.
 *
 * @param passages all its passages, in reading order; at least one
 * @param title stems of the guide's title
 * @param lead stems of its headings
 * @param summary stems of its first line
 * @param body stems of its passages
 * @param questions stems, function words left out, of its heading and of each of those questions
 * @param treated how well it treats each aspect that it treats, above 0 and at most 1
 * @param titled ids of the routes that its headings name
 * @param headed ids of the routes that its own heading names
 * @param guided ids of the routes that the title of its guide names
 * @param titledBodies ids of the organisations that its headings name
 * @param titledPlaces names of the communes that its heading names
 * @param named ids of the routes that its passages name
 */
record SectionText(
    List<Passage> passages,
    Set<String> title,
    Set<String> lead,
    Set<String> summary,
    Set<String> body,
    List<Set<String>> questions,
    Map<Aspect, Double> treated,
    Set<String> titled,
    Set<String> headed,
    Set<String> guided,
    Set<String> titledBodies,
    Set<String> titledPlaces,
    Set<String> named) {

  /** How well an aspect is treated outside the section that every guide has for it. */
  private static final double IN_PASSING = 0.4;

  /** How much a section is about a route that only its passages name. */
  private static final double NAMED = 0.5;

  static SectionText of(List<Passage> passages, Snapshot snapshot) {
    Passage first = passages.get(0);
    String headings = String.join("\n", first.heading().subList(1, first.heading().size()));
    List<String> questions = new ArrayList<>(snapshot.questions(first.guide(), first.section()));
    questions.add(first.sectionHeading());
    List<Mention> mentions = snapshot.lexicon().mentions(headings);
    String text = passages.stream().map(Passage::text).collect(Collectors.joining("\n"));
    return new SectionText(
        List.copyOf(passages),
        stems(first.title(), snapshot),
        stems(headings, snapshot),
        stems(first.text(), snapshot),
        stems(text, snapshot),
        questions.stream().map(question -> tellingStems(question, snapshot)).toList(),
        treated(first.section(), questions),
        Lexicon.routesNamed(mentions),
        snapshot.lexicon().routesNamed(first.sectionHeading()),
        snapshot.lexicon().routesNamed(first.title()),
        mentions.stream()
            .filter(mention -> mention.kind() == Kind.BODY)
            .map(Mention::id)
            .collect(Collectors.toSet()),
        snapshot.lexicon().placesNamed(first.sectionHeading()).stream()
            .filter(place -> !Cues.match("AREA", place))
            .collect(Collectors.toSet()),
        snapshot.lexicon().routesNamed(text));
  }

  private static Set<String> stems(String text, Snapshot snapshot) {
    return Set.copyOf(snapshot.lexicon().french().stems(text));
  }

  private static Set<String> tellingStems(String text, Snapshot snapshot) {
    return snapshot.lexicon().french().words(snapshot.lexicon().clean(text)).stream()
        .filter(word -> !Snapshot.isFunctionWord(word))
        .map(French.Word::stem)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Map<Aspect, Double> treated(String section, List<String> questions) {
    Map<Aspect, Double> treated = new EnumMap<>(Aspect.class);
    for (String question : questions) {
      Aspect.in(question).forEach(aspect -> treated.put(aspect, IN_PASSING));
    }
    for (Aspect aspect : Aspect.values()) {
      if (section.equals(aspect.section())) {
        treated.put(aspect, 1.0);
      }
    }
    return treated;
  }

  /**
   * How well it treats what a question wants to know, from 0 to 1. What an organisation is, only a
   * section that is headed by its name tells.
   */
  double treats(Aspect aspect, Set<String> bodies) {
    if (aspect == Aspect.DEFINITION && !bodies.isEmpty()) {
      return Collections.disjoint(titledBodies, bodies) ? 0 : 1;
    }
    return treated.getOrDefault(aspect, 0.0);
  }

  /**
   * Whether it is headed by a commune and says none of those asked about, of which there are some.
   */
  boolean isElsewhere(List<Sought> sought) {
    List<Sought> places = sought.stream().filter(term -> term.term().part() == Part.PLACE).toList();
    return !titledPlaces.isEmpty()
        && !places.isEmpty()
        && places.stream().allMatch(place -> place.in(body) == 0 && place.in(lead) == 0);
  }

  /** Every stem of it, the ways of asking for it left out. */
  Set<String> stems() {
    Set<String> stems = new HashSet<>(body);
    stems.addAll(lead);
    stems.addAll(title);
    return stems;
  }

  /**
   * How much it is about a route, from 0 to 1: wholly when its headings name it or its guide is
   * first about it, less when only its passages name it, still less when only its guide is, among
   * others.
   */
  double isAbout(String route) {
    List<String> routes = passages.get(0).routes();
    if (titled.contains(route) || routes.indexOf(route) == 0) {
      return 1;
    }
    if (named.contains(route)) {
      return NAMED;
    }
    return routes.contains(route) ? IN_PASSING : 0;
  }

  /** Whether it is wholly about one of some routes. */
  boolean isWhollyAbout(Set<String> routes) {
    return routes.stream().anyMatch(route -> isAbout(route) == 1);
  }

  String heading() {
    return passages.get(0).sectionHeading();
  }

  String id() {
    return passages.get(0).guide() + '#' + passages.get(0).section();
  }
}
