package fr.jalon.bot.question;

import fr.jalon.knowledge.French.Word;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A question, understood.
 *
 * @param asked as it was typed, personal numbers masked
 * @param masked what was masked in it
 * @param text as the guides would write it
 * @param context what it leaves unsaid, from earlier turns; empty for a question that stands alone
 * @param terms what it speaks of, each thing once, in order
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

  /** The route of who names nothing and asks for advice. */
  static final String ADVICE_ROUTE = "orientation";

  /**
   * One thing a question speaks of.
   *
   * @param words the words that say it; at least one
   * @param part what it is to the question
   * @param focus whether an answer that does not speak of it is no answer
   */
  public record Term(List<Word> words, Part part, boolean focus) {
    /** Copies the list. */
    public Term {
      words = List.copyOf(words);
    }

    /** The words, as they were written. */
    public String surface() {
      return words.stream().map(Word::surface).collect(Collectors.joining(" "));
    }
  }

  /** What a term is to the question that speaks of it. */
  public enum Part {
    /** What the question is about. */
    SUBJECT,
    /** What is done to it, or by whom: a verb. */
    ACTION,
    /** What the person tells of a situation. */
    SITUATION,
    /** What is wanted of the subject, such as a price, or is said in passing. */
    ASPECT,
    /** A commune or area. */
    PLACE,
    /** A number. */
    NUMBER,
    /** Something said earlier in the conversation. */
    CONTEXT
  }

  /** Copies the collections, keeping their order. */
  public Question {
    terms = List.copyOf(terms);
    routes = new LinkedHashSet<>(routes);
    bodies = new LinkedHashSet<>(bodies);
    suggested = new LinkedHashSet<>(suggested);
    readings = new LinkedHashSet<>(readings);
    aspects = aspects.isEmpty() ? EnumSet.noneOf(Aspect.class) : EnumSet.copyOf(aspects);
  }

  /** Whether it tells of a situation and asks what to do, naming no scheme. */
  public boolean asksForAdvice() {
    return routes.equals(Set.of(ADVICE_ROUTE));
  }

  /** Whether it cannot be understood without the conversation. */
  public boolean followsUp() {
    return inherited || !context.isEmpty();
  }

  /**
   * The words to search with: what is asked. A follow-up that says no more than another subject («
   * et pour un doctorat ? ») asks again what was asked before.
   */
  public String searched() {
    return aspects.isEmpty() ? (text + " " + context).strip() : text;
  }

  /** The words that it only recalls, and that weigh less. */
  public String recalled() {
    return aspects.isEmpty() ? "" : context;
  }

  /** Whether the place that it names, if any, is part of what it wants to know. */
  public boolean asksOfAPlace() {
    return asks(Aspect.CONTACT) || asks(Aspect.COUNT);
  }

  /** Whether it wants to know a thing. */
  public boolean asks(Aspect aspect) {
    return aspects.contains(aspect);
  }
}
