package fr.jalon.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Sessions sessions = new Sessions(now::get, new Random(7));

  private void passes(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  @Test
  void dropsTheLongestIdleWhenThereAreTooMany() {
    List<String> ids = Stream.generate(() -> sessions.open().id()).limit(Sessions.MOST).toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(sessions.find(ids.get(0))).isPresent();
    String newest = sessions.open().id();
    assertThat(sessions.size()).isEqualTo(Sessions.MOST);
    assertThat(sessions.find(ids.get(0))).isPresent();
    assertThat(sessions.find(ids.get(1))).isEmpty();
    assertThat(sessions.find(newest)).isPresent();
  }

  @Test
  void dropsTheIdleThoughNobodyComes() {
    String first = sessions.open().id();
    passes(Duration.ofMinutes(20));
    sessions.open();
    sessions.find(first);
    passes(Duration.ofMinutes(20));
    sessions.open();
    sessions.purge();
    assertThat(sessions.size()).isEqualTo(3);
    passes(Duration.ofMinutes(10));
    sessions.purge();
    assertThat(sessions.size()).isEqualTo(1);
  }
}
