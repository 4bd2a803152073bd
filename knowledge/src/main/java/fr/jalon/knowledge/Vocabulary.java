package fr.jalon.knowledge;

import java.util.List;
import java.util.Map;

/**
 * What {@code lexicon.yaml} says, as it is stored in a snapshot.
 *
 * @param routes routes, in the order of the design
 * @param bodies organisations and sites
 * @param synonyms groups of words that citizens use for one thing
 * @param abbreviations usual shortenings and what they stand for
 * @param places communes and areas that people name
 */
public record Vocabulary(
    List<Route> routes,
    List<Body> bodies,
    List<List<String>> synonyms,
    Map<String, String> abbreviations,
    List<String> places) {

  /** A vocabulary that knows nothing. */
  public static final Vocabulary EMPTY =
      new Vocabulary(List.of(), List.of(), List.of(), Map.of(), List.of());

  /** Copies the lists. */
  public Vocabulary {
    routes = List.copyOf(routes);
    bodies = List.copyOf(bodies);
    synonyms = synonyms.stream().map(List::copyOf).toList();
    abbreviations = Map.copyOf(abbreviations);
    places = List.copyOf(places);
  }
}
