package fr.jalon.bot.web;

import java.time.Duration;
import java.time.Instant;

/** What may still be asked: a full bucket at first, refilled evenly. Not thread-safe. */
final class TokenBucket {
  private final int capacity;
  private final Duration refill;
  private double tokens;
  private Instant at;

  /**
   * A full bucket.
   *
   * @param refill how long an empty one takes to be full again
   */
  TokenBucket(int capacity, Duration refill, Instant now) {
    this.capacity = capacity;
    this.refill = refill;
    tokens = capacity;
    at = now;
  }

  /** Takes a token; returns how long to wait for one, zero when it was taken. */
  Duration take(Instant now) {
    pour(now);
    if (tokens >= 1) {
      tokens--;
      return Duration.ZERO;
    }
    return Duration.ofNanos((long) Math.ceil((1 - tokens) * refill.toNanos() / capacity));
  }

  /** Whether nothing was taken of late. */
  boolean isFull(Instant now) {
    pour(now);
    return tokens >= capacity;
  }

  private void pour(Instant now) {
    long passed = Math.max(0, Duration.between(at, now).toNanos());
    tokens = Math.min(capacity, tokens + (double) capacity * passed / refill.toNanos());
    at = now;
  }
}
