package fr.jalon.knowledge;

import java.util.List;

/**
 * One guidance document, ready to be indexed.
 *
 * @param id its file name without extension, or the {@code _id} of a BEIR text; unique
 * @param title what it is about
 * @param routes ids of the routes it is about, main one first; empty for a BEIR text
 * @param questions its frequent questions, as people ask them
 * @param phrasings the other ways people ask for what each section says
 * @param passages its passages, in reading order
 */
public record Guide(
    String id,
    String title,
    List<String> routes,
    List<FrequentQuestion> questions,
    List<FrequentQuestion> phrasings,
    List<Passage> passages) {

  /** Copies the lists. */
  public Guide {
    routes = List.copyOf(routes);
    questions = List.copyOf(questions);
    phrasings = List.copyOf(phrasings);
    passages = List.copyOf(passages);
  }
}
