package fr.jalon.bot.conversation;

import fr.jalon.bot.answer.Answerer;
import fr.jalon.bot.answer.Response;
import fr.jalon.bot.question.Turn;
import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.SnapshotDirectory;
import fr.jalon.knowledge.UnreadableSnapshotException;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers from the snapshot in service, and from the next one as soon as it is published.
 * Thread-safe.
 */
public final class Serving implements AutoCloseable {
  private final SnapshotDirectory directory;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private @Nullable Open open;

  /** A snapshot, its readers made. */
  private record Open(Snapshot snapshot, Answerer answerer) {}

  /** Serves what a folder publishes; nothing is read before the first question. */
  public Serving(SnapshotDirectory directory) {
    this.directory = directory;
  }

  /**
   * Answers a question.
   *
   * @param history earlier turns, oldest first
   * @throws UnreadableSnapshotException when no snapshot can be read
   */
  public Response answer(String question, List<Turn> history) {
    return with(served -> served.answerer().answer(question, history));
  }

  /** One question for each route, in the order of the design. */
  public List<String> questions() {
    return with(served -> served.snapshot().lexicon().questions());
  }

  private <T> T with(Function<Open, T> work) {
    String current = directory.currentId().orElse("");
    lock.readLock().lock();
    try {
      if (open != null && (open.snapshot().manifest().id().equals(current) || current.isEmpty())) {
        return work.apply(open);
      }
    } finally {
      lock.readLock().unlock();
    }
    lock.writeLock().lock();
    try {
      return work.apply(renewed(current));
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The snapshot in service; the one before it while the new one cannot be read. */
  private Open renewed(String current) {
    Open before = open;
    if (before != null && before.snapshot().manifest().id().equals(current)) {
      return before;
    }
    try {
      Snapshot snapshot = directory.open();
      Open renewed = new Open(snapshot, new Answerer(snapshot));
      open = renewed;
      if (before != null) {
        before.snapshot().close();
      }
      return renewed;
    } catch (UnreadableSnapshotException e) {
      if (before == null) {
        throw e;
      }
      return before;
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (open != null) {
        open.snapshot().close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
