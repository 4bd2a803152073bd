package fr.jalon.bot.web;

import fr.jalon.bot.conversation.Reply;
import fr.jalon.bot.question.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The conversation of one browser, in memory only. Thread-safe: one question at a time. */
final class Session {
  private static final int MOST = 12;

  private final String id;
  private final TokenBucket bucket;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Turn> turns = new ArrayDeque<>();
  private final Deque<Exchange> exchanges = new ArrayDeque<>();

  /**
   * A question and its reply, as shown.
   *
   * @param question without personal numbers
   * @param sourced whether the reply cites sources
   * @param next questions to offer while it is the last
   */
  record Exchange(
      String question, List<ReplyView.Block> reply, boolean sourced, List<String> next) {
    /** A reply to a question that holds no personal number. */
    static Exchange of(String question, Reply reply) {
      return new Exchange(
          question, ReplyView.blocks(reply), !reply.links().isEmpty(), reply.next());
    }
  }

  /**
   * An exchange, and what the next one must know of it.
   *
   * @param turns possibly none
   */
  record Answered(Exchange exchange, List<Turn> turns) {}

  Session(String id, TokenBucket bucket) {
    this.id = id;
    this.bucket = bucket;
  }

  String id() {
    return id;
  }

  /** How long to wait before asking; zero when a question may be asked now. */
  Duration take(Instant now) {
    lock.lock();
    try {
      return bucket.take(now);
    } finally {
      lock.unlock();
    }
  }

  /** Answers in the light of the earlier turns, oldest first, and remembers. */
  void answer(Function<List<Turn>, Answered> answerer) {
    lock.lock();
    try {
      Answered answered = answerer.apply(List.copyOf(turns));
      exchanges.addLast(answered.exchange());
      answered.turns().forEach(turns::addLast);
      keepLast(exchanges);
      keepLast(turns);
    } finally {
      lock.unlock();
    }
  }

  /** What to show, oldest first. */
  List<Exchange> exchanges() {
    lock.lock();
    try {
      return List.copyOf(exchanges);
    } finally {
      lock.unlock();
    }
  }

  private static void keepLast(Deque<?> things) {
    while (things.size() > MOST) {
      things.removeFirst();
    }
  }
}
