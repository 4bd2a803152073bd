package fr.jalon.knowledge;

import fr.jalon.knowledge.French.Word;
import fr.jalon.knowledge.Schema.Evidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.spell.DirectSpellChecker;
import org.apache.lucene.search.spell.LevenshteinDistance;
import org.apache.lucene.search.spell.SuggestMode;
import org.apache.lucene.search.spell.SuggestWord;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/** Reads what a text speaks of, with a lexicon and the words of an index. Thread-safe. */
final class QueryTerms {
  private static final double SYNONYM_CLOSENESS = 0.8;
  private static final double SPELLING_CLOSENESS = 0.8;
  private static final int SHORTEST_MISSPELLED = 5;
  private static final int LONG = 8;
  private static final int MOST_RESPELLED = 2;
  private static final LevenshteinDistance DISTANCE = new LevenshteinDistance();
  private static final int FAMILY_PREFIX = 4;
  private static final double FAMILY_DICE = 0.5;
  private static final double FAMILY_CLOSENESS = 0.9;
  private static final double FORM_CLOSENESS = 0.9;

  private final DirectoryReader reader;
  private final Lexicon lexicon;

  /** The document frequency of each stem asked for so far, of those that the index has. */
  private final ConcurrentMap<String, Integer> frequencies = new ConcurrentHashMap<>();

  private final DirectSpellChecker oneEdit = spelling(1);
  private final DirectSpellChecker twoEdits = spelling(2);

  QueryTerms(DirectoryReader reader, Lexicon lexicon) {
    this.reader = reader;
    this.lexicon = lexicon;
  }

  private static DirectSpellChecker spelling(int edits) {
    DirectSpellChecker spelling = new DirectSpellChecker();
    spelling.setMinQueryLength(SHORTEST_MISSPELLED);
    spelling.setMinPrefix(1);
    spelling.setMaxEdits(edits);
    return spelling;
  }

  /** See {@link Snapshot#term}. */
  QueryTerm of(List<Word> words) {
    List<Word> telling = words.stream().filter(word -> !QueryWords.isFunctionWord(word)).toList();
    List<Word> said = telling.isEmpty() ? words : telling;
    List<String> own = said.stream().map(Word::stem).toList();
    Map<List<String>, Double> variants = new LinkedHashMap<>();
    variants.put(own, 1.0);
    addSynonyms(variants, own, 1);
    if (said.size() == 1) {
      Word word = said.get(0);
      for (Word form : forms(word)) {
        variants.putIfAbsent(List.of(form.stem()), FORM_CLOSENESS);
        family(form).forEach((stem, closeness) -> variants.putIfAbsent(List.of(stem), closeness));
      }
      if (variants.keySet().stream().noneMatch(this::isKnown)) {
        for (Word near : respelled(word)) {
          variants.put(List.of(near.stem()), SPELLING_CLOSENESS);
          addSynonyms(variants, List.of(near.stem()), SPELLING_CLOSENESS);
        }
      }
    }
    double rarity = variants.keySet().stream().mapToDouble(this::rarity).min().orElse(1);
    return new QueryTerm(said, variants, rarity);
  }

  /** What some words speak of, each thing once. */
  List<QueryTerm> all(List<Word> words) {
    Map<List<Word>, QueryTerm> terms = new LinkedHashMap<>();
    int length;
    for (int i = 0; i < words.size() && terms.size() < QueryWords.MOST; i += length) {
      length = 1;
      if (!QueryWords.isFunctionWord(words.get(i))) {
        length = lexicon.lengthOfTerm(words, i);
        QueryTerm term = of(words.subList(i, i + length));
        terms.putIfAbsent(term.words(), term);
      }
    }
    return List.copyOf(terms.values());
  }

  /** See {@link Snapshot#rarity}. */
  double rarity(String stem) {
    int documents = Math.max(1, reader.numDocs());
    double frequency = documentFrequency(stem);
    return Math.log((documents + 1.0) / (frequency + 1.0)) / Math.log(documents + 1.0);
  }

  private double rarity(List<String> stems) {
    return stems.stream().mapToDouble(this::rarity).max().orElse(1);
  }

  /** Whether some passage has each of some stems. */
  boolean isKnown(List<String> stems) {
    return stems.stream().allMatch(stem -> documentFrequency(stem) > 0);
  }

