package fr.jalon.bot.telegram;

import java.time.Duration;

/** How long to wait before trying again: twice as long each time, up to a minute. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private Duration next = FIRST;

  /** The wait for a failure; what the server asks for prevails. */
  Duration after(BotApiException failure) {
    return failure.retryAfter().isPositive() ? failure.retryAfter() : after();
  }

  /** The wait for a failure that says nothing. */
  Duration after() {
    Duration wait = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return wait;
  }

  void reset() {
    next = FIRST;
  }
}
