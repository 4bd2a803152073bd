package fr.jalon.knowledge;

import fr.jalon.knowledge.French.Word;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How citizens name routes, bodies and places, and which words they use for one thing. Immutable
 * and thread-safe.
 */
public final class Lexicon {
  /** What a mention names. */
  public enum Kind {
    /** A route, by name or acronym. */
    ROUTE,
    /** An organisation or site. */
    BODY,
    /** A word that suggests routes without naming them. */
    HINT,
    /** A commune or area. */
    PLACE
  }

  /**
   * Something of the lexicon found in a text.
   *
   * @param kind what it names
   * @param id id of the route or body, else the term itself
   * @param routes ids of the routes it stands for or suggests
   * @param firstWord index of its first word in the text
   * @param lastWord index of its last word in the text
   */
  public record Mention(Kind kind, String id, Set<String> routes, int firstWord, int lastWord) {
    /** Whether the word at {@code index} belongs to it. */
    public boolean covers(int index) {
      return firstWord <= index && index <= lastWord;
    }

    /** Whether it names a route or an organisation, and does not only suggest one. */
    public boolean namesRouteOrBody() {
      return kind == Kind.ROUTE || kind == Kind.BODY;
    }
  }

  /**
   * What a name stands for.
   *
   * @param exact the words it is made of, folded, when all but one are function words; else empty
   */
  private record Entry(Kind kind, String id, Set<String> routes, List<String> exact) {}

  private final Vocabulary vocabulary;
  private final French french;
  private final Spelling spelling;
  private final Map<String, Route> routes = new LinkedHashMap<>();
  private final Map<List<String>, Entry> entries = new HashMap<>();
  private final Map<String, Set<List<String>>> entriesByFirstStem = new HashMap<>();
  private final Map<List<String>, Set<List<String>>> synonyms = new HashMap<>();
  private int longestSynonym = 1;
  private final Map<String, String> sigles = new LinkedHashMap<>();
  private final Map<String, Set<String>> nameStems = new HashMap<>();
  private final Map<String, Word> wordsByForm = new TreeMap<>();

  /** Indexes a vocabulary. */
  public Lexicon(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    for (Route route : vocabulary.routes()) {
      routes.put(route.id(), route);
      addSigle(route.sigle(), route.id());
    }
    vocabulary.bodies().forEach(body -> addSigle(body.sigle(), body.id()));
    french = new French(sigles.keySet());
    for (Route route : vocabulary.routes()) {
      add(Kind.ROUTE, route.id(), Set.of(route.id()), names(route));
      addName(route.id(), route.name(), route.sigle());
    }
    for (Body body : vocabulary.bodies()) {
      Set<String> about = new LinkedHashSet<>(body.routes());
      add(Kind.BODY, body.id(), about, names(body));
      addName(body.id(), body.name(), body.sigle());
    }
    for (Route route : vocabulary.routes()) {
      route.hints().forEach(hint -> addHint(hint, route.id()));
    }
    vocabulary.places().forEach(place -> add(Kind.PLACE, place, Set.of(), Stream.of(place)));
    vocabulary.synonyms().forEach(this::addSynonyms);
    Map<String, String> abbreviations = new HashMap<>();
    vocabulary.abbreviations().forEach((from, to) -> abbreviations.put(French.fold(from), to));
    spelling = new Spelling(french, sigles.keySet(), abbreviations, wordsByForm::containsKey);
  }

  /** How words of this lexicon are compared. */
  public French french() {
    return french;
  }

  /** All routes, in the order of the design. */
  public Collection<Route> routes() {
    return vocabulary.routes();
  }

  /** One question for each route, in the order of the design. */
  public List<String> questions() {
    return vocabulary.routes().stream().map(Route::ask).distinct().toList();
  }

  /** The route of an id. */
  public Optional<Route> route(String id) {
    return Optional.ofNullable(routes.get(id));
  }

  /** The names of some routes, as guides write them, one after the other. */
  public String labels(Collection<String> ids) {
    return ids.stream()
        .flatMap(id -> route(id).stream())
        .map(Route::label)
        .collect(Collectors.joining(" "));
  }

