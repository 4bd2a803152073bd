package fr.jalon.bot.question;

import fr.jalon.bot.question.Question.Part;
import fr.jalon.bot.question.Question.Term;
import fr.jalon.bot.question.Turn.Role;
import fr.jalon.knowledge.French.Word;
import fr.jalon.knowledge.Lexicon;
import fr.jalon.knowledge.Lexicon.Kind;
import fr.jalon.knowledge.Lexicon.Mention;
import fr.jalon.knowledge.Route;
import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.WordClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Understands questions with the lexicon of a snapshot. Thread-safe. */
public final class QuestionReader {
  private static final int WORDS_OF_A_SHORT_QUESTION = 12;
  private static final int LONGEST_SIGLE = 5;
  private static final Pattern PAUSE = Pattern.compile("[.,;:?!()]");
  private static final Pattern CONTENT = Pattern.compile("[\\p{L}\\p{N}]");
  private static final Set<String> SUBJECTS =
      Set.of("je", "j", "il", "elle", "on", "nous", "mon", "ma", "mes");
  private static final Set<String> ARTICLES =
      Set.of("la", "le", "ma", "mon", "une", "un", "ta", "sa", "du", "au");
  private static final Set<String> INTERROGATIVES = Set.of("quel", "quelle", "quels", "quelles");

  private final Lexicon lexicon;
  private final Predicate<Word> known;

  /**
   * Reads with a lexicon.
   *
   * @param known whether the guides have a word: such a word is not a misspelt acronym
   */
  public QuestionReader(Lexicon lexicon, Predicate<Word> known) {
    this.lexicon = lexicon;
    this.known = known;
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
    Set<String> named = named(mentions);
    Set<String> readings = ambiguous(words, mentions);
    if (named.isEmpty() && readings.size() == 1) {
      named = readings;
    }
    Set<String> routes = named;
    boolean inherited = false;
    String context = "";
    if (!history.isEmpty() && named.isEmpty()) {
      routes = inheritedRoutes(history);
      inherited = !routes.isEmpty();
      if (isShort(words) || Cues.match("FOLLOW_UP", firstWords(text))) {
        context = context(history, routes);
      }
    }
    List<Term> terms = terms(text, words, mentions, context);
    Set<Aspect> aspects = aspects(text);
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

  /** The same subject, asked again from the start. */
  private Question simpler(PersonalData.Masked masked, Set<String> routes) {
    String names =
        routes.stream()
            .flatMap(route -> lexicon.route(route).stream())
            .map(Route::label)
            .collect(Collectors.joining(" "));
    return new Question(
        masked.text(),
        masked.found(),
        names,
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

  private static Set<String> named(List<Mention> mentions) {
    Set<String> named = new LinkedHashSet<>();
    for (Mention mention : mentions) {
      if (mention.kind() == Kind.ROUTE || mention.kind() == Kind.BODY) {
        named.addAll(mention.routes());
      }
    }
    return named;
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

  private Set<String> inheritedRoutes(List<Turn> history) {
    for (Role role : List.of(Role.USER, Role.ASSISTANT)) {
      for (Turn turn : history.reversed()) {
        Set<String> named =
            turn.role() == role ? lexicon.routesNamed(lexicon.clean(turn.content())) : Set.of();
        if (!named.isEmpty()) {
          return named;
        }
      }
    }
    return Set.of();
  }

  /** The names of the inherited routes, then the last question asked. */
  private String context(List<Turn> history, Set<String> routes) {
    String last =
        history.reversed().stream()
            .filter(turn -> turn.role() == Role.USER)
            .map(turn -> lexicon.clean(PersonalData.mask(turn.content()).rest()))
            .findFirst()
            .orElse("");
    Set<String> named = lexicon.routesNamed(last);
    String names =
        routes.stream()
            .filter(route -> !named.contains(route))
            .flatMap(route -> lexicon.route(route).stream())
            .map(Route::label)
            .collect(Collectors.joining(" "));
    return (names + " " + last).strip();
  }

  private static Set<Aspect> aspects(String text) {
    Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
    for (Aspect aspect : Aspect.values()) {
      if (Cues.match(aspect.name(), text)) {
        aspects.add(aspect);
      }
    }
    if (Cues.match("SIMPLER", text)) {
      aspects.add(Aspect.DEFINITION);
    }
    return aspects;
  }

  private List<Term> terms(String text, List<Word> words, List<Mention> mentions, String context) {
    Map<List<String>, Term> terms = new LinkedHashMap<>();
    boolean situation = false;
    boolean afterInterrogative = false;
    int length;
    for (int i = 0; i < words.size(); i += length) {
      length = 1;
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
      if (mention != null && (mention.kind() == Kind.ROUTE || mention.kind() == Kind.BODY)) {
        afterInterrogative = false;
        if (lexicon.nameStems(mention).contains(word.stem())) {
          continue;
        }
      }
      if (mention == null || mention.kind() == Kind.HINT) {
        length = lexicon.lengthOfTerm(words, i);
      }
      List<Word> said = words.subList(i, i + length);
      Part part = part(said, mention, situation);
      boolean focus = afterInterrogative && (part == Part.SUBJECT || part == Part.SITUATION);
      if (focus) {
        afterInterrogative = false;
      }
      terms.putIfAbsent(stems(said), new Term(said, part, focus));
    }
    List<Word> unsaid = new ArrayList<>(lexicon.french().words(context));
    List<Mention> unsaidMentions = lexicon.mentions(unsaid);
    for (int i = 0; i < unsaid.size(); i++) {
      Word word = unsaid.get(i);
      int index = i;
      boolean named =
          unsaidMentions.stream()
              .anyMatch(mention ->
                  mention.covers(index)
                      && (mention.kind() == Kind.ROUTE || mention.kind() == Kind.BODY));
      if (!named && !Snapshot.isFunctionWord(word)) {
        terms.putIfAbsent(List.of(word.stem()), new Term(List.of(word), Part.CONTEXT, false));
      }
    }
    return List.copyOf(terms.values());
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
      if (Cues.match("LIGHT_WORDS", word) || WordClass.of(word) == WordClass.TOOL) {
        return Part.ASPECT;
      }
      if (WordClass.of(word) == WordClass.VERB) {
        return Part.ACTION;
      }
    }
    return situation ? Part.SITUATION : Part.SUBJECT;
  }

  private static List<String> stems(List<Word> words) {
    return words.stream().map(Word::stem).toList();
  }

  private static boolean pauses(String text, Word left, Word right) {
    return PAUSE.matcher(text.substring(left.end(), right.start())).find();
  }

  private static boolean startsClause(List<Word> words, int i) {
    return Set.of(
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
            "et")
        .contains(words.get(i).folded());
  }

  /** « je suis … », « j'ai … ans », « mon mari est … »: what the person tells of a situation. */
  private static boolean startsSituation(List<Word> words, int i) {
    String word = words.get(i).folded();
    boolean afterSubject = i > 0 && SUBJECTS.contains(words.get(i - 1).folded());
    return word.equals("suis")
        || word.equals("jai")
        || word.equals("comme")
        || (word.equals("ai") && words.get(i).surface().length() > 2)
        || (afterSubject
            && Set.of("ai", "suis", "est", "travaille", "bosse", "habite", "vis").contains(word));
  }

  /**
   * « quel … », « combien de … », « c'est qui le … », « liste des … »: what is asked for follows.
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
        || word.equals("liste");
  }
}
