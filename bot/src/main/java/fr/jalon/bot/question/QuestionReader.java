package fr.jalon.bot.question;

import fr.jalon.bot.question.Question.Term;
import fr.jalon.knowledge.French.Word;
import fr.jalon.knowledge.Lexicon;
import fr.jalon.knowledge.Lexicon.Kind;
import fr.jalon.knowledge.Lexicon.Mention;
import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.WordClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Understands questions with the lexicon of a snapshot. Thread-safe. */
public final class QuestionReader {
  private static final int WORDS_OF_A_SHORT_QUESTION = 12;

  /** A longer message ends with a part that holds the rest. */
  private static final int MOST_PARTS = 4;

  private static final int LONGEST_SIGLE = 5;
  private static final Set<String> ARTICLES =
      Set.of("la", "le", "ma", "mon", "une", "un", "ta", "sa", "du", "au");

  /** Between two names, what makes one qualify the other. */
  private static final Pattern QUALIFIES =
      Pattern.compile("(?U)\\b(de|d|du|des|à|a|au|aux|pour|chez|en|sur|avec|par|dans)\\b");

  private final Lexicon lexicon;
  private final Predicate<Word> known;
  private final TermReader termReader;

  /**
   * Reads with a lexicon.
   *
   * @param known whether the guides have a word: such a word is not a misspelt acronym
   */
  public QuestionReader(Lexicon lexicon, Predicate<Word> known) {
    this.lexicon = lexicon;
    this.known = known;
    termReader = new TermReader(lexicon);
  }

