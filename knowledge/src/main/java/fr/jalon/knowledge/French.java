package fr.jalon.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.SetKeywordMarkerFilter;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter.StemmerOverrideMap;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.util.ElisionFilter;

/**
 * How French words are compared: without case, accents, elision or inflection, acronyms untouched,
 * and no word ever dropped, so that negations stay. Thread-safe.
 *
 * <p>Accents are folded before stemming, so that a word typed without them has the same stem.
 */
public final class French {
  private static final Pattern DOTTED_SIGLE =
      Pattern.compile("(?<![\\p{L}\\p{N}])(?:\\p{L}\\.){2,}(?:\\p{L}(?![\\p{L}\\p{N}]))?");
  private static final Pattern MARKUP = Pattern.compile("<[^<>]{0,200}>");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}]");
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern ELONGATED = Pattern.compile("(\\p{L})\\1{2,}");
  private static final CharArraySet ELIDED =
      new CharArraySet(
          Set.of(
              "l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu"),
          true);

  /** Stems given to words that the light stemmer confuses with others. */
  private static final StemmerOverrideMap STEMS = stems();

  private final Analyzer stemmed;
  private final Analyzer exact;

  /**
   * A word of a text.
   *
   * @param surface as written
   * @param folded lower case, without accents or elided article
   * @param stem what the word is compared by
   * @param start index of its first UTF-16 unit
   * @param end index after its last one
   */
  public record Word(String surface, String folded, String stem, int start, int end) {}

  /**
   * Compares words, never stemming the given ones.
   *
   * @param sigles acronyms, in any case
   */
  public French(Set<String> sigles) {
    CharArraySet unstemmed = new CharArraySet(sigles.size(), true);
    sigles.forEach(sigle -> unstemmed.add(fold(sigle)));
    stemmed = new FrenchAnalyzer(CharArraySet.unmodifiableSet(unstemmed), true);
    exact = new FrenchAnalyzer(CharArraySet.EMPTY_SET, false);
  }

  /**
   * A text as it can be analyzed: composed accents, straight apostrophes, plain spaces, no markup,
   * control character or lone surrogate, dotted acronyms joined (« C.P.F. » is « CPF »), a letter
   * never more than twice in a row.
   */
  public static String clean(String text) {
    String clean = Normalizer.normalize(text, Normalizer.Form.NFC);
    clean = MARKUP.matcher(clean).replaceAll(" ");
    clean = clean.replace('’', '\'').replace('‘', '\'').replace('`', '\'').replace('´', '\'');
    clean = UNPRINTABLE.matcher(clean).replaceAll(" ");
    clean = DOTTED_SIGLE.matcher(clean).replaceAll(m -> m.group().replace(".", ""));
    clean = ELONGATED.matcher(clean).replaceAll("$1$1");
    return SPACES.matcher(clean).replaceAll(" ").strip();
  }

  /** A text in lower case, without accents or ligatures; spaces and punctuation are kept. */
  public static String fold(String text) {
    String lower = text.toLowerCase(Locale.FRENCH).replace("œ", "oe").replace("æ", "ae");
    return Normalizer.normalize(lower, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
  }

  /** The words of a text, in order; empty for a text without letter or digit. */
  public List<Word> words(String text) {
    List<Word> words = new ArrayList<>();
    List<String> stems = terms(stemmed, text);
    try (TokenStream tokens = exact.tokenStream("", text)) {
      CharTermAttribute term = tokens.getAttribute(CharTermAttribute.class);
      OffsetAttribute offset = tokens.getAttribute(OffsetAttribute.class);
      tokens.reset();
      for (int i = 0; tokens.incrementToken(); i++) {
        int start = offset.startOffset();
        int end = offset.endOffset();
        words.add(new Word(text.substring(start, end), term.toString(), stems.get(i), start, end));
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words;
  }

  /** The stems of a text, in order. */
  public List<String> stems(String text) {
    return terms(stemmed, text);
  }

  Analyzer stemmed() {
    return stemmed;
  }

  Analyzer exact() {
    return exact;
  }

  private static StemmerOverrideMap stems() {
    StemmerOverrideFilter.Builder stems = new StemmerOverrideFilter.Builder();
    try {
      for (String line : Resources.lines("stems.txt")) {
        List<String> words = List.of(line.split(" ", -1));
        words.subList(1, words.size()).forEach(word -> stems.add(word, words.get(0)));
      }
      return stems.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> terms(Analyzer analyzer, String text) {
    List<String> terms = new ArrayList<>();
    try (TokenStream tokens = analyzer.tokenStream("", text)) {
      CharTermAttribute term = tokens.getAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        terms.add(term.toString());
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return terms;
  }

  /** Tokens, elision, case, accents, then stems unless told otherwise. */
  private static final class FrenchAnalyzer extends Analyzer {
    private final CharArraySet unstemmed;
    private final boolean stem;

    FrenchAnalyzer(CharArraySet unstemmed, boolean stem) {
      this.unstemmed = unstemmed;
      this.stem = stem;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
      StandardTokenizer tokenizer = new StandardTokenizer();
      TokenStream tokens = new LowerCaseFilter(new ElisionFilter(tokenizer, ELIDED));
      tokens = new ASCIIFoldingFilter(tokens);
      if (stem) {
        tokens = new SetKeywordMarkerFilter(tokens, unstemmed);
        tokens = new FrenchLightStemFilter(new StemmerOverrideFilter(tokens, STEMS));
      }
      return new TokenStreamComponents(tokenizer, tokens);
    }
  }
}
