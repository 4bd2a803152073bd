package fr.jalon.bot.answer;

import fr.jalon.knowledge.Passage;
import java.util.List;

/** What can honestly be said. */
public sealed interface Answer {

  /**
   * A proven sentence.
   *
   * @param text the sentence
   * @param bullet what stands before it on its line, such as « - »; empty inside a paragraph
   * @param citation number of the citation that proves it
   */
  record Statement(String text, String bullet, int citation) {}

  /**
   * The question is answered.
   *
   * @param statements the direct answer first; at least one
   * @param citations in the order of their numbers, each used
   */
  record Answered(List<Statement> statements, List<Citation> citations) implements Answer {
    /** Refuses an answer that nothing proves. */
    public Answered {
      if (statements.isEmpty() || citations.isEmpty()) {
        throw new IllegalArgumentException("an answer needs a proven statement");
      }
      statements = List.copyOf(statements);
      citations = List.copyOf(citations);
    }
  }

  /**
   * The question has several readings.
   *
   * @param reason what is not clear
   * @param choices questions that can be asked as they are
   */
  record Clarify(Unclear reason, List<String> choices) implements Answer {
    /** Copies the list. */
    public Clarify {
      choices = List.copyOf(choices);
    }
  }

  /** What is not clear in a question. */
  enum Unclear {
    /** It does not say what it is about. */
    SUBJECT,
    /** It names something that may be one scheme or another. */
    SCHEME,
    /** It only greets. */
    GREETING,
    /** It only thanks. */
    THANKS
  }

  /**
   * In the subject, but the guides do not say it.
   *
   * @param nearest one passage of each nearest section, best first; possibly none
   */
  record NotFound(List<Passage> nearest) implements Answer {
    /** Copies the list. */
    public NotFound {
      nearest = List.copyOf(nearest);
    }
  }

  /** Not a question about training or digital help. */
  record OutOfScope() implements Answer {}

  /**
   * Danger or distress: the emergency numbers first.
   *
   * @param statements what the guide of emergencies says; possibly none
   * @param citations in the order of their numbers
   */
  record Emergency(List<Statement> statements, List<Citation> citations) implements Answer {
    /** Copies the lists. */
    public Emergency {
      statements = List.copyOf(statements);
      citations = List.copyOf(citations);
    }
  }

  /** A request to cheat, to harm or to reveal what is not public. */
  record Declined(Refusal refusal) implements Answer {}

  /** What Jalon refuses. */
  enum Refusal {
    /** To forge a document. */
    FORGERY,
    /** To cheat. */
    CHEATING,
    /** To reveal or take what is not public. */
    INTRUSION
  }
}
