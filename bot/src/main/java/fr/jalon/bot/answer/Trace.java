package fr.jalon.bot.answer;

import fr.jalon.bot.question.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of every step of an answer.
 *
 * @param question the question as understood
 * @param hits the best passages found, with their score and why
 * @param sections the best sections, with what speaks for them
 * @param evidence what the best section has and lacks; null when nothing was searched
 * @param decision why the answer has its status, in French
 * @param draft the sentences before their proof
 * @param dropped the sentences the proof refused
 */
public record Trace(
    Question question,
    List<TracedHit> hits,
    List<TracedSection> sections,
    @Nullable TracedEvidence evidence,
    String decision,
    List<String> draft,
    List<TracedDrop> dropped) {

  /** A passage found. */
  public record TracedHit(String passage, double score, String why) {}

  /**
   * A section considered, every part between 0 and 1 but the last.
   *
   * @param section {@code guide#section}
   * @param score weighted sum of the parts
   * @param hit score of its best passage against the best of all
   * @param phrasing how well all the ways of asking for it fit, against the best fitting section
   * @param coverage share of what is asked that the section speaks of
   * @param likeness how closely its heading, or a question it answers, is the question
   * @param treated how many of the aspects asked it treats
   */
  public record TracedSection(
      String section,
      double score,
      double hit,
      double phrasing,
      double coverage,
      double likeness,
      double treated) {}

  /**
   * What the best section has of what is asked.
   *
   * @param unknown words that no passage has
   * @param missing words that only other sections have
   * @param covered share that the best section has, 0 to 1
   * @param strength how strongly the best section answers
   * @param enough how strong it must be to answer
   */
  public record TracedEvidence(
      List<String> unknown, List<String> missing, double covered, double strength, double enough) {}

  /** A sentence refused by the proof. */
  public record TracedDrop(String sentence, String reason) {}
}
