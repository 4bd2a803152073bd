package fr.jalon.bot.answer;

import java.util.List;

/**
 * What could be said: sentences, each with the passages it rests on.
 *
 * @param composer who wrote it
 * @param sentences in the order they would be read
 */
record Draft(Composer composer, List<Sentence> sentences) {

  /** Who writes a draft. */
  enum Composer {
    /** Sentences of the guides, word for word. */
    EXTRACTS
  }

  /**
   * One sentence.
   *
   * @param text the sentence
   * @param bullet what stands before it on its line, such as « - »; empty inside a paragraph
   * @param passages ids of the passages it rests on
   */
  record Sentence(String text, String bullet, List<String> passages) {
    Sentence {
      passages = List.copyOf(passages);
    }
  }

  Draft {
    sentences = List.copyOf(sentences);
  }
}
