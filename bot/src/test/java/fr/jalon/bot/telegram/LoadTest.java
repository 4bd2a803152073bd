package fr.jalon.bot.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.bot.Shipped;
import fr.jalon.bot.telegram.FakeBotApi.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code jalon start} under load, over loopback: prints how long a person waits and how fast a
 * backlog is drained. The server of the test runs on the same processors.
 */
@Tag("bench")
class LoadTest {
  private static final int CHATS = 1_000;
  private static final int PER_SECOND = Integer.getInteger("bench.rate", 30);
  private static final int SECONDS = Integer.getInteger("bench.seconds", 60);
  private static final int QUEUED = Integer.getInteger("bench.queued", 2_000);
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  @TempDir Path folder;

  private final FakeBotApi telegram = new FakeBotApi();
  private final Random random = new Random(30);
  private final List<String> questions = new ArrayList<>();
  private final List<List<Instant>> asked = new ArrayList<>();
  private int[] sentBefore = new int[CHATS + 1];

  @Test
  void answersUnderLoad() throws Exception {
    questions.addAll(Shipped.snapshot().lexicon().questions());
    for (int chat = 0; chat <= CHATS; chat++) {
      asked.add(new ArrayList<>());
    }
    try (telegram) {
      Process bot = start();
      try {
        warmUp();
        long before = memory(bot);
        steady();
        print("steady, " + PER_SECOND + "/s for " + SECONDS + " s", waits());
        System.out.printf("resident memory: %d MB before, %d MB after%n", before, memory(bot));
      } finally {
        end(bot);
      }
      for (int i = 0; i < QUEUED; i++) {
        ask(1 + i % CHATS);
      }
      bot = start();
      try {
        Instant first = Instant.now();
        awaitAll();
        Duration took = Duration.between(first, Instant.now());
        System.out.printf(
            "drained %d updates in %.1f s, start included: %.0f/s%n",
            QUEUED, took.toMillis() / 1000.0, QUEUED * 1000.0 / took.toMillis());
      } finally {
        end(bot);
      }
    }
  }

  private void warmUp() {
    for (int i = 0; i < 400; i++) {
      ask(1 + i % CHATS);
    }
    awaitAll();
    asked.forEach(List::clear);
    sentBefore = sent();
  }

  private void steady() throws InterruptedException {
    try (ScheduledExecutorService people = Executors.newSingleThreadScheduledExecutor()) {
      var asking =
          people.scheduleAtFixedRate(
              () -> ask(1 + random.nextInt(CHATS)),
              0,
              1_000_000 / PER_SECOND,
              TimeUnit.MICROSECONDS);
      Thread.sleep(Duration.ofSeconds(SECONDS));
      asking.cancel(false);
    }
    awaitAll();
  }

  private synchronized void ask(int chat) {
    asked.get(chat).add(Instant.now());
    telegram.says(chat, questions.get(random.nextInt(questions.size())));
  }

  private void awaitAll() {
    for (int chat = 1; chat <= CHATS; chat++) {
      telegram.awaitSent(chat, sentBefore[chat] + asked.get(chat).size(), PATIENCE);
    }
  }

  private int[] sent() {
    int[] sent = new int[CHATS + 1];
    for (int chat = 1; chat <= CHATS; chat++) {
      sent[chat] = telegram.sent(chat).size();
    }
    return sent;
  }

  /** Milliseconds from each question to its reply. */
  private List<Long> waits() {
    List<Long> waits = new ArrayList<>();
    for (int chat = 1; chat <= CHATS; chat++) {
      List<Sent> sent = telegram.sent(chat);
      for (int i = 0; i < asked.get(chat).size(); i++) {
        waits.add(
            Duration.between(asked.get(chat).get(i), sent.get(sentBefore[chat] + i).at())
                .toMillis());
      }
    }
    sentBefore = sent();
    asked.forEach(List::clear);
    return waits.stream().sorted().toList();
  }

  private static void print(String what, List<Long> waits) {
    System.out.printf(
        "%s: %d answered, p50 %d ms, p90 %d ms, p99 %d ms, longest %d ms%n",
        what,
        waits.size(),
        waits.get(waits.size() / 2),
        waits.get(waits.size() * 9 / 10),
        waits.get(waits.size() * 99 / 100),
        waits.get(waits.size() - 1));
  }

  /** Megabytes. */
  private static long memory(Process bot) throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + bot.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElse(0)
          >> 10;
    }
  }

  private static void end(Process bot) throws InterruptedException {
    bot.destroy();
    assertThat(bot.waitFor(10, TimeUnit.SECONDS)).as("ends within 10 s of SIGTERM").isTrue();
  }

  private Process start() throws IOException {
    return BotProcess.start(telegram, folder);
  }
}
