package fr.jalon.bot.answer;

import fr.jalon.bot.question.Aspect;
import fr.jalon.bot.question.Question;
import fr.jalon.bot.question.Question.Term;
import fr.jalon.knowledge.Passage;
import fr.jalon.knowledge.Passage.Kind;
import fr.jalon.knowledge.Passage.Span;
import fr.jalon.knowledge.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes a draft with the guides' own sentences: the line that sums up the best section, then its
 * passages that speak most of what is asked, then another section where it adds something asked.
 */
final class Extracts {
  /** About how long an answer is, in UTF-16 units. */
  private static final int LENGTH = 600;

  /** How much longer a passage may make it rather than being cut. */
  private static final int OVERRUN = 180;

  private static final double SAME = 0.75;
  private static final double ANOTHER_SECTION = 0.7;
  private static final double AS_GOOD = 0.88;
  private static final double RELATED = 0.55;
  private static final int SHORT = 330;
  private static final int MOST_SECTIONS = 3;
  private static final double SHORTEST_CLAIM = 0.2;

  /** How guides begin a passage about what could not be checked. */
  private static final String UNCHECKED = "Jalon n'a pas pu";

  private static final Pattern AMOUNT =
      Pattern.compile("\\d\\s?(?:€|euros|h\\b|heures)|gratuit|payant");
  private static final Pattern TIME =
      Pattern.compile("\\d\\s?(?:jours?|mois|ans?|semaines?|heures?|h)\\b|\\b(?:19|20)\\d\\d\\b");
  private static final Pattern CONTACT =
      Pattern.compile("\\d\\d \\d\\d \\d\\d|@|\\.(?:fr|org|com|eu)\\b");

  private final Snapshot snapshot;

  Extracts(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * Drafts an answer.
   *
   * @param sections weighed against the question, best first; at least one
   */
  Draft compose(Question question, List<Section> sections) {
    List<Draft.Sentence> sentences = new ArrayList<>();
    List<Set<String>> said = new ArrayList<>();
    Set<String> spokenOf = new HashSet<>();
    double best = sections.get(0).score();
    int used = 0;
    for (Section section : sections) {
      boolean enough = length(sentences) >= LENGTH || used == MOST_SECTIONS;
      double least = length(sentences) < SHORT ? RELATED : ANOTHER_SECTION;
      boolean weaker = section.score() < least * best || !section.onRoute();
      boolean asGood = section.score() >= AS_GOOD * best || length(sentences) < SHORT;
      if (enough || (used > 0 && (weaker || !(asGood || adds(section, question, spokenOf))))) {
        continue;
      }
      add(section, question, sentences, said);
      spokenOf.addAll(section.stems());
      used++;
    }
    return new Draft(Draft.Composer.EXTRACTS, sentences);
  }

  private boolean adds(Section section, Question question, Set<String> spokenOf) {
    return question.terms().stream()
        .filter(term -> term.weight() > SHORTEST_CLAIM)
        .map(term -> Sought.of(term, snapshot))
        .anyMatch(sought -> !sought.isIn(spokenOf) && sought.isIn(section.stems()));
  }

  private void add(
      Section section, Question question, List<Draft.Sentence> sentences, List<Set<String>> said) {
    List<Passage> chosen = new ArrayList<>();
    int length = length(sentences);
    List<Passage> byFit = new ArrayList<>(section.passages());
    byFit.sort(
        Comparator.comparing((Passage passage) -> passage.kind() != Kind.SUMMARY)
            .thenComparing(Comparator.comparingDouble((Passage p) -> fit(p, question)).reversed()));
    double bestFit =
        section.passages().stream()
            .filter(passage -> passage.kind() != Kind.SUMMARY && !admits(passage))
            .mapToDouble(passage -> fit(passage, question))
            .max()
            .orElse(-1);
    for (Passage passage : byFit) {
      if (admits(passage) && fit(passage, question) <= bestFit) {
        continue;
      }
      boolean fits = length + passage.text().length() <= LENGTH + OVERRUN;
      if (chosen.isEmpty() || (fits && length < LENGTH)) {
        chosen.add(passage);
        length += passage.text().length();
      }
    }
    for (Passage passage : section.passages()) {
      if (chosen.contains(passage)) {
        add(passage, sentences, said);
      }
    }
  }

  private void add(Passage passage, List<Draft.Sentence> sentences, List<Set<String>> said) {
    for (int i = 0; i < passage.sentences().size(); i++) {
      String sentence = passage.sentence(i);
      Set<String> stems = new HashSet<>(snapshot.lexicon().french().stems(sentence));
      boolean repeats =
          passage.kind() != Kind.LIST && said.stream().anyMatch(other -> same(stems, other));
      if (!repeats) {
        said.add(stems);
        sentences.add(
            new Draft.Sentence(
                sentence, bullet(passage, passage.sentences().get(i)), List.of(passage.id())));
      }
    }
  }

  private static boolean same(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    return both.size() >= SAME * one.size();
  }

  private static String bullet(Passage passage, Span span) {
    int line = passage.text().lastIndexOf('\n', span.start()) + 1;
    String before = passage.text().substring(line, span.start());
    return before.isBlank() || before.length() > 8 ? "" : before.strip();
  }

  /** Whether a passage only says what could not be checked. */
  private static boolean admits(Passage passage) {
    return passage.text().startsWith(UNCHECKED);
  }

  /** How much a passage speaks of what is asked, with the kind of fact that is asked. */
  private double fit(Passage passage, Question question) {
    Set<String> stems = new HashSet<>(snapshot.lexicon().french().stems(passage.text()));
    double fit = 0;
    for (Term term : question.terms()) {
      Sought sought = Sought.of(term, snapshot);
      if (sought.isIn(stems)) {
        fit += sought.weight();
      }
    }
    boolean factAsked =
        (question.asks(Aspect.COST) && AMOUNT.matcher(passage.text()).find())
            || (question.asks(Aspect.DURATION) && TIME.matcher(passage.text()).find())
            || (question.asks(Aspect.CONTACT) && CONTACT.matcher(passage.text()).find());
    return factAsked ? fit + 0.5 : fit;
  }

  private static int length(List<Draft.Sentence> sentences) {
    return sentences.stream().mapToInt(sentence -> sentence.text().length() + 1).sum();
  }
}
