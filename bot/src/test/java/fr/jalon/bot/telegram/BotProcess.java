package fr.jalon.bot.telegram;

import fr.jalon.bot.Main;
import java.io.IOException;
import java.nio.file.Path;

/** {@code jalon start} in a process of its own, with the launcher's memory. */
final class BotProcess {
  private BotProcess() {}

  /** Starts it on the shipped index, against a server, its database and output in a folder. */
  static Process start(FakeBotApi telegram, Path folder) throws IOException {
    ProcessBuilder start =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "start",
                "--index",
                Path.of("target", "shipped-index").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    start.environment().put("TELEGRAM_BOT_TOKEN", FakeBotApi.TOKEN);
    start.environment().put("TELEGRAM_API_URL", telegram.url().toString());
    start.environment().put("JALON_DATABASE_URL", "jdbc:sqlite:" + folder.resolve("jalon.db"));
    start.environment().put("JALON_WEB_ADDRESS", "127.0.0.1:0");
    return start.start();
  }
}
