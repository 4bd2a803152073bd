package fr.jalon.bot.answer;

import fr.jalon.knowledge.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pipe between a draft and an answer: a sentence is kept when a passage it cites holds it word
 * for word, else dropped with the reason.
 */
final class Proof {
  private Proof() {}

  /**
   * A draft after its proof.
   *
   * @param kept sentences that may be said, in order
   * @param dropped the others, in order
   */
  record Proven(List<Draft.Sentence> kept, List<Dropped> dropped) {}

  /**
   * A sentence that may not be said.
   *
   * @param sentence its text
   * @param reason why, in French
   */
  record Dropped(String sentence, String reason) {}

  /**
   * Proves a draft.
   *
   * @param passages the passages the draft was written from, by id
   */
  static Proven of(Draft draft, Map<String, Passage> passages) {
    List<Draft.Sentence> kept = new ArrayList<>();
    List<Dropped> dropped = new ArrayList<>();
    for (Draft.Sentence sentence : draft.sentences()) {
      if (sentence.passages().isEmpty()) {
        dropped.add(new Dropped(sentence.text(), "aucun passage cité"));
      } else if (!passages.keySet().containsAll(sentence.passages())) {
        dropped.add(new Dropped(sentence.text(), "passage cité inconnu"));
      } else if (passages.values().stream()
          .filter(passage -> sentence.passages().contains(passage.id()))
          .noneMatch(passage -> Verbatim.indexOf(sentence.text(), passage.text()) >= 0)) {
        dropped.add(new Dropped(sentence.text(), "absente du passage cité"));
      } else {
        kept.add(sentence);
      }
    }
    return new Proven(kept, dropped);
  }
}
