package fr.jalon.indexbuilder;

import fr.jalon.knowledge.Passage.Kind;
import fr.jalon.knowledge.Passage.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the blocks of a section into pieces short enough to quote, never inside a sentence.
 *
 * <p>A piece keeps the sentence that introduces its list or table, so that it can be read alone.
 */
final class Splitter {
  /** The longest piece, in UTF-16 units, unless one sentence is longer. */
  static final int LONGEST = 700;

  private final Sentences sentences = new Sentences();

  /** A piece of a section. */
  record Piece(Kind kind, String text, List<Span> sentences) {}

  /** One sentence after the other, in as few pieces as fit. */
  List<Piece> prose(Kind kind, String text) {
    List<Piece> pieces = new ArrayList<>();
    int start = 0;
    int end = 0;
    for (Span span : sentences.of(text)) {
      if (end > start && span.end() - start > LONGEST) {
        pieces.add(piece(kind, text.substring(start, end)));
        start = span.start();
      } else if (end == start) {
        start = span.start();
      }
      end = span.end();
    }
    if (end > start) {
      pieces.add(piece(kind, text.substring(start, end)));
    }
    return pieces;
  }

  /**
   * Lines that stand together after what introduces them, in as few pieces as fit.
   *
   * @param introduction the sentence before the lines, empty when there is none
   * @param lines each with its bullet or number
   */
  List<Piece> lines(Kind kind, String introduction, List<String> lines) {
    List<Piece> pieces = new ArrayList<>();
    List<String> together = new ArrayList<>();
    int length = introduction.length();
    for (String line : lines) {
      if (!together.isEmpty() && length + line.length() > LONGEST) {
        pieces.add(lines(kind, join(introduction, together)));
        together.clear();
        length = introduction.length();
      }
      together.add(line);
      length += line.length() + 1;
    }
    if (!together.isEmpty()) {
      pieces.add(lines(kind, join(introduction, together)));
    }
    return pieces;
  }

  private static String join(String introduction, List<String> lines) {
    String list = String.join("\n", lines);
    return introduction.isEmpty() ? list : introduction + "\n" + list;
  }

  private Piece piece(Kind kind, String text) {
    return new Piece(kind, text, sentences.of(text));
  }

  private Piece lines(Kind kind, String text) {
    List<Span> spans = new ArrayList<>();
    int lineStart = 0;
    for (String line : text.split("\n", -1)) {
      int words = lineStart + bulletLength(line);
      for (Span span : sentences.of(text.substring(words, lineStart + line.length()))) {
        spans.add(new Span(words + span.start(), words + span.end()));
      }
      lineStart += line.length() + 1;
    }
    return new Piece(kind, text, spans);
  }

  /** Length of « - », « 12. » and the spaces before and after. */
  private static int bulletLength(String line) {
    int i = 0;
    while (i < line.length() && line.charAt(i) == ' ') {
      i++;
    }
    int bullet = i;
    if (line.startsWith("- ", i)) {
      return i + 2;
    }
    while (bullet < line.length() && Character.isDigit(line.charAt(bullet))) {
      bullet++;
    }
    return bullet > i && line.startsWith(". ", bullet) ? bullet + 2 : 0;
  }
}
