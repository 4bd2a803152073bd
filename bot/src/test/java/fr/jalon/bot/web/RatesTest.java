package fr.jalon.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatesTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Rates rates = new Rates(now::get);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void neverGrantsMoreThanItsShareWhateverTheRhythm(long seed) {
    Random random = new Random(seed);
    int granted = 0;
    for (int i = 0; i < 5_000; i++) {
      now.updateAndGet(instant -> instant.plusMillis(random.nextInt(1_000)));
      if (rates.take("192.0.2.1").isZero()) {
        granted++;
      }
    }
    double minutes = Duration.between(Instant.EPOCH, now.get()).toMillis() / 60_000.0;
    assertThat(granted).isBetween((int) (20 * minutes), (int) (20 * minutes) + 21);
  }

  @Test
  void grantsAfterExactlyTheWaitItSaid() {
    Duration wait = Duration.ZERO;
    while (wait.isZero()) {
      wait = rates.take("192.0.2.1");
    }
    Duration said = wait;
    now.updateAndGet(instant -> instant.plus(said));
    assertThat(rates.take("192.0.2.1")).isZero();
  }

  @Test
  void isNotFooledByAClockSetBack() {
    rates.take("192.0.2.1");
    now.updateAndGet(instant -> instant.minusSeconds(3_600));
    assertThat(rates.take("192.0.2.1")).isZero();
  }

  @Test
  void forgetsAnAddressAMinuteAfterItsLastQuestion() {
    for (int i = 0; i < 40; i++) {
      rates.take("192.0.2.1");
    }
    rates.take("192.0.2.2");
    now.updateAndGet(instant -> instant.plus(Rates.PER));
    rates.purge();
    assertThat(rates.size()).isZero();
  }

  @Test
  void remembersABoundedNumberOfAddresses() {
    for (int i = 0; i < 10_500; i++) {
      rates.take("2001:db8:" + Integer.toHexString(i) + "::1");
    }
    assertThat(rates.size()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "2001:db8:1:2:3:4:5:6, 20010db800010002",
    "2001:db8:1:2::9, 20010db800010002",
    "not an address, not an address",
    ":::, :::"
  })
  void knowsTheNetworkOfAnAddress(String address, String network) {
    assertThat(Rates.network(address)).isEqualTo(network);
  }
}
