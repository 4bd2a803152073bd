package fr.jalon.knowledge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a section short enough to quote; the unit of proof and of quoting.
 *
 * @param id {@code guide#section-n}, {@code n} counting from 1 within the section
 * @param guide id of the guide
 * @param section id of the section within the guide
 * @param heading guide title, then headings down to the section
 * @param kind how the passage stood in the guide
 * @param text the words of the guide, figures resolved; quotes are substrings of it
 * @param sentences where each sentence of {@code text} stands, in order, never overlapping
 * @param source where its facts come from, null for a text taken without one
 * @param routes ids of the guide's routes
 */
public record Passage(
    String id,
    String guide,
    String section,
    List<String> heading,
    Kind kind,
    String text,
    List<Span> sentences,
    @Nullable Source source,
    List<String> routes) {

  /** How a passage stood in its guide. */
  public enum Kind {
    /** The « En bref » line that opens a section. */
    SUMMARY,
    /** A paragraph, or a part of a long one. */
    PARAGRAPH,
    /** A list with the sentence that introduces it; each item is at least one sentence. */
    LIST,
    /** One row of a table, each cell after the name of its column. */
    ROW
  }

  /**
   * Where a sentence stands.
   *
   * @param start index of its first UTF-16 unit
   * @param end index after its last one
   */
  public record Span(int start, int end) {
    /** Refuses an empty or negative span. */
    public Span {
      if (start < 0 || end <= start) {
        throw new IllegalArgumentException("not a span: " + start + ".." + end);
      }
    }
  }

  /** Refuses a sentence outside the text. */
  public Passage {
    heading = List.copyOf(heading);
    sentences = List.copyOf(sentences);
    routes = List.copyOf(routes);
    int from = 0;
    for (Span span : sentences) {
      if (span.start() < from || span.end() > text.length()) {
        throw new IllegalArgumentException(id + ": sentence outside its passage: " + span);
      }
      from = span.end();
    }
  }

  /** The sentence at {@code index}, from 0. */
  public String sentence(int index) {
    Span span = sentences.get(index);
    return text.substring(span.start(), span.end());
  }

  /** All sentences, in the order of the text. */
  @JsonIgnore
  public List<String> sentenceTexts() {
    return IntStream.range(0, sentences.size()).mapToObj(this::sentence).toList();
  }

  /** Title of the guide. */
  @JsonIgnore
  public String title() {
    return heading.get(0);
  }

  /** Heading of the section. */
  @JsonIgnore
  public String sectionHeading() {
    return heading.get(heading.size() - 1);
  }
}
