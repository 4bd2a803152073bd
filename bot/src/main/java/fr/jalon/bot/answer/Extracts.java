package fr.jalon.bot.answer;

import fr.jalon.bot.question.Aspect;
import fr.jalon.bot.question.Cues;
import fr.jalon.bot.question.Question;
import fr.jalon.bot.question.Question.Part;
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
 * passages, those that speak most of what is asked when they do not all fit, then those of another
 * section that say something asked which the first does not, and at least the first line of one
 * nearly as good.
 */
final class Extracts {
  /** About how long an answer is, in UTF-16 units. */
  private static final int LENGTH = 600;

  /** About how long the answer to one question among others is. */
  private static final int SHARED_LENGTH = 330;

  /** How much longer a passage may make it rather than being left out. */
  private static final int OVERRUN = 150;

  /**
   * A second section that is less good is only looked for while the answer is shorter than this.
   */
  private static final int SHORT = 420;

  private static final double SAME = 0.75;
  private static final double AS_GOOD = 0.9;
  private static final double CLOSE = 0.6;
  private static final int MOST_SECTIONS = 3;

  /** A sentence that cannot be understood without the one before it. */
  private static final Pattern LEANS =
      Pattern.compile("^(?:(?:Ils?|Elles?|Ce|Cet|Cette|Ces|Cela|Son|Sa|Ses|Leurs?)\\b|C'|Y )");

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
   * @param sought the terms of the question, as they are sought
   * @param sections weighed against the question, best first; at least one
   * @param shared whether it is for one question among others: then shorter, from one section
   */
  Draft compose(Question question, List<Sought> sought, List<Section> sections, boolean shared) {
    List<Draft.Sentence> sentences = new ArrayList<>();
    List<Set<String>> said = new ArrayList<>();
    Set<String> spokenOf = new HashSet<>();
    double best = sections.get(0).score();
    int longest = shared ? SHARED_LENGTH : LENGTH;
    int mostSections = shared ? 1 : MOST_SECTIONS;
    int used = 0;
    for (Section section : sections) {
      if (used == mostSections || section.score() < CLOSE * best) {
        break;
      }
      boolean full = length(sentences) >= SHORT;
      boolean asGood = section.score() >= AS_GOOD * best;
      boolean joins = section.onRoute() && (asGood || (!full && adds(section, sought, spokenOf)));
      if (used == 0 || joins) {
        int most = used > 0 && full ? 0 : longest;
        add(section, question, sought, used == 0, most, sentences, said);
        spokenOf.addAll(section.text().stems());
        used++;
      }
    }
    return new Draft(Draft.Composer.EXTRACTS, sentences);
  }

  private static boolean adds(Section section, List<Sought> sought, Set<String> spokenOf) {
    return sought.stream()
        .filter(term -> term.term().part() == Part.SUBJECT)
        .anyMatch(term -> term.in(spokenOf) == 0 && term.in(section.text().body()) > 0);
  }

  private void add(
      Section section,
      Question question,
      List<Sought> sought,
      boolean first,
      int most,
      List<Draft.Sentence> sentences,
      List<Set<String>> said) {
    List<Passage> left = new ArrayList<>(section.passages());
    left.sort(
        Comparator.comparing((Passage passage) -> passage.kind() != Kind.SUMMARY)
            .thenComparing(
                Comparator.comparingDouble((Passage passage) -> fit(passage, question, sought))
                    .reversed()));
    Set<Passage> chosen = new HashSet<>();
    int length = length(sentences);
    for (Passage passage : left) {
      boolean fits = length < most && length + passage.text().length() <= most + OVERRUN;
      if (fits || chosen.isEmpty()) {
        chosen.add(passage);
        length += passage.text().length();
      }
    }
    boolean byYesOrNo = first && answersYesOrNo(section, question);
    for (Passage passage : section.passages()) {
      if (chosen.contains(passage)) {
        add(passage, byYesOrNo, sentences, said);
      }
    }
  }

  /**
   * Whether a section may answer by yes or no: only a question asked so, and much as the section is
   * headed. « Puis-je … sans prévenir ? » is not answered by the yes of « Faut-il prévenir ? ».
   */
  private static boolean answersYesOrNo(Section section, Question question) {
    boolean turned =
        Cues.match("WITHOUT", question.text()) && !Cues.match("WITHOUT", section.text().heading());
    return section.isAskedSo() && !turned && !Cues.match("OPEN_QUESTION", question.text());
  }

  private void add(
      Passage passage, boolean byYesOrNo, List<Draft.Sentence> sentences, List<Set<String>> said) {
    for (int i = 0; i < passage.sentences().size(); i++) {
      String sentence = passage.sentence(i);
      if (i == 0 && !byYesOrNo) {
        sentence = Verbatim.withoutYesOrNo(sentence);
      }
      Set<String> stems = new HashSet<>(snapshot.lexicon().french().stems(sentence));
      boolean repeats =
          passage.kind() != Kind.LIST && said.stream().anyMatch(other -> same(stems, other));
      boolean leantOn =
          i + 1 < passage.sentences().size() && LEANS.matcher(passage.sentence(i + 1)).find();
      if (!repeats || leantOn) {
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

  /** How much a passage speaks of what is asked, with the kind of fact that is asked. */
  private double fit(Passage passage, Question question, List<Sought> sought) {
    Set<String> stems = new HashSet<>(snapshot.lexicon().french().stems(passage.text()));
    double fit = sought.stream().mapToDouble(term -> term.in(stems)).sum();
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