  /**
   * A message as the guides would write it: {@link French#clean cleaned}, spelled-out acronyms
   * joined (« c p f »), usual abbreviations written in full.
   */
  public String clean(String message) {
    return spelling.clean(message);
  }

  /** Routes, bodies, hints and places of a text, in order; the longest name wins, none overlap. */
  public List<Mention> mentions(String text) {
    return mentions(french.words(text));
  }

  /** As {@link #mentions(String)}, for words already cut. */
  public List<Mention> mentions(List<Word> words) {
    return mentions(words, EnumSet.allOf(Kind.class));
  }

  /** The names of the places of a text, even within the name of something else. */
  public Set<String> placesNamed(String text) {
    return mentions(french.words(text), EnumSet.of(Kind.PLACE)).stream()
        .map(Mention::id)
        .collect(Collectors.toSet());
  }

  private List<Mention> mentions(List<Word> words, Set<Kind> kinds) {
    List<Integer> telling = telling(words);
    List<String> stems = telling.stream().map(i -> words.get(i).stem()).toList();
    List<Mention> mentions = new ArrayList<>();
    for (int i = 0; i < stems.size(); i++) {
      int first = i;
      int longest = 0;
      Entry found = null;
      for (List<String> name : entriesByFirstStem.getOrDefault(stems.get(i), Set.of())) {
        Entry entry = entries.get(name);
        if (entry != null
            && name.size() > longest
            && startsWith(stems, first, name)
            && kinds.contains(entry.kind())
            && isSaid(entry, words, telling.get(first))) {
          longest = name.size();
          found = entry;
        }
      }
      if (found != null) {
        i += longest - 1;
        mentions.add(
            new Mention(
                found.kind(), found.id(), found.routes(), telling.get(first), telling.get(i)));
      }
    }
    return mentions;
  }

  /**
   * The stems of the name and acronym of the route or body that a mention names; the mention may
   * say more (« jury VAE »). Empty for a hint or a place.
   */
  public Set<String> nameStems(Mention mention) {
    return nameStems.getOrDefault(mention.id(), Set.of());
  }

  /** Indexes of the words that names are compared by; function words are passed over. */
  private static List<Integer> telling(List<Word> words) {
    return IntStream.range(0, words.size())
        .filter(i -> !QueryWords.isFunctionWord(words.get(i)))
        .boxed()
        .toList();
  }

  /** What a name is compared by; nothing when too little is left without its function words. */
  private List<String> nameStems(String name) {
    List<Word> words = french.words(French.clean(name));
    List<Integer> telling = telling(words);
    boolean tooShort = telling.size() < 2 && words.size() > 2;
    telling.forEach(i -> wordsByForm.putIfAbsent(words.get(i).folded(), words.get(i)));
    return tooShort ? List.of() : telling.stream().map(i -> words.get(i).stem()).toList();
  }

  /** The words of a name that only one telling word is left of (« Pro-A »); else nothing. */
  private List<String> exactly(String name) {
    List<Word> words = french.words(French.clean(name));
    return words.size() > 1 && telling(words).size() == 1
        ? words.stream().map(Word::folded).toList()
        : List.of();
  }

  /** Whether the words around a telling one are those of a name, when it needs them all. */
  private static boolean isSaid(Entry entry, List<Word> words, int index) {
    if (entry.exact().isEmpty()) {
      return true;
    }
    int from =
        index
            - IntStream.range(0, entry.exact().size())
                .filter(i -> entry.exact().get(i).equals(words.get(index).folded()))
                .findFirst()
                .orElse(0);
    int to = from + entry.exact().size();
    return from >= 0
        && to <= words.size()
        && words.subList(from, to).stream().map(Word::folded).toList().equals(entry.exact());
  }

  /** Ids of the routes whose text names them, in order of appearance. */
  public Set<String> routesNamed(String text) {
    return routesNamed(mentions(text));
  }

