package fr.jalon.bot.telegram;

import com.ibm.icu.text.BreakIterator;
import fr.jalon.bot.conversation.Reply;
import fr.jalon.bot.conversation.Reply.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a reply into messages of a length that Telegram takes. */
final class Pages {
  /**
   * UTF-16 units of a message once its entities are parsed
   * (core.telegram.org/bots/api#sendmessage).
   */
  static final int LONGEST = 4_096;

  private Pages() {}

  /**
   * The messages of a reply, in order, none blank: one when it fits, else cut between lines or
   * sentences, or in a sentence too long for one. Links that a cut runs through go on.
   *
   * @param longest UTF-16 units of a message, at least 2
   */
  static List<Reply> of(Reply reply, int longest) {
    List<Reply> pages = new ArrayList<>();
    String text = reply.text();
    int start = 0;
    while (start < text.length()) {
      int end = text.length() - start <= longest ? text.length() : cut(text, start, longest);
      int from = start;
      int to = end;
      while (from < to && Character.isWhitespace(text.charAt(from))) {
        from++;
      }
      while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
        to--;
      }
      if (from < to) {
        boolean last = text.substring(end).isBlank();
        pages.add(
            new Reply(
                text.substring(from, to),
                links(reply.links(), from, to),
                last ? reply.next() : List.of()));
      }
      start = end;
    }
    return pages;
  }

  /** Where the longest page ends that begins somewhere, never within a character. */
  private static int cut(String text, int start, int longest) {
    int most = start + longest;
    int line = text.lastIndexOf('\n', most - 1) + 1;
    if (line > start + longest / 2) {
      return line;
    }
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.FRENCH);
    sentences.setText(text);
    int sentence = sentences.isBoundary(most) ? most : sentences.preceding(most);
    if (sentence > start) {
      return sentence;
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.FRENCH);
    characters.setText(text);
    int character = characters.isBoundary(most) ? most : characters.preceding(most);
    if (character > start) {
      return character;
    }
    return Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
  }

  private static List<Link> links(List<Link> links, int from, int to) {
    return links.stream()
        .filter(link -> link.start() < to && link.end() > from)
        .map(link ->
            new Link(
                Math.max(link.start(), from) - from, Math.min(link.end(), to) - from, link.url()))
        .toList();
  }
}
