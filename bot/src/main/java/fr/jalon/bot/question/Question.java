package fr.jalon.bot.question;

import fr.jalon.knowledge.French.Word;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A question, understood.
 *
 * @param asked as it was typed, personal numbers masked
 * @param masked what was masked in it
 * @param text as the guides would write it
 * @param context what it leaves unsaid, from earlier turns; empty for a question that stands alone
 * @param terms the words that say what it is about, each stem once, most telling weight 1
 * @param routes ids of the routes it names, in order, else those of the conversation
 * @param inherited whether {@code routes} come from the conversation
 * @param bodies ids of the organisations it names
 * @param suggested ids of routes that its words only suggest
 * @param aspects what it wants to know, in the order of {@link Aspect}; possibly none
 * @param readings ids of the routes between which it must be made clear; empty when it is clear
 */
public record Question(
    String asked,
    Set<PersonalData.Kind> masked,
    String text,
    String context,
    List<Term> terms,
    Set<String> routes,
    boolean inherited,
    Set<String> bodies,
    Set<String> suggested,
    Set<Aspect> aspects,
    Set<String> readings) {

  /**
   * A word that says what a question is about.
   *
   * @param word the word
   * @param weight from 0 to 1: a situation's details weigh less than what is asked
   * @param focus whether an answer that does not speak of it is no answer
   */
  public record Term(Word word, double weight, boolean focus) {}

  /** Copies the collections, keeping their order. */
  public Question {
    terms = List.copyOf(terms);
    routes = new LinkedHashSet<>(routes);
    bodies = new LinkedHashSet<>(bodies);
    suggested = new LinkedHashSet<>(suggested);
    readings = new LinkedHashSet<>(readings);
    aspects = aspects.isEmpty() ? EnumSet.noneOf(Aspect.class) : EnumSet.copyOf(aspects);
  }

  /** The words to search with: what is asked, then what it leaves unsaid. */
  public String searched() {
    return context.isEmpty() ? text : text + " " + context;
  }

  /** Whether it wants to know a thing. */
  public boolean asks(Aspect aspect) {
    return aspects.contains(aspect);
  }
}