  private void addSynonyms(Map<List<String>, Double> variants, List<String> stems, double times) {
    lexicon
        .synonyms(stems)
        .forEach(synonym -> variants.putIfAbsent(synonym, times * SYNONYM_CLOSENESS));
  }

  /** A word, then its dictionary forms: « préviens », « prévenir ». */
  private List<Word> forms(Word word) {
    List<Word> forms = new ArrayList<>(List.of(word));
    String surface = word.surface().substring(word.surface().lastIndexOf('\'') + 1);
    if (!lexicon.isSigle(word.folded())) {
      FrenchDictionary.lemmas(surface).stream()
          .sorted()
          .forEach(lemma -> forms.addAll(lexicon.french().words(lemma)));
    }
    return forms;
  }

  /**
   * Stems of the guides that a word of at least 5 letters shares its first 4 letters and half of
   * its letters by threes with (Dice coefficient), such as « inscrire » and « inscription ».
   */
  private Map<String, Double> family(Word word) {
    String stem = word.stem();
    if (word.folded().length() < SHORTEST_MISSPELLED
        || stem.length() < FAMILY_PREFIX
        || lexicon.isSigle(word.folded())) {
      return Map.of();
    }
    try {
      Map<String, Double> family = new LinkedHashMap<>();
      Terms terms = MultiTerms.getTerms(reader, Evidence.TEXT.stemmed());
      if (terms == null) {
        return Map.of();
      }
      BytesRef prefix = new BytesRef(stem.substring(0, FAMILY_PREFIX));
      TermsEnum found = terms.iterator();
      boolean more = found.seekCeil(prefix) != TermsEnum.SeekStatus.END;
      while (more && StringHelper.startsWith(found.term(), prefix)) {
        String other = found.term().utf8ToString();
        double closeness = dice(stem, other);
        if (closeness >= FAMILY_DICE && !other.equals(stem)) {
          family.put(other, closeness * FAMILY_CLOSENESS);
        }
        more = found.next() != null;
      }
      return family;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double dice(String one, String other) {
    Set<String> a = threes(one);
    Set<String> b = threes(other);
    long both = a.stream().filter(b::contains).count();
    return 2.0 * both / (a.size() + b.size());
  }

  private static Set<String> threes(String word) {
    Set<String> threes = new HashSet<>();
    for (int i = 0; i + 3 <= word.length(); i++) {
      threes.add(word.substring(i, i + 3));
    }
    return threes;
  }

  /**
   * Words of the guides, else of the lexicon, one edit away from a word that is no French word; two
   * for one of at least 8 letters.
   */
  private List<Word> respelled(Word word) {
    int length = word.folded().length();
    if (length < SHORTEST_MISSPELLED || WordClass.of(word.surface()) != WordClass.UNKNOWN) {
      return List.of();
    }
    int edits = length < LONG ? 1 : 2;
    try {
      Term term = new Term(Evidence.TEXT.exact(), word.folded());
      SuggestWord[] near =
          (edits == 1 ? oneEdit : twoEdits)
              .suggestSimilar(term, MOST_RESPELLED, reader, SuggestMode.SUGGEST_WHEN_NOT_IN_INDEX);
      if (near.length > 0) {
        return Arrays.stream(near)
            .map(suggestion -> lexicon.french().words(suggestion.string))
            .flatMap(Collection::stream)
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lexicon.words().stream()
        .filter(other ->
            Math.abs(other.folded().length() - length) <= edits
                && other.folded().length() >= SHORTEST_MISSPELLED
                && edits(word.folded(), other.folded()) <= edits)
        .limit(MOST_RESPELLED)
        .toList();
  }

  /** The Levenshtein distance. */
  private static long edits(String one, String other) {
    float similarity = DISTANCE.getDistance(one, other);
    return Math.round((1.0 - similarity) * Math.max(one.length(), other.length()));
  }

  private int documentFrequency(String stem) {
    Integer known = frequencies.get(stem);
    return known == null ? countDocuments(stem) : known;
  }

  private int countDocuments(String stem) {
    try {
      int count =
          Math.max(
              reader.docFreq(new Term(Evidence.TEXT.stemmed(), stem)),
              reader.docFreq(new Term(Evidence.HEADING.stemmed(), stem)));
      if (count > 0) {
        frequencies.put(stem, count);
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
