package fr.jalon.bot.answer;

import fr.jalon.bot.question.Aspect;
import fr.jalon.bot.question.Question;
import fr.jalon.knowledge.Passage;
import fr.jalon.knowledge.Snapshot;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * A section weighed against a question; every share is from 0 to 1.
 *
 * @param text what it says
 * @param closest stems of the way of asking for it that has most of what is asked
 * @param searched what searching found of it
 * @param asked what the terms of the question that guides know weigh together
 * @param coverage share of what is asked that the section speaks of
 * @param likeness how closely its heading, or a question its author says it answers, is the
 *     question
 * @param treated how many of the aspects asked it treats, each from 0 to 1
 * @param elsewhere whether it is about other places than those asked about
 * @param special whether it is about routes that a question on others neither names nor suggests
 * @param onRoutes share of the question's routes that it is about, any of them being enough when
 *     they come from the conversation; when it names none, 1 unless it suggests others
 */
record Section(
    SectionText text,
    Set<String> closest,
    Searched searched,
    double asked,
    double coverage,
    double likeness,
    double treated,
    boolean elsewhere,
    boolean special,
    double onRoutes) {
  private static final double HIT_WEIGHT = 0.32;
  private static final double COVERAGE_WEIGHT = 0.12;
  private static final double LIKENESS_WEIGHT = 0.18;

  /** A question asked almost word for word decides; a faint likeness tells little. */
  private static final double LIKENESS_POWER = 3;

  private static final double PHRASING_WEIGHT = 0.38;
  private static final double OFF_ROUTE = 0.3;
  private static final double ELSEWHERE = 0.6;
  private static final double SPECIAL = 0.8;

  /** How like a question that it answers another must be to be the same. */
  private static final double ASKED_SO = 0.5;

  /** How much a section is about a question that only suggests other routes. */
  private static final double NOT_SUGGESTED = 0.7;

  /** What an aspect asked weighs against a term. */
  static final double ASPECT_WEIGHT = 0.5;

  private static final double LEAD_WEIGHT = 1;
  private static final double SUMMARY_WEIGHT = 0.8;
  private static final double BODY_WEIGHT = 0.4;
  private static final double TITLE_WEIGHT = 0.3;

  /**
   * Weighs a section.
   *
   * @param sought the terms of the question, as they are sought
   * @param variants the ways to say them
   * @param names stems of the labels of its routes, which make no question alike
   */
  static Section of(
      SectionText text,
      Searched searched,
      Question question,
      List<Sought> sought,
      Variants variants,
      Set<String> names,
      Snapshot snapshot) {
    double aspects = question.aspects().size();
    double treated =
        question.aspects().stream()
            .mapToDouble(aspect -> text.treats(aspect, question.bodies()))
            .sum();
    double known = known(sought);
    double[] inText = sought.stream().mapToDouble(term -> inText(term, text)).toArray();
    Set<String> closest = Set.of();
    double found = -1;
    double likeness = 0;
    for (Set<String> asking : text.questions()) {
      boolean meets = variants.meet(asking);
      if (meets || found < 0) {
        double covered = found(sought, inText, asking);
        if (covered > found) {
          found = covered;
          closest = asking;
        }
      }
      if (meets) {
        likeness = Math.max(likeness, likeness(asking, names, sought, variants, known, snapshot));
      }
    }
    double asked = known + ASPECT_WEIGHT * aspects;
    DoubleStream about = question.routes().stream().mapToDouble(text::isAbout);
    boolean either = question.inherited() && !question.asks(Aspect.DIFFERENCE);
    return new Section(
        text,
        closest,
        searched,
        known,
        asked == 0 ? 1 : (found + ASPECT_WEIGHT * treated) / asked,
        likeness,
        treated,
        text.isElsewhere(sought),
        isSpecial(text, question),
        (either ? about.max() : about.average()).orElse(aboutSuggested(question, text)));
  }

  /**
   * « Le CPF paie-t-il la VAE ? » is too special for a question on the CPF alone, and so is any
   * section on the CPF of a guide to the VAE.
   */
  private static boolean isSpecial(SectionText text, Question question) {
    Set<String> asked = new HashSet<>(question.routes());
    asked.addAll(question.suggested());
    boolean ofAnotherGuide = !text.guided().isEmpty() && Collections.disjoint(text.guided(), asked);
    return !question.routes().isEmpty() && (ofAnotherGuide || !asked.containsAll(text.headed()));
  }

  /** The weight of a term where it counts most in a section, its ways of asking left out. */
  private static double inText(Sought term, SectionText text) {
    double place = LEAD_WEIGHT * term.in(text.lead());
    place = Math.max(place, SUMMARY_WEIGHT * term.in(text.summary()));
    place = Math.max(place, BODY_WEIGHT * term.in(text.body()));
    return Math.max(place, TITLE_WEIGHT * term.in(text.title()));
  }

  /**
   * The weight of what is sought that a section has.
   *
   * @param inText that of each term in its text
   * @param asking stems of one way of asking for it
   */
  private static double found(List<Sought> sought, double[] inText, Set<String> asking) {
    double found = 0;
    for (int i = 0; i < inText.length; i++) {
      found += Math.max(inText[i], LEAD_WEIGHT * sought.get(i).in(asking));
    }
    return found;
  }

  /** How much it is about what a question that names no route suggests. */
  private static double aboutSuggested(Question question, SectionText text) {
    boolean suggested = question.suggested().isEmpty() || text.isWhollyAbout(question.suggested());
    return suggested ? 1 : NOT_SUGGESTED;
  }

  private static double known(List<Sought> sought) {
    return sought.stream()
        .filter(term -> term.inGuides().isKnown())
        .mapToDouble(Sought::weight)
        .sum();
  }

  /**
   * The harmonic mean of the share of what is sought that a question has, and of the share of that
   * question that is sought.
   *
   * @param other stems of the question
   * @param names stems that count for nothing: those of the routes asked about
   */
  private static double likeness(
      Set<String> other,
      Set<String> names,
      List<Sought> sought,
      Variants variants,
      double known,
      Snapshot snapshot) {
    double all = 0;
    double shared = 0;
    for (String stem : other) {
      if (!names.contains(stem)) {
        double rarity = snapshot.rarity(stem);
        all += rarity;
        shared += rarity * variants.closest(stem, other);
      }
    }
    if (shared == 0 || known == 0) {
      return 0;
    }
    double share = shared / all;
    double recall = sought.stream().mapToDouble(term -> term.in(other)).sum() / known;
    return 2 * share * recall / (share + recall);
  }

  /**
   * How well it answers; those of its passages and ways of asking count less when little is asked.
   */
  double score() {
    double score =
        (HIT_WEIGHT * searched.hit() + PHRASING_WEIGHT * searched.phrasing()) * Math.min(1, asked)
            + COVERAGE_WEIGHT * coverage
            + LIKENESS_WEIGHT * Math.pow(likeness, LIKENESS_POWER);
    return score
        * (OFF_ROUTE + (1 - OFF_ROUTE) * onRoutes)
        * (elsewhere ? ELSEWHERE : 1)
        * (special ? SPECIAL : 1);
  }

  /** Whether it answers that very question, in other words. */
  boolean isAskedSo() {
    return likeness >= ASKED_SO;
  }

  /** Whether it may be about some route of the question. */
  boolean onRoute() {
    return onRoutes > 0;
  }

  /** Every stem of it, its other ways of asking left out. */
  Set<String> stems() {
    Set<String> stems = text.stems();
    stems.addAll(closest);
    return stems;
  }

  List<Passage> passages() {
    return text.passages();
  }

  String id() {
    return text.id();
  }
}
