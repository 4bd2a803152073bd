package fr.jalon.bot.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each network address may ask. An address is known only until its bucket is full again,
 * a minute at most. Thread-safe.
 */
final class Rates {
  static final int QUESTIONS = 20;
  static final Duration PER = Duration.ofMinutes(1);
  private static final int MOST_ADDRESSES = 10_000;
  private static final int LONGEST_NAME = 45;
  private static final int NETWORK_BYTES = 8;

  private final InstantSource clock;

  /** The longest silent first. */
  private final Map<String, TokenBucket> buckets = new LinkedHashMap<>();

  Rates(InstantSource clock) {
    this.clock = clock;
  }

  static TokenBucket bucket(Instant now) {
    return new TokenBucket(QUESTIONS, PER, now);
  }

  /** How long an address must wait; zero when it may ask now. */
  synchronized Duration take(String address) {
    String network = network(address);
    Instant now = clock.instant();
    TokenBucket bucket = buckets.remove(network);
    if (bucket == null) {
      purge();
      bucket = bucket(now);
    }
    if (buckets.size() >= MOST_ADDRESSES) {
      buckets.remove(buckets.keySet().iterator().next());
    }
    buckets.put(network, bucket);
    return bucket.take(now);
  }

  /** Forgets who has been silent. */
  synchronized void purge() {
    Instant now = clock.instant();
    Iterator<TokenBucket> bucket = buckets.values().iterator();
    while (bucket.hasNext() && bucket.next().isFull(now)) {
      bucket.remove();
    }
  }

  synchronized int size() {
    return buckets.size();
  }

  /** An IPv4 address; the first 64 bits of an IPv6 one, which a subscriber has whole (RFC 6177). */
  static String network(String address) {
    String name = address.substring(0, Math.min(LONGEST_NAME, address.length()));
    if (name.indexOf(':') < 0) {
      return name;
    }
    try {
      // Never looked up in the DNS: no host name holds a colon.
      InetAddress parsed = InetAddress.getByName(name);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return name;
    }
  }
}
