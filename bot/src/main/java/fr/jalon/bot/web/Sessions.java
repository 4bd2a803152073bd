package fr.jalon.bot.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The conversations in memory, by the random id that a cookie carries. Thread-safe. */
final class Sessions {
  static final Duration IDLE = Duration.ofMinutes(30);

  /** Some 25 MB of ordinary conversations, 90 MB of the longest there can be. */
  static final int MOST = 500;

  private static final int ID_BYTES = 16;

  private final InstantSource clock;
  private final RandomGenerator random;

  /** The longest idle first. */
  private final Map<String, Seen> sessions = new LinkedHashMap<>();

  private record Seen(Session session, Instant at) {}

  Sessions(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** The session of a cookie, no longer idle; empty when there is none or it was forgotten. */
  synchronized Optional<Session> find(String id) {
    purge();
    return Optional.ofNullable(sessions.remove(id)).map(seen -> seen(seen.session()));
  }

  /** A new session, in the place of the longest idle when there are too many. */
  synchronized Session open() {
    purge();
    if (sessions.size() >= MOST) {
      sessions.remove(sessions.keySet().iterator().next());
    }
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return seen(
        new Session(
            Base64.getUrlEncoder().withoutPadding().encodeToString(id),
            Rates.bucket(clock.instant())));
  }

  synchronized void forget(String id) {
    sessions.remove(id);
  }

  /** Forgets what is idle for too long. */
  synchronized void purge() {
    Instant oldest = clock.instant().minus(IDLE);
    Iterator<Seen> seen = sessions.values().iterator();
    while (seen.hasNext() && !seen.next().at().isAfter(oldest)) {
      seen.remove();
    }
  }

  synchronized int size() {
    return sessions.size();
  }

  private Session seen(Session session) {
    sessions.put(session.id(), new Seen(session, clock.instant()));
    return session;
  }
}
