package fr.jalon.knowledge;

import fr.jalon.knowledge.French.Word;
import fr.jalon.knowledge.Schema.Evidence;
import fr.jalon.knowledge.Schema.GuideEvidence;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.NamedMatches;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.QueryBuilder;
import org.jspecify.annotations.Nullable;

/** The Lucene queries that what people type is turned into. Thread-safe. */
final class Queries {
  private static final float EXACT_WEIGHT = 0.3f;
  private static final float NEIGHBOURS_WEIGHT = 0.3f;
  private static final float VARIANT_WEIGHT = 0.75f;
  private static final float ROUTE_WEIGHT = 3f;
  private static final float RECALLED_WEIGHT = 0.6f;
  private static final int MOST_VARIANTS = 60;
  private static final int MOST_FOR_ONE_TERM = 8;

  /** Where a term may stand in other words. */
  private static final List<Evidence> VARIED =
      List.of(Evidence.HEADING, Evidence.QUESTIONS, Evidence.TEXT, Evidence.SECTION);

  private static final int MOST_RECALLED = 16;

  /**
   * Lucene refuses a query of more than 1,024 clauses; the words themselves take under 500, those
   * recalled under 200.
   */
  private static final int MOST_VARIANT_CLAUSES = 300;

  private final Lexicon lexicon;
  private final QueryTerms terms;
  private final QueryBuilder stemmed;
  private final QueryBuilder exact;

  Queries(Lexicon lexicon, QueryTerms terms) {
    this.lexicon = lexicon;
    this.terms = terms;
    stemmed = new QueryBuilder(lexicon.french().stemmed());
    exact = new QueryBuilder(lexicon.french().exact());
  }

  /**
   * The query for passages.
   *
   * @param clean the text, cleaned
   * @param recalled what it recalls of a conversation, cleaned; possibly empty
   * @param routes ids of the routes they name
   */
  Query passages(String clean, String recalled, Set<String> routes) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    List<Word> words = lexicon.french().words(clean);
    for (Word word : QueryWords.distinct(words)) {
      addEverywhere(query, word, QueryWords.weight(word));
    }
    QueryWords.telling(lexicon.french().words(recalled)).stream()
        .limit(MOST_RECALLED)
        .forEach(word -> addEverywhere(query, word, RECALLED_WEIGHT));
    List<QueryTerm> said = terms.all(words);
    int mostVariants = Math.clamp(MOST_VARIANTS / Math.max(1, said.size()), 1, MOST_FOR_ONE_TERM);
    int clauses = 0;
    for (QueryTerm term : said) {
      for (List<String> variant : variants(term, mostVariants)) {
        clauses += VARIED.size() * variant.size();
        if (clauses <= MOST_VARIANT_CLAUSES) {
          addVariant(query, term, variant);
        }
      }
    }
    addNeighbours(query, words, Evidence.TEXT.stemmed());
    addNeighbours(query, words, Evidence.QUESTIONS.stemmed());
    for (String route : routes) {
      query.add(
          new BoostQuery(
              new ConstantScoreQuery(new TermQuery(new Term(Schema.ROUTE, route))), ROUTE_WEIGHT),
          Occur.SHOULD);
    }
    return query.build();
  }

  /** The query for guides. */
  Query guides(String clean) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    List<Word> words = lexicon.french().words(clean);
    for (Word word : QueryWords.distinct(words)) {
      for (GuideEvidence evidence : GuideEvidence.values()) {
        float weight = evidence.weight * QueryWords.weight(word);
        addWord(query, word, evidence.stemmed(), evidence.exact(), weight);
      }
    }
    addNeighbours(query, words, GuideEvidence.GUIDE_TEXT.stemmed());
    return query.build();
  }

  private void addEverywhere(BooleanQuery.Builder query, Word word, float wordWeight) {
    for (Evidence evidence : Evidence.values()) {
      BooleanQuery.Builder named = new BooleanQuery.Builder();
      addWord(named, word, evidence.stemmed(), evidence.exact(), evidence.weight * wordWeight);
      Query found = named.build();
      query.add(
          NamedMatches.wrapQuery(word.surface() + '\t' + evidence.label, found), Occur.SHOULD);
    }
  }

  /** The closest ways the guides have to say a term otherwise. */
  private List<List<String>> variants(QueryTerm term, int most) {
    List<String> own = term.words().stream().map(Word::stem).toList();
    return term.variants().entrySet().stream()
        .filter(variant -> !variant.getKey().equals(own) && terms.isKnown(variant.getKey()))
        .sorted(
            Map.Entry.<List<String>, Double>comparingByValue()
                .reversed()
                .thenComparing(variant -> String.join(" ", variant.getKey())))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void addVariant(BooleanQuery.Builder query, QueryTerm term, List<String> variant) {
    double closeness = Objects.requireNonNull(term.variants().get(variant));
    BooleanQuery.Builder places = new BooleanQuery.Builder();
    for (Evidence evidence : VARIED) {
      float weight = (float) (VARIANT_WEIGHT * closeness * evidence.weight);
      add(places, all(evidence.stemmed(), variant), weight);
    }
    String name = term.surface() + " ≈ " + String.join(" ", variant) + "\tsynonyme";
    query.add(NamedMatches.wrapQuery(name, places.build()), Occur.SHOULD);
  }

  private static Query all(String field, List<String> stems) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    stems.forEach(stem -> all.add(new TermQuery(new Term(field, stem)), Occur.MUST));
    return all.build();
  }

  private void addWord(
      BooleanQuery.Builder query, Word word, String stemField, String exactField, float weight) {
    add(query, stemmed.createBooleanQuery(stemField, word.surface()), weight);
    add(query, exact.createBooleanQuery(exactField, word.surface()), EXACT_WEIGHT * weight);
  }

  private void addNeighbours(BooleanQuery.Builder query, List<Word> words, String field) {
    for (int i = 1; i < Math.min(words.size(), QueryWords.MOST); i++) {
      Word left = words.get(i - 1);
      Word right = words.get(i);
      boolean telling = !QueryWords.isFunctionWord(left) || !QueryWords.isFunctionWord(right);
      if (telling) {
        String pair = left.surface() + ' ' + right.surface();
        add(query, stemmed.createPhraseQuery(field, pair), NEIGHBOURS_WEIGHT);
      }
    }
  }

  private static void add(BooleanQuery.Builder query, @Nullable Query part, float weight) {
    if (part != null) {
      query.add(new BoostQuery(part, weight), Occur.SHOULD);
    }
  }
}
