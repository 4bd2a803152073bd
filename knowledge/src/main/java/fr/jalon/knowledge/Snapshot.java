package fr.jalon.knowledge;

import fr.jalon.knowledge.French.Word;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.NamedMatches;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.FSDirectory;

/**
 * One immutable published index, open for searching. Thread-safe.
 *
 * <p>A passage's score is the plain weighted sum of BM25 over its evidence (title, headings,
 * frequent questions, text, section), stemmed and, more lightly, unstemmed; see {@code
 * knowledge/README.md}.
 */
public final class Snapshot implements Closeable {
  private final Manifest manifest;
  private final Figures figures;
  private final Lexicon lexicon;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final QueryTerms terms;
  private final Queries queries;
  private final PhrasingModel phrasings;

  /**
   * A guide found for a query.
   *
   * @param id id of the guide
   * @param score how well it fits, above 0; comparable within one search only
   */
  public record GuideHit(String id, double score) {}

  /**
   * A section found by the ways people ask for it.
   *
   * @param id {@code guide#section}
   * @param score how much likelier the text is to be asked for it than for any, in nats
   */
  public record SectionHit(String id, double score) {}

  private Snapshot(Manifest manifest, Figures figures, Lexicon lexicon, DirectoryReader reader) {
    this.manifest = manifest;
    this.figures = figures;
    this.lexicon = lexicon;
    this.reader = reader;
    searcher = new IndexSearcher(reader);
    terms = new QueryTerms(reader, lexicon);
    queries = new Queries(lexicon, terms);
    phrasings = new PhrasingModel(reader);
  }

