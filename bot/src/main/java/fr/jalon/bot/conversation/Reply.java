package fr.jalon.bot.conversation;

import java.util.List;

/**
 * An answer worded, before a channel shows it.
 *
 * @param text plain text
 * @param links what parts of the text lead to, in order, not overlapping
 * @param next questions to offer, each of which can be asked as it is
 */
public record Reply(String text, List<Link> links, List<String> next) {
  /** Copies the lists. */
  public Reply {
    links = List.copyOf(links);
    next = List.copyOf(next);
  }

  /** A text that leads nowhere. */
  public static Reply of(String text) {
    return new Reply(text, List.of(), List.of());
  }

  /**
   * A part of the text that leads somewhere.
   *
   * @param start index of its first UTF-16 unit
   * @param end index after its last one
   */
  public record Link(int start, int end, String url) {}
}
