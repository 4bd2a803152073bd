package fr.jalon.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static Settings of(Map<String, String> environment) {
    return Settings.of(environment, "/home/jalon", false, Clock.systemUTC());
  }

  @Test
  void hasADefaultForEverything() {
    Settings settings = of(Map.of());
    assertThat(settings.telegram()).isEmpty();
    assertThat(settings.databaseUrl()).isEqualTo("jdbc:sqlite:/home/jalon/var/jalon.db");
    assertThat(settings.retention()).isEqualTo(Duration.ofDays(1));
    assertThat(settings.operator()).isEmpty();
  }

  @Test
  void readsABotAndNeverShowsItsToken() {
    Settings settings =
        of(
            Map.of(
                "TELEGRAM_BOT_TOKEN", "123:abc-DEF", "TELEGRAM_API_URL", "http://127.0.0.1:8081/"));
    Settings.Telegram telegram = settings.telegram().orElseThrow();
    assertThat(telegram.api()).isEqualTo(URI.create("http://127.0.0.1:8081"));
    assertThat(telegram.token().value()).isEqualTo("123:abc-DEF");
    assertThat(settings.toString()).doesNotContain("abc-DEF");
  }

  @Test
  void neverShowsTheSecretOfAWebhook() {
    Settings settings =
        of(
            Map.of(
                "TELEGRAM_BOT_TOKEN", "1:a",
                "JALON_WEBHOOK_URL", "https://jalon.example.org/bot",
                "JALON_WEBHOOK_SECRET", "sixteen-or-more-characters"));
    assertThat(settings.telegram().orElseThrow().webhook()).isPresent();
    assertThat(settings.toString()).doesNotContain("sixteen");
  }

  @Test
  void asksForTheSecretOfAWebhook() {
    Map<String, String> without =
        Map.of("TELEGRAM_BOT_TOKEN", "1:a", "JALON_WEBHOOK_URL", "https://jalon.example.org/bot");
    assertThat(catchThrowableOfType(Settings.MistakenException.class, () -> of(without)).mistakes())
        .singleElement()
        .asString()
        .contains("JALON_WEBHOOK_SECRET");
  }

  @Test
  void areAllInTheReadme() throws IOException {
    assertThat(names("../README.md")).isEqualTo(names("src/main/java/fr/jalon/bot/Settings.java"));
  }

  private static Set<String> names(String file) throws IOException {
    return Pattern.compile("(?:JALON|TELEGRAM)_[A-Z_]+")
        .matcher(Files.readString(Path.of(file)))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void reportsAllMistakesTogether() {
    Settings.MistakenException mistaken =
        catchThrowableOfType(
            Settings.MistakenException.class,
            () ->
                of(
                    Map.of(
                        "TELEGRAM_BOT_TOKEN", "mon jeton secret",
                        "TELEGRAM_API_URL", "https://a.fr/bot",
                        "JALON_DATABASE_URL", "jdbc:h2:x",
                        "JALON_RETENTION", "2 jours")));
    assertThat(mistaken.mistakes()).hasSize(4);
    assertThat(mistaken.getMessage()).doesNotContain("mon jeton secret");
  }
}
