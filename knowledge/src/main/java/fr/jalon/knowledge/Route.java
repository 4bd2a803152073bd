package fr.jalon.knowledge;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scheme or subject a citizen asks about.
 *
 * @param id as the design lists it, such as {@code vae}
 * @param name spelled out, lower case, without article
 * @param sigle its acronym, null when it has none
 * @param ask a question a citizen can ask to choose this route
 * @param terms other ways to name it
 * @param former names it had
 * @param hints words that suggest it without naming it
 * @param confusedWith ids of look-alikes
 */
public record Route(
    String id,
    String name,
    @Nullable String sigle,
    String ask,
    List<String> terms,
    List<FormerName> former,
    List<String> hints,
    List<String> confusedWith) {

  /**
   * A name no longer in use.
   *
   * @param name the name
   * @param until its last day, null when not known
   */
  public record FormerName(String name, @Nullable LocalDate until) {}

  /** Copies the lists. */
  public Route {
    terms = List.copyOf(terms);
    former = List.copyOf(former);
    hints = List.copyOf(hints);
    confusedWith = List.copyOf(confusedWith);
  }

  /** The acronym, or the spelled-out name of a route without one. */
  public String label() {
    return sigle == null ? name : sigle;
  }
}
