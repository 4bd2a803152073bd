package fr.jalon.bot.store;

import java.util.List;

/**
 * A message to send.
 *
 * @param id its number in the outbox; 0 before it is stored
 * @param chat the conversation
 * @param question number of the message that it answers; 0 when there is none
 * @param replaces number of the message that it replaces; 0 to send a new one
 * @param text what to say, at most what a channel takes in one message; empty to take back what it
 *     replaces
 * @param links what parts of the text lead to
 * @param buttons questions to offer below it
 */
public record Outgoing(
    long id,
    long chat,
    int question,
    int replaces,
    String text,
    List<Link> links,
    List<String> buttons) {
  /** Copies the lists. */
  public Outgoing {
    links = List.copyOf(links);
    buttons = List.copyOf(buttons);
  }

  /**
   * A part of the text that leads somewhere.
   *
   * @param start index of its first UTF-16 unit
   * @param length its number of UTF-16 units
   * @param url where it leads
   */
  public record Link(int start, int length, String url) {}
}
