package fr.jalon.bot.telegram;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work for chats: one at a time for a chat, chats side by side. Thread-safe. */
final class Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  /** For what was interrupted to end. */
  private static final Duration LAST = Duration.ofSeconds(1);

  private final LongConsumer work;
  private final Map<Long, Thread> running = new ConcurrentHashMap<>();
  private final Set<Long> again = new HashSet<>();
  private boolean closed;

  /**
   * Runs work on virtual threads.
   *
   * @param work does all there is to do for a chat
   */
  Lanes(LongConsumer work) {
    this.work = work;
  }

  /** Has the work of a chat done, once more if it is being done. */
  synchronized void wake(long chat) {
    if (closed) {
      return;
    }
    if (running.containsKey(chat)) {
      again.add(chat);
      return;
    }
    Thread lane = Thread.ofVirtual().name("chat").unstarted(() -> run(chat));
    running.put(chat, lane);
    lane.start();
  }

  /**
   * Lets no more work begin and waits for what is being done, then interrupts it.
   *
   * @return whether all of it was done
   */
  boolean close(Duration patience) throws InterruptedException {
    synchronized (this) {
      closed = true;
    }
    long end = System.nanoTime() + patience.toNanos();
    for (Thread lane : running.values()) {
      lane.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }
    boolean done = running.isEmpty();
    running.values().forEach(Thread::interrupt);
    long last = System.nanoTime() + LAST.toNanos();
    for (Thread lane : running.values()) {
      lane.join(Duration.ofNanos(Math.max(1, last - System.nanoTime())));
    }
    return done;
  }

  private void run(long chat) {
    do {
      try {
        work.accept(chat);
      } catch (RuntimeException | Error e) {
        LOG.error("the work of a chat failed: {}", e.getClass().getName());
      }
    } while (goesOn(chat));
  }

  private synchronized boolean goesOn(long chat) {
    if (again.remove(chat) && !closed) {
      return true;
    }
    running.remove(chat);
    return false;
  }
}
