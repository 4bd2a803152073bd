package fr.jalon.knowledge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An organisation or official site.
 *
 * @param id its id in the lexicon
 * @param name its name
 * @param sigle its acronym, null when it has none
 * @param terms other ways to name it
 * @param former names it had
 * @param routes ids of the routes it stands for, possibly none
 */
public record Body(
    String id,
    String name,
    @Nullable String sigle,
    List<String> terms,
    List<Route.FormerName> former,
    List<String> routes) {

  /** Copies the lists. */
  public Body {
    terms = List.copyOf(terms);
    former = List.copyOf(former);
    routes = List.copyOf(routes);
  }
}
