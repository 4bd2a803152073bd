package fr.jalon.bot;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What the outside world sets, read once.
 *
 * @param home the project's folder, which holds {@code knowledge/} and {@code var/}
 * @param index where snapshots are published, unless a command says otherwise
 * @param terminal whether a person reads stderr on a terminal
 * @param clock the time
 */
record Settings(Path home, Path index, boolean terminal, Clock clock) {
  static Settings of(Map<String, String> environment, String home, boolean terminal, Clock clock) {
    Path folder = Path.of(home).toAbsolutePath().normalize();
    String index = environment.getOrDefault("JALON_INDEX", "");
    return new Settings(
        folder, index.isBlank() ? folder.resolve("var/index") : Path.of(index), terminal, clock);
  }

  Path knowledge() {
    return home.resolve("knowledge");
  }
}