  /** As {@link #routesNamed(String)}, for mentions already found. */
  public static Set<String> routesNamed(List<Mention> mentions) {
    return mentions.stream()
        .filter(Mention::namesRouteOrBody)
        .flatMap(mention -> mention.routes().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * What citizens also say for one thing, each as its stems; empty when there is nothing.
   *
   * @param stems the stems of one way to say it, function words left out
   */
  public Set<List<String>> synonyms(List<String> stems) {
    return synonyms.getOrDefault(stems, Set.of());
  }

  /**
   * How many words, from the one at {@code from}, say one thing that has synonyms; 1 for a word
   * that has none.
   */
  public int lengthOfTerm(List<Word> words, int from) {
    List<String> stems = new ArrayList<>();
    int length = 1;
    for (int i = from; i < words.size() && stems.size() < longestSynonym; i++) {
      if (!QueryWords.isFunctionWord(words.get(i))) {
        stems.add(words.get(i).stem());
        if (synonyms.containsKey(stems)) {
          length = i - from + 1;
        }
      }
    }
    return length;
  }

  /** Whether a word is an acronym of the lexicon. */
  public boolean isSigle(String word) {
    return sigles.containsKey(French.fold(word));
  }

  /**
   * Ids of the routes whose acronym a word begins, or is one edit (insertion, deletion,
   * substitution or swap of neighbours) away from, in the order of the design; empty for an acronym
   * itself.
   */
  public Set<String> routesLike(String word) {
    String folded = French.fold(word);
    Set<String> near = new LinkedHashSet<>();
    if (!sigles.containsKey(folded)) {
      sigles.forEach((sigle, id) -> {
        if (routes.containsKey(id)
            && sigle.length() > 2
            && (sigle.startsWith(folded) || Spelling.oneEditApart(folded, sigle))) {
          near.add(id);
        }
      });
    }
    return near;
  }

  /** Every word of its names and synonyms, function words left out, in alphabetical order. */
  Collection<Word> words() {
    return wordsByForm.values();
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  private void addSigle(@Nullable String sigle, String id) {
    if (sigle != null) {
      sigles.putIfAbsent(French.fold(sigle), id);
    }
  }

  private void addName(String id, String name, @Nullable String sigle) {
    Set<String> stems = new HashSet<>(french.stems(French.clean(name)));
    if (sigle != null) {
      stems.addAll(french.stems(sigle));
    }
    nameStems.put(id, stems);
  }

  private static Stream<String> names(Route route) {
    return names(route.name(), route.sigle(), route.terms(), route.former());
  }

  private static Stream<String> names(Body body) {
    return names(body.name(), body.sigle(), body.terms(), body.former());
  }

  private static Stream<String> names(
      String name, @Nullable String sigle, List<String> terms, List<Route.FormerName> former) {
    return Stream.of(
            Stream.of(name),
            Stream.ofNullable(sigle),
            terms.stream(),
            former.stream().map(Route.FormerName::name))
        .flatMap(names -> names);
  }

  private void add(Kind kind, String id, Set<String> about, Stream<String> names) {
    names.forEach(name -> put(nameStems(name), new Entry(kind, id, about, exactly(name))));
  }

  private void addHint(String hint, String route) {
    List<String> stems = nameStems(hint);
    Entry known = entries.get(stems);
    if (known != null && known.kind() == Kind.HINT) {
      Set<String> both = new LinkedHashSet<>(known.routes());
      both.add(route);
      entries.put(stems, new Entry(Kind.HINT, hint, both, known.exact()));
    } else {
      put(stems, new Entry(Kind.HINT, hint, Set.of(route), exactly(hint)));
    }
  }

  private void put(List<String> stems, Entry entry) {
    if (!stems.isEmpty() && entries.putIfAbsent(stems, entry) == null) {
      entriesByFirstStem.computeIfAbsent(stems.get(0), k -> new HashSet<>()).add(stems);
    }
  }

  private void addSynonyms(List<String> group) {
    Set<List<String>> terms = new LinkedHashSet<>();
    group.stream().map(this::nameStems).filter(term -> !term.isEmpty()).forEach(terms::add);
    for (List<String> term : terms) {
      longestSynonym = Math.max(longestSynonym, term.size());
      Set<List<String>> others = synonyms.computeIfAbsent(term, k -> new LinkedHashSet<>());
      terms.stream().filter(other -> !other.equals(term)).forEach(others::add);
    }
  }

  private static boolean startsWith(List<String> stems, int from, List<String> name) {
    return from + name.size() <= stems.size()
        && stems.subList(from, from + name.size()).equals(name);
  }
}
