package fr.jalon.bot;

import fr.jalon.bot.telegram.TelegramDoor.Webhook;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the outside world sets, read once.
 *
 * @param home the project's folder, which holds {@code knowledge/} and {@code var/}
 * @param index where snapshots are published, unless a command says otherwise
 * @param telegram the bot to answer as; empty without a token
 * @param webAddress where the page is served
 * @param databaseUrl where what people send is kept
 * @param retention how long the text of a turn is kept, 1 h to 30 days
 * @param operator who runs this Jalon; empty when not said
 * @param terminal whether a person reads stderr on a terminal
 * @param clock the time
 */
record Settings(
    Path home,
    Path index,
    Optional<Telegram> telegram,
    InetSocketAddress webAddress,
    String databaseUrl,
    Duration retention,
    String operator,
    boolean terminal,
    Clock clock) {
  private static final Pattern TOKEN = Pattern.compile("[0-9]+:[A-Za-z0-9_-]+");
  private static final Pattern HOURS = Pattern.compile("([0-9]{1,3})h");
  private static final int MOST_HOURS = 720;
  private static final Pattern ADDRESS = Pattern.compile("\\[?([A-Za-z0-9.:-]+?)\\]?:([0-9]{1,5})");
  private static final int MOST_PORT = 65_535;
  private static final Pattern WEBHOOK =
      Pattern.compile("https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9_-]+)+");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{16,256}");

  /**
   * A bot of Telegram.
   *
   * @param api the Bot API server: scheme, host and port
   * @param webhook where it sends updates; empty to ask for them
   */
  record Telegram(Secret token, URI api, Optional<Webhook> webhook) {}

  /** Settings that cannot be used, all of them. */
  static final class MistakenException extends RuntimeException {
    private final List<String> mistakes;

    private MistakenException(List<String> mistakes) {
      super(String.join(" ; ", mistakes));
      this.mistakes = List.copyOf(mistakes);
    }

    /** A line in French for each. */
    List<String> mistakes() {
      return mistakes;
    }
  }

  /**
   * Reads the environment.
   *
   * @throws MistakenException when a variable has a value that cannot be used
   */
  static Settings of(Map<String, String> environment, String home, boolean terminal, Clock clock) {
    Path folder = Path.of(home).toAbsolutePath().normalize();
    List<String> mistakes = new ArrayList<>();
    String index = value(environment, "JALON_INDEX");
    String database = value(environment, "JALON_DATABASE_URL");
    if (!database.isEmpty() && !database.startsWith("jdbc:sqlite:")) {
      mistakes.add("JALON_DATABASE_URL attend « jdbc:sqlite:FICHIER »");
    }
    Settings settings =
        new Settings(
            folder,
            index.isEmpty() ? folder.resolve("var/index") : Path.of(index),
            telegram(environment, mistakes),
            webAddress(value(environment, "JALON_WEB_ADDRESS"), mistakes),
            database.isEmpty() ? "jdbc:sqlite:" + folder.resolve("var/jalon.db") : database,
            retention(value(environment, "JALON_RETENTION"), mistakes),
            value(environment, "JALON_OPERATOR"),
            terminal,
            clock);
    if (!mistakes.isEmpty()) {
      throw new MistakenException(mistakes);
    }
    return settings;
  }

  Path knowledge() {
    return home.resolve("knowledge");
  }

  private static Optional<Telegram> telegram(
      Map<String, String> environment, List<String> mistakes) {
    String token = value(environment, "TELEGRAM_BOT_TOKEN");
    String server = value(environment, "TELEGRAM_API_URL");
    URI api = URI.create("https://api.telegram.org");
    if (!server.isEmpty()) {
      try {
        api = new URI(server.endsWith("/") ? server.substring(0, server.length() - 1) : server);
      } catch (URISyntaxException e) {
        api = URI.create("");
      }
      boolean plain = String.valueOf(api.getPath()).isEmpty() && api.getHost() != null;
      if (!plain || !List.of("http", "https").contains(api.getScheme())) {
        mistakes.add(
            "TELEGRAM_API_URL attend une adresse sans chemin, comme « https://api.telegram.org »");
      }
    }
    if (!token.isEmpty() && !TOKEN.matcher(token).matches()) {
      mistakes.add(
          "TELEGRAM_BOT_TOKEN n'a pas la forme d'un jeton : copiez celui que donne @BotFather");
    }
    Optional<Webhook> webhook = webhook(environment, mistakes);
    return token.isEmpty()
        ? Optional.empty()
        : Optional.of(new Telegram(new Secret(token), api, webhook));
  }

  private static Optional<Webhook> webhook(Map<String, String> environment, List<String> mistakes) {
    String address = value(environment, "JALON_WEBHOOK_URL");
    String secret = value(environment, "JALON_WEBHOOK_SECRET");
    if (address.isEmpty()) {
      return Optional.empty();
    }
    if (!WEBHOOK.matcher(address).matches()) {
      mistakes.add(
          "JALON_WEBHOOK_URL attend une adresse https avec un chemin, comme « https://jalon.exemple.fr/telegram »");
      return Optional.empty();
    }
    if (!SECRET.matcher(secret).matches()) {
      mistakes.add(
          "JALON_WEBHOOK_URL demande JALON_WEBHOOK_SECRET : de 16 à 256 lettres, chiffres, « _ » ou « - »");
    }
    return Optional.of(new Webhook(URI.create(address), secret));
  }

  private static InetSocketAddress webAddress(String text, List<String> mistakes) {
    Matcher address = ADDRESS.matcher(text.isEmpty() ? "127.0.0.1:8080" : text);
    int port = address.matches() ? Integer.parseInt(address.group(2)) : MOST_PORT + 1;
    if (port > MOST_PORT) {
      mistakes.add("JALON_WEB_ADDRESS attend « ADRESSE:PORT », comme « 127.0.0.1:8080 »");
      return InetSocketAddress.createUnresolved("localhost", 0);
    }
    return InetSocketAddress.createUnresolved(address.group(1), port);
  }

  private static Duration retention(String text, List<String> mistakes) {
    if (text.isEmpty()) {
      return Duration.ofDays(1);
    }
    Matcher hours = HOURS.matcher(text);
    int number = hours.matches() ? Integer.parseInt(hours.group(1)) : 0;
    if (number < 1 || number > MOST_HOURS) {
      mistakes.add("JALON_RETENTION attend un nombre d'heures de 1h à 720h, comme « 24h »");
    }
    return Duration.ofHours(number);
  }

  private static String value(Map<String, String> environment, String name) {
    return environment.getOrDefault(name, "").strip();
  }
}