  /**
   * Opens the snapshot in a folder.
   *
   * @throws UnreadableSnapshotException when it is incomplete, damaged or of another version
   */
  public static Snapshot open(Path folder) {
    try {
      Manifest manifest = readManifest(folder);
      Vocabulary vocabulary =
          Json.MAPPER.readValue(folder.resolve(SnapshotWriter.LEXICON).toFile(), Vocabulary.class);
      Figures figures =
          Json.MAPPER.readValue(folder.resolve(SnapshotWriter.FIGURES).toFile(), Figures.class);
      DirectoryReader reader =
          DirectoryReader.open(FSDirectory.open(folder.resolve(SnapshotWriter.LUCENE)));
      return new Snapshot(manifest, figures, new Lexicon(vocabulary), reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableSnapshotException(
          "index illisible dans %s ; lancez « jalon index build »".formatted(folder), e);
    }
  }

  static Manifest readManifest(Path folder) throws IOException {
    Path file = folder.resolve(SnapshotWriter.MANIFEST);
    int schema = Json.MAPPER.readTree(Files.readString(file)).path("schema").asInt();
    if (schema != Schema.VERSION) {
      throw new UnreadableSnapshotException(
          "index de version %d dans %s, version %d attendue ; lancez « jalon index build »"
              .formatted(schema, folder, Schema.VERSION));
    }
    return Json.MAPPER.readValue(file.toFile(), Manifest.class);
  }

  /** What the snapshot holds. */
  public Manifest manifest() {
    return manifest;
  }

  /** The dated values its guides were written with. */
  public Figures figures() {
    return figures;
  }

  /** How citizens name things, as known to this snapshot. */
  public Lexicon lexicon() {
    return lexicon;
  }

  /**
   * The passages that speak of a text, best first, ties by passage id; empty when no word of it is
   * found. The text is what people type: nothing in it is syntax.
   *
   * @param limit most hits, at least 1
   */
  public List<Hit> search(String text, int limit) {
    return search(text, "", lexicon.routesNamed(lexicon.clean(text)), limit, limit);
  }

  /**
   * As {@link #search(String, int)}, quicker, for a text that is part of a conversation.
   *
   * @param recalled what the text recalls of it, which weighs less; possibly empty
   * @param routes ids of the routes it is about
   * @param explained how many of the first hits say why; the others have an empty reason
   */
  public List<Hit> search(
      String text, String recalled, Set<String> routes, int limit, int explained) {
    Query query = queries.passages(lexicon.clean(text), lexicon.clean(recalled), routes);
    try {
      Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE, 1f);
      StoredFields stored = searcher.storedFields();
      List<Hit> hits = new ArrayList<>();
      for (ScoreDoc found : searcher.search(query, limit).scoreDocs) {
        Passage passage = Schema.passage(stored.document(found.doc));
        String why = hits.size() < explained ? why(weight, found.doc, routes, passage) : "";
        hits.add(new Hit(passage, found.score, why));
      }
      return hits;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The guides that speak of a text, best first, ties by guide id. */
  public List<GuideHit> searchGuides(String text, int limit) {
    Query query = queries.guides(lexicon.clean(text));
    try {
      StoredFields stored = searcher.storedFields();
      List<GuideHit> hits = new ArrayList<>();
      for (ScoreDoc found : searcher.search(query, limit).scoreDocs) {
        hits.add(new GuideHit(stored.document(found.doc).get(Schema.GUIDE), found.score));
      }
      return hits;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The sections that people are likeliest to ask for in a text, best first, ties by section id.
   *
   * @param recalled what the text recalls of a conversation, which weighs less; possibly empty
   */
  public List<SectionHit> searchSections(String text, String recalled, int limit) {
    List<Word> words = lexicon.french().words(lexicon.clean(text));
    return phrasings.search(words, lexicon.french().words(lexicon.clean(recalled)), limit);
  }

  /** The passages of a section, in reading order; empty for an unknown one. */
  public List<Passage> section(String guide, String section) {
    return documents(Schema.SECTION_KEY, guide + '#' + section).stream()
        .map(Schema::passage)
        .toList();
  }

  /** How people ask for what a section says, as its author wrote it; possibly none. */
  public List<String> questions(String guide, String section) {
    return documents(Schema.ASKED_SECTION, guide + '#' + section).stream()
        .flatMap(document -> Arrays.stream(document.getValues(Schema.QUESTION)))
        .toList();
  }

  /** Whether some guide is about a route. */
  public boolean covers(String route) {
    try {
      return reader.docFreq(new Term(Schema.ROUTE, route)) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a word, or one compared as equal, stands in some passage. */
  public boolean knows(Word word) {
    return terms.isKnown(List.of(word.stem()));
  }

  /**
   * What some words, which say one thing, may be in the guides: their own stems, their synonyms,
   * words of the same family, and, for a word that is none, misspelt words of the guides.
   */
  public QueryTerm term(List<Word> words) {
    return terms.of(words);
  }

  /** What a text speaks of, in order, each thing once; function words are left out. */
  public List<QueryTerm> terms(String text) {
    return terms.all(lexicon.french().words(lexicon.clean(text)));
  }

  /**
   * How much a stem tells passages apart: 0 for one in every passage, 1 for one in none, by its
   * inverse document frequency.
   */
  public double rarity(String stem) {
    return terms.rarity(stem);
  }

  /** Whether a word says how a question is asked, not what it is about. */
  public static boolean isFunctionWord(Word word) {
    return QueryWords.isFunctionWord(word);
  }

  void checkIntegrity() {
    try {
      for (LeafReaderContext leaf : reader.leaves()) {
        leaf.reader().checkIntegrity();
      }
    } catch (IOException e) {
      throw new UnreadableSnapshotException("index endommagé", e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Which words were found where, then the route, in words that staff read. */
  private String why(Weight weight, int doc, Set<String> routes, Passage passage)
      throws IOException {
    LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(doc, reader.leaves()));
    Matches matches = weight.matches(leaf, doc - leaf.docBase);
    Map<String, Set<String>> placesByWord = new LinkedHashMap<>();
    if (matches != null) {
      NamedMatches.findNamedMatches(matches).stream()
          .map(NamedMatches::getName)
          .sorted()
          .map(name -> name.split("\t", 2))
          .forEach(name ->
              placesByWord.computeIfAbsent(name[0], k -> new LinkedHashSet<>()).add(name[1]));
    }
    String words =
        placesByWord.entrySet().stream()
            .map(found ->
                "« %s » : %s".formatted(found.getKey(), String.join(", ", found.getValue())))
            .collect(Collectors.joining(" ; "));
    String shared =
        routes.stream().filter(passage.routes()::contains).collect(Collectors.joining(", "));
    return shared.isEmpty() ? words : words + " ; dispositif reconnu : " + shared;
  }

  /** The documents that have a value in a field, in the order they were written. */
  private List<Document> documents(String field, String value) {
    List<Document> documents = new ArrayList<>();
    try {
      StoredFields stored = searcher.storedFields();
      Postings.forEach(
          reader,
          new Term(field, value),
          (document, times) -> documents.add(stored.document(document)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return documents;
  }
}
