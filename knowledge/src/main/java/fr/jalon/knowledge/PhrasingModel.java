package fr.jalon.knowledge;

import fr.jalon.knowledge.French.Word;
import fr.jalon.knowledge.Snapshot.SectionHit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.SmallFloat;

/**
 * How likely people are to ask for a section in some words, by all the ways they are known to ask
 * for it: a language model of words and of pairs of neighbours, mixed with that of its guide and
 * that of all guides (Jelinek-Mercer smoothing; Zhai and Lafferty, « A study of smoothing methods
 * for language models applied to information retrieval », 2004). Thread-safe.
 */
final class PhrasingModel {
  private static final double OF_SECTION = 0.5;
  private static final double OF_GUIDE = 0.3;
  private static final double OF_ALL = 0.2;

  private static final double FUNCTION_WORD_WEIGHT = 0.3;
  private static final double NEIGHBOURS_WEIGHT = 0.5;
  private static final double RECALLED_WEIGHT = 0.6;

  private final DirectoryReader reader;

  /** The sections, by document. */
  private final Map<Integer, Asked> sections = new HashMap<>();

  private double length;

  /** The ways of asking for a guide, by their number of words and pairs. */
  private static final class AskedGuide {
    private final List<Asked> sections = new ArrayList<>();
    private double length;
  }

  /** The ways of asking for a section. */
  private record Asked(String id, AskedGuide guide, double length) {}

  PhrasingModel(DirectoryReader reader) {
    this.reader = reader;
    Map<String, AskedGuide> guides = new HashMap<>();
    try {
      for (LeafReaderContext context : reader.leaves()) {
        LeafReader leaf = context.reader();
        SortedDocValues ids = leaf.getSortedDocValues(Schema.ASKED_SECTION);
        NumericDocValues norms = leaf.getNormValues(Schema.ASKED);
        while (ids != null && norms != null && ids.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
          norms.advanceExact(ids.docID());
          String id = ids.lookupOrd(ids.ordValue()).utf8ToString();
          AskedGuide guide =
              guides.computeIfAbsent(id.substring(0, id.indexOf('#')), any -> new AskedGuide());
          Asked asked = new Asked(id, guide, SmallFloat.byte4ToInt((byte) norms.longValue()));
          guide.sections.add(asked);
          guide.length += asked.length;
          length += asked.length;
          sections.put(context.docBase + ids.docID(), asked);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** See {@link Snapshot#searchSections}. */
  List<SectionHit> search(List<Word> words, List<Word> recalled, int limit) {
    Map<String, Double> weights = weights(words, recalled);
    Map<Asked, Double> scores = new HashMap<>();
    double known = 0;
    for (Map.Entry<String, Double> token : weights.entrySet()) {
      known += add(token.getKey(), token.getValue(), scores) ? token.getValue() : 0;
    }
    double elsewhere = known * Math.log(OF_ALL);
    return scores.entrySet().stream()
        .map(score -> new SectionHit(score.getKey().id, score.getValue() + elsewhere))
        .sorted(
            Comparator.comparingDouble(SectionHit::score).reversed().thenComparing(SectionHit::id))
        .limit(limit)
        .toList();
  }

  private static Map<String, Double> weights(List<Word> words, List<Word> recalled) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(words.size(), QueryWords.MOST); i++) {
      Word word = words.get(i);
      double weight = QueryWords.isFunctionWord(word) ? FUNCTION_WORD_WEIGHT : 1;
      weights.merge(word.stem(), weight, Double::sum);
      if (i > 0) {
        weights.merge(words.get(i - 1).stem() + ' ' + word.stem(), NEIGHBOURS_WEIGHT, Double::sum);
      }
    }
    QueryWords.telling(recalled).forEach(word -> weights.putIfAbsent(word.stem(), RECALLED_WEIGHT));
    return weights;
  }

  /**
   * Adds, for each section of a guide that has a word, how much likelier it makes the word than a
   * section of a guide that has it not.
   *
   * @return whether some guide has it
   */
  private boolean add(String token, double weight, Map<Asked, Double> scores) {
    Map<Asked, Integer> inSections = new HashMap<>();
    Map<AskedGuide, Integer> inGuides = new HashMap<>();
    Postings.forEach(
        reader,
        new Term(Schema.ASKED, token),
        (document, times) -> {
          Asked asked = Objects.requireNonNull(sections.get(document));
          inSections.put(asked, times);
          inGuides.merge(asked.guide, times, Integer::sum);
        });
    int inAll = inGuides.values().stream().mapToInt(Integer::intValue).sum();
    double all = OF_ALL * inAll / length;
    inGuides.forEach((guide, times) -> {
      double ofGuide = OF_GUIDE * times / guide.length;
      for (Asked asked : guide.sections) {
        double ofSection = OF_SECTION * inSections.getOrDefault(asked, 0) / asked.length;
        scores.merge(asked, weight * Math.log1p((ofSection + ofGuide) / all), Double::sum);
      }
    });
    return !inGuides.isEmpty();
  }
}