  /**
   * Understands a message.
   *
   * @param history earlier turns, oldest first
   */
  public Question read(String message, List<Turn> history) {
    PersonalData.Masked masked = PersonalData.mask(message);
    String text = lexicon.clean(masked.rest());
    List<Word> words = lexicon.french().words(text);
    List<Mention> mentions = lexicon.mentions(words);
    List<Mention> schemes =
        mentions.stream().filter(mention -> mention.kind() == Kind.ROUTE).toList();
    // A body beside a scheme tells where, or through whom: it is not asked about.
    Set<String> named = Lexicon.routesNamed(schemes.isEmpty() ? mentions : schemes);
    Set<String> readings = ambiguous(words, mentions);
    if (named.isEmpty() && readings.size() == 1) {
      named = readings;
    }
    if (named.isEmpty() && history.isEmpty() && Cues.match("ADVICE", text)) {
      named = Set.of(Question.ADVICE_ROUTE);
    }
    Set<Aspect> aspects = aspects(text);
    Set<String> routes = named;
    boolean inherited = false;
    String context = "";
    boolean startsOver = Cues.match("NEW_SUBJECT", text);
    History before = new History(startsOver ? List.of() : history, lexicon);
    boolean continues = Cues.match("FOLLOW_UP", firstWords(text));
    boolean followsUp = isShort(words) || continues;
    if (!before.isEmpty() && (named.isEmpty() || (followsUp && schemes.isEmpty()))) {
      routes = new LinkedHashSet<>(before.routes());
      inherited = named.isEmpty() && !routes.isEmpty();
      routes.addAll(named);
      if (followsUp) {
        context = before.lastQuestion();
      }
    } else if (!before.isEmpty() && continues && isShort(words)) {
      if (Cues.match("CONDITION", firstWords(text))) {
        routes = new LinkedHashSet<>(named);
        routes.addAll(before.routes());
        context = before.lastQuestion();
      } else {
        context = before.lastQuestionOfAnyRoute();
      }
      if (aspects.isEmpty()) {
        aspects = aspects(context);
      }
    }
    List<Term> terms = termReader.read(text, words, mentions, context);
    if (aspects.isEmpty() && terms.isEmpty() && !named.isEmpty()) {
      aspects.add(Aspect.DEFINITION);
    }
    if (inherited && Cues.match("SIMPLER", text)) {
      return simpler(masked, routes);
    }
    Set<String> chosen = Set.of();
    if (readings.size() > 1 && Collections.disjoint(readings, named)) {
      chosen = readings;
    } else if (Cues.match("UNDECIDED", text)) {
      chosen = withLookAlikes(named);
    }
    return new Question(
        masked.text(),
        masked.found(),
        text,
        context,
        terms,
        routes,
        inherited,
        mentions.stream()
            .filter(mention -> mention.kind() == Kind.BODY)
            .map(Mention::id)
            .collect(Collectors.toCollection(LinkedHashSet::new)),
        mentions.stream()
            .filter(mention -> mention.kind() == Kind.HINT)
            .flatMap(mention -> mention.routes().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new)),
        aspects,
        chosen);
  }

  /**
   * The questions of a message that asks several, each read as following those before it; none when
   * it asks one. A question ends at its mark; what says no more than a situation is not one. What
   * several names stand for is as many questions, each read alone.
   *
   * @param history earlier turns, oldest first
   */
  public List<Question> parts(String message, List<Turn> history) {
    List<String> names = namesToExplain(message);
    if (names.size() > 1) {
      return names.stream().map(name -> read("c'est quoi " + name, List.of())).toList();
    }
    List<String> said =
        Arrays.stream(message.split("\\?+", MOST_PARTS)).filter(part -> !part.isBlank()).toList();
    if (said.size() < 2) {
      return List.of();
    }
    List<Turn> before = new ArrayList<>(history);
    List<Question> parts = new ArrayList<>();
    for (String part : said) {
      Question question = read(part, before);
      boolean marked = !part.equals(said.get(said.size() - 1)) || message.strip().endsWith("?");
      boolean ofSomething =
          question.terms().stream().anyMatch(term -> term.part() == Question.Part.SUBJECT);
      if (!question.aspects().isEmpty()
          || Cues.match("OPEN_QUESTION", question.text())
          || (marked && ofSomething)) {
        parts.add(question);
      }
      before.add(new Turn(Turn.Role.USER, part));
    }
    return parts.size() > 1 ? parts : List.of();
  }

  /**
   * The names and acronyms whose meaning a message asks for, and nothing else; none when one
   * qualifies another, when one is unknown or when there are more than can be explained.
   */
  private List<String> namesToExplain(String message) {
    String text = lexicon.clean(PersonalData.mask(message).rest());
    if (!aspects(text).equals(Set.of(Aspect.DEFINITION))) {
      return List.of();
    }
    List<Word> words = lexicon.french().words(text);
    SortedMap<Integer, Integer> ends = new TreeMap<>();
    List<Mention> mentions = lexicon.mentions(words);
    for (Mention mention : mentions) {
      if (mention.namesRouteOrBody()) {
        ends.put(words.get(mention.firstWord()).start(), words.get(mention.lastWord()).end());
      }
    }
    for (Term term : termReader.read(text, words, mentions, "")) {
      Word word = term.words().get(0);
      boolean isName =
          term.words().size() == 1 && WordClass.of(word.surface()) == WordClass.UNKNOWN;
      if (term.part() == Question.Part.SUBJECT && isName && known.test(word)) {
        ends.put(word.start(), word.end());
      } else if (term.part() != Question.Part.ASPECT) {
        return List.of();
      }
    }
    Set<String> names = new LinkedHashSet<>();
    int end = text.length();
    for (var name : ends.entrySet()) {
      int start = name.getKey();
      if (end < start && QUALIFIES.matcher(text.substring(end, start)).find()) {
        return List.of();
      }
      end = name.getValue();
      names.add(text.substring(start, end));
    }
    return names.size() > MOST_PARTS ? List.of() : List.copyOf(names);
  }

  /** The same subject, asked again from the start. */
  private Question simpler(PersonalData.Masked masked, Set<String> routes) {
    return new Question(
        masked.text(),
        masked.found(),
        lexicon.labels(routes),
        "",
        List.of(),
        routes,
        true,
        Set.of(),
        Set.of(),
        EnumSet.of(Aspect.DEFINITION),
        Set.of());
  }

  private Set<String> withLookAlikes(Set<String> named) {
    Set<String> routes = new LinkedHashSet<>(named);
    if (named.size() == 1) {
      named.stream()
          .flatMap(route -> lexicon.route(route).stream())
          .forEach(route -> routes.addAll(route.confusedWith()));
    }
    return routes;
  }

  /** Routes whose acronym a word that is written like one may be meant for. */
  private Set<String> ambiguous(List<Word> words, List<Mention> mentions) {
    boolean shouting = words.stream().allMatch(word -> isUpperCase(word.surface()));
    Set<String> readings = new LinkedHashSet<>();
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      int index = i;
      boolean written =
          (isUpperCase(word.surface()) && !shouting)
              || (i > 0 && ARTICLES.contains(words.get(i - 1).folded()));
      boolean candidate =
          word.folded().length() > 1
              && word.folded().length() <= LONGEST_SIGLE
              && word.folded().chars().allMatch(c -> c >= 'a' && c <= 'z')
              && mentions.stream().noneMatch(mention -> mention.covers(index))
              && (!known.test(word) || Snapshot.isFunctionWord(word));
      if (written && candidate) {
        readings.addAll(lexicon.routesLike(word.folded()));
      }
    }
    return readings;
  }

  private static boolean isUpperCase(String word) {
    return word.length() > 1 && word.chars().allMatch(Character::isUpperCase);
  }

  private static boolean isShort(List<Word> words) {
    return words.size() <= WORDS_OF_A_SHORT_QUESTION;
  }

  private static String firstWords(String text) {
    return text.length() > 24 ? text.substring(0, 24) : text;
  }

  private static Set<Aspect> aspects(String text) {
    Set<Aspect> aspects = Aspect.in(text);
    if (Cues.match("SIMPLER", text)) {
      aspects.add(Aspect.DEFINITION);
    }
    return aspects;
  }
}
