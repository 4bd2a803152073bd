package fr.jalon.bot.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.bot.Shipped;
import fr.jalon.bot.telegram.FakeBotApi.Sent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jalon start}, killed as the system kills under load, loses nothing and repeats little. */
@Tag("slow")
class KilledBotTest {
  /** {@code -Dkills=50} for a longer run. */
  private static final int KILLS = Integer.getInteger("kills", 10);

  private static final int CHATS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern NUMBER =
      Pattern.compile("^« Combien coûte une VAE, cas ([0-9]+) \\?");

  @TempDir Path folder;

  private final FakeBotApi telegram = new FakeBotApi();
  private final Random random = new Random(50);
  private final int[] asked = new int[CHATS + 1];

  @Test
  void losesNothingAndRepeatsAtMostWhatWasInFlight() throws Exception {
    Shipped.snapshot();
    int repeats = 0;
    try (telegram) {
      for (int kill = 0; kill < KILLS; kill++) {
        Process bot = start();
        try {
          int confirmed = telegram.confirmed();
          int before = sent();
          int questions = 20 + random.nextInt(60);
          for (int i = 0; i < questions; i++) {
            ask(1 + random.nextInt(CHATS));
          }
          awaitSome(before, random.nextInt(questions), bot, confirmed);
        } finally {
          bot.destroyForcibly();
        }
        assertThat(bot.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(bot.exitValue()).isNotZero();
      }
      Process bot = start();
      try {
        for (int chat = 1; chat <= CHATS; chat++) {
          repeats += assertAllAnsweredInOrder(chat);
        }
      } finally {
        bot.destroy();
      }
      assertThat(bot.waitFor(10, TimeUnit.SECONDS)).as("ends within 10 s of SIGTERM").isTrue();
    }
    int total = Arrays.stream(asked).sum();
    System.out.printf(
        "killed %d times under load: %d questions in %d chats, 0 lost, %d repeated%n",
        KILLS, total, CHATS, repeats);
  }

  private void ask(int chat) {
    int number = ++asked[chat];
    telegram.raw(
        """
        {"callback_query": {"id": "q%1$d-%2$d", "data": "q0", "chat_instance": "i",
         "from": {"id": %1$d, "is_bot": false, "first_name": "Camille"},
         "message": {"message_id": 1, "date": 1, "text": "x", "chat": {"id": %1$d, "type": "private"},
          "reply_markup": {"inline_keyboard": [[{"text": "Combien coûte une VAE, cas %2$d ?", "callback_data": "q0"}]]}}}}
        """
            .formatted(chat, number));
  }

  /** Waits until some more replies have come, so that the kill falls anywhere in the work. */
  private void awaitSome(int before, int more, Process bot, int confirmed) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (sent() < before + more) {
      assertThat(bot.isAlive()).isTrue();
      assertThat(System.nanoTime()).as("confirmed since %d", confirmed).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private int sent() {
    int sent = 0;
    for (int chat = 1; chat <= CHATS; chat++) {
      sent += telegram.sent(chat).size();
    }
    return sent;
  }

  /** Returns how many replies were sent twice. */
  private int assertAllAnsweredInOrder(int chat) {
    List<Sent> sent =
        telegram.awaitSent(
            chat, replies -> numbers(replies).contains(asked[chat]) || asked[chat] == 0, PATIENCE);
    List<Integer> numbers = numbers(sent);
    List<Integer> first = numbers.stream().distinct().toList();
    List<Integer> expected = new ArrayList<>();
    for (int number = 1; number <= asked[chat]; number++) {
      expected.add(number);
    }
    assertThat(first).as("chat %d", chat).isEqualTo(expected);
    int repeats = numbers.size() - first.size();
    assertThat(repeats).as("one at most for each kill").isLessThanOrEqualTo(KILLS);
    assertThat(numbers).as("a repeat follows at once").isSorted();
    return repeats;
  }

  private static List<Integer> numbers(List<Sent> sent) {
    return sent.stream()
        .map(reply -> NUMBER.matcher(reply.text()))
        .filter(Matcher::find)
        .map(found -> Integer.valueOf(found.group(1)))
        .toList();
  }

  private Process start() throws IOException {
    return BotProcess.start(telegram, folder);
  }
}
