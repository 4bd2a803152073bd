package fr.jalon.bot.web;

import fr.jalon.bot.conversation.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A reply cut into what HTML has elements for. */
final class ReplyView {
  private static final String BULLET = "• ";

  private ReplyView() {}

  /**
   * One of: a paragraph, a heading, a list, sources.
   *
   * @param heading above sources; else empty
   * @param paragraph one line or none
   * @param items the lines of a list, without their bullets
   * @param sources lines which begin with the numbers they explain
   */
  record Block(String heading, List<Line> paragraph, List<Line> items, List<Line> sources) {}

  /** Text and links, one after the other. */
  record Line(List<Span> spans) {}

  /**
   * A piece of a line.
   *
   * @param url empty when it leads nowhere
   * @param host whose page the link opens
   * @param again whether its line has this link already
   */
  record Span(String text, String url, String host, boolean again) {}

  private enum Kind {
    PLAIN,
    ITEM,
    SOURCE
  }

  /** The blocks of a reply, in order; blank lines show nothing. */
  static List<Block> blocks(Reply reply) {
    List<Block> blocks = new ArrayList<>();
    List<Line> open = new ArrayList<>();
    Kind kind = Kind.PLAIN;
    int start = 0;
    for (String text : reply.text().split("\n", -1)) {
      int end = start + text.length();
      if (!text.isBlank()) {
        Kind next = kind(text, start, reply);
        if (next != kind || next == Kind.PLAIN) {
          close(kind, next, open, blocks);
          kind = next;
        }
        open.add(line(reply, next == Kind.ITEM ? start + BULLET.length() : start, end));
      }
      start = end + 1;
    }
    close(kind, Kind.PLAIN, open, blocks);
    return List.copyOf(blocks);
  }

  private static Kind kind(String text, int start, Reply reply) {
    if (text.startsWith(BULLET)) {
      return Kind.ITEM;
    }
    return reply.links().stream().anyMatch(link -> link.start() == start)
        ? Kind.SOURCE
        : Kind.PLAIN;
  }

  private static void close(Kind kind, Kind next, List<Line> open, List<Block> blocks) {
    if (open.isEmpty()) {
      return;
    }
    List<Line> lines = List.copyOf(open);
    open.clear();
    blocks.add(
        switch (kind) {
          case PLAIN ->
              next == Kind.SOURCE && lines.get(0).spans().size() == 1
                  ? new Block(lines.get(0).spans().get(0).text(), List.of(), List.of(), List.of())
                  : new Block("", lines, List.of(), List.of());
          case ITEM -> new Block("", List.of(), lines, List.of());
          case SOURCE -> new Block("", List.of(), List.of(), lines);
        });
  }

  private static Line line(Reply reply, int start, int end) {
    List<Span> spans = new ArrayList<>();
    int from = start;
    for (Reply.Link link : reply.links()) {
      if (link.start() < from || link.end() > end) {
        continue;
      }
      plain(reply.text(), from, link.start(), spans);
      String text = reply.text().substring(link.start(), link.end());
      String host = host(link.url());
      String url = host.isEmpty() ? "" : link.url();
      boolean again = spans.stream().anyMatch(span -> !url.isEmpty() && span.url().equals(url));
      spans.add(new Span(text, url, host, again));
      from = link.end();
    }
    plain(reply.text(), from, end, spans);
    return new Line(List.copyOf(spans));
  }

  private static void plain(String text, int start, int end, List<Span> spans) {
    if (start < end) {
      spans.add(new Span(text.substring(start, end), "", "", false));
    }
  }

  /** Whose page an address is; empty for what must not be a link. */
  private static String host(String url) {
    try {
      URI address = URI.create(url);
      boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      return web && address.getHost() != null ? address.getHost() : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
