package fr.jalon.bot.question;

import fr.jalon.bot.question.Question.Part;
import fr.jalon.bot.question.Question.Term;
import fr.jalon.knowledge.French.Word;
import fr.jalon.knowledge.Lexicon;
import fr.jalon.knowledge.Lexicon.Kind;
import fr.jalon.knowledge.Lexicon.Mention;
import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.WordClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tells what a message speaks of, and what each thing is to its question. Thread-safe. */
final class TermReader {
  private static final Pattern PAUSE = Pattern.compile("[.,;:?!()]");
  private static final Pattern CONTENT = Pattern.compile("[\\p{L}\\p{N}]");
  private static final Set<String> SUBJECTS =
      Set.of("je", "j", "il", "elle", "on", "nous", "mon", "ma", "mes");
  private static final Set<String> SITUATION_VERBS =
      Set.of("ai", "suis", "est", "travaille", "bosse", "habite", "vis");
  private static final Set<String> CLAUSE_STARTS =
      Set.of(
          "est",
          "comment",
          "combien",
          "puis",
          "peux",
          "peut",
          "qui",
          "quand",
          "pourquoi",
          "mais",
          "et");
  private static final Set<String> INTERROGATIVES = Set.of("quel", "quelle", "quels", "quelles");

  private static final Pattern DELAY =
      Pattern.compile("[0-9].*|deux|trois|quatre|cinq|six|dix|quelques?|plusieurs|longtemps|peu");

  private final Lexicon lexicon;

  TermReader(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /**
   * What a message speaks of, each thing once, in order, then what it leaves unsaid.
   *
   * @param text the message, cleaned
   * @param words its words
   * @param mentions what it names
   * @param context what it leaves unsaid, from earlier turns; possibly empty
   */
  List<Term> read(String text, List<Word> words, List<Mention> mentions, String context) {
    Map<List<String>, Term> terms = new LinkedHashMap<>();
    boolean situation = false;
    boolean afterInterrogative = false;
    int pause = 0;
    int length;
    for (int i = 0; i < words.size(); i += length) {
      length = 1;
      if (i >= pause) {
        pause = pauseAfter(text, words, i);
      }
      Word word = words.get(i);
      if (i > 0 && (startsClause(words, i) || pauses(text, words.get(i - 1), word))) {
        situation = false;
        afterInterrogative = false;
      }
      situation |= startsSituation(words, i);
      if (startsQuestion(words, i)) {
        situation = false;
        afterInterrogative = true;
      }
      if (Snapshot.isFunctionWord(word) || !CONTENT.matcher(word.surface()).find()) {
        continue;
      }
      int index = i;
      Mention mention =
          mentions.stream().filter(found -> found.covers(index)).findFirst().orElse(null);
      if (mention != null && mention.namesRouteOrBody()) {
        afterInterrogative = false;
        if (lexicon.nameStems(mention).contains(word.stem())) {
          continue;
        }
        mention = lexicon.mentions(List.of(word)).stream().findFirst().orElse(mention);
      }
      if (mention == null || mention.kind() == Kind.HINT) {
        length = lexicon.lengthOfTerm(words.subList(0, pause), i);
      }
      List<Word> said = words.subList(i, i + length);
      Part part = part(said, mention, situation);
      boolean focus = afterInterrogative && (part == Part.SUBJECT || part == Part.SITUATION);
      if (focus) {
        afterInterrogative = false;
      }
      terms.putIfAbsent(stems(said), new Term(said, part, focus));
    }
    for (Word word : unsaid(context)) {
      terms.putIfAbsent(List.of(word.stem()), new Term(List.of(word), Part.CONTEXT, false));
    }
    return List.copyOf(terms.values());
  }

  /** The telling words of what is left unsaid, without those that name a route or a body. */
  private List<Word> unsaid(String context) {
    List<Word> words = lexicon.french().words(context);
    List<Mention> named =
        lexicon.mentions(words).stream().filter(Mention::namesRouteOrBody).toList();
    return IntStream.range(0, words.size())
        .filter(i -> named.stream().noneMatch(mention -> mention.covers(i)))
        .mapToObj(words::get)
        .filter(word -> !Snapshot.isFunctionWord(word))
        .toList();
  }

  private static Part part(List<Word> words, @Nullable Mention mention, boolean situation) {
    if (mention != null && mention.kind() == Kind.PLACE) {
      return Part.PLACE;
    }
    if (words.stream().anyMatch(word -> word.folded().chars().anyMatch(Character::isDigit))) {
      return Part.NUMBER;
    }
    if (words.size() == 1) {
      String word = words.get(0).surface();
      WordClass wordClass = WordClass.of(word);
      if (Cues.match("LIGHT_WORDS", word) || wordClass == WordClass.TOOL) {
        return Part.ASPECT;
      }
      if (wordClass == WordClass.VERB) {
        return Part.ACTION;
      }
    }
    return situation ? Part.SITUATION : Part.SUBJECT;
  }

  private static List<String> stems(List<Word> words) {
    return words.stream().map(Word::stem).toList();
  }

  /** Index after the last word before a pause. */
  private static int pauseAfter(String text, List<Word> words, int i) {
    int end = i + 1;
    while (end < words.size() && !pauses(text, words.get(end - 1), words.get(end))) {
      end++;
    }
    return end;
  }

  private static boolean pauses(String text, Word left, Word right) {
    return PAUSE.matcher(text.substring(left.end(), right.start())).find();
  }

  private static boolean startsClause(List<Word> words, int i) {
    boolean afterInterrogative = INTERROGATIVES.contains(words.get(i - 1).folded());
    return !afterInterrogative && CLAUSE_STARTS.contains(words.get(i).folded());
  }

  /** « je suis … », « j'ai … ans », « mon mari est … »: what the person tells of a situation. */
  private static boolean startsSituation(List<Word> words, int i) {
    String word = words.get(i).folded();
    boolean afterSubject = i > 0 && SUBJECTS.contains(words.get(i - 1).folded());
    return word.equals("suis")
        || word.equals("jai")
        || word.equals("comme")
        || (word.equals("ai") && words.get(i).surface().length() > 2)
        || (afterSubject && SITUATION_VERBS.contains(word));
  }

  /** « il y a 3 ans », « il y a longtemps ». */
  private static boolean startsDelay(List<Word> words, int i) {
    return i < words.size() && DELAY.matcher(words.get(i).folded()).matches();
  }

  /**
   * « quel … », « combien de … », « c'est qui le … », « liste des … », « y a-t-il … »: what is
   * asked for follows.
   */
  private static boolean startsQuestion(List<Word> words, int i) {
    String word = words.get(i).folded();
    String next = i + 1 < words.size() ? words.get(i + 1).folded() : "";
    return INTERROGATIVES.contains(word)
        || (word.equals("combien")
            && (next.equals("de")
                || words.get(Math.min(i + 1, words.size() - 1)).surface().startsWith("d'")))
        || (word.equals("est") && next.equals("qui"))
        || (word.equals("qui") && next.equals("est"))
        || (word.equals("y") && next.equals("a") && !startsDelay(words, i + 2))
        || word.equals("liste");
  }
}
