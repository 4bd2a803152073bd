package fr.jalon.bot;

import fr.jalon.bot.store.Store;
import fr.jalon.bot.store.StoreException;
import fr.jalon.bot.telegram.TelegramDoor;
import fr.jalon.knowledge.Manifest;
import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.UnreadableSnapshotException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jalon doctor}: what works, what does not, and how to mend it; changes nothing. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Vérifie l'index, la base, le disque, la page et le jeton, et dit quoi réparer.")
final class DoctorCommand implements Callable<Integer> {
  private static final long LEAST_FREE = 200L << 20;

  @Spec CommandSpec spec = CommandSpec.create();

  @SuppressWarnings("NullAway.Init") // picocli
  @Mixin
  IndexOption index;

  /** What was found of one thing. */
  private record Finding(boolean good, String text) {
    static Finding good(String text) {
      return new Finding(true, text);
    }

    static Finding bad(String text) {
      return new Finding(false, text);
    }
  }

  @Override
  public Integer call() {
    Settings settings = index.settings;
    List<Finding> findings =
        List.of(
            index(),
            database(settings),
            disk(settings),
            page(settings),
            telegram(settings),
            Finding.good("modèle de langue : aucun, les réponses sont des extraits"));
    PrintWriter out = spec.commandLine().getOut();
    findings.forEach(
        finding -> out.println((finding.good() ? "bon     " : "À VOIR  ") + finding.text()));
    return findings.stream().allMatch(Finding::good) ? 0 : 1;
  }

  private Finding index() {
    try (Snapshot snapshot = index.directory().open()) {
      Manifest manifest = snapshot.manifest();
      return Finding.good(
          "index : %s, %d guides, %d passages"
              .formatted(manifest.id(), manifest.guides(), manifest.passages()));
    } catch (UnreadableSnapshotException e) {
      return Finding.bad("index : " + e.getMessage());
    }
  }

  private static Finding database(Settings settings) {
    try {
      return Finding.good(
          "base : "
              + Store.check(settings.databaseUrl())
                  .orElse("pas encore créée, « jalon start » la crée"));
    } catch (StoreException e) {
      return Finding.bad("base : " + e.getMessage());
    }
  }

  private static Finding disk(Settings settings) {
    Path folder = settings.home();
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      String room = "%d Mo libres dans %s".formatted(free >> 20, folder);
      return free >= LEAST_FREE
          ? Finding.good("disque : " + room)
          : Finding.bad("disque : " + room + " ; libérez au moins 200 Mo");
    } catch (IOException e) {
      return Finding.bad("disque : " + folder + " est illisible ; vérifiez ses droits");
    }
  }

  private static Finding page(Settings settings) {
    InetSocketAddress asked = settings.webAddress();
    String place = asked.getHostString() + ":" + asked.getPort();
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(asked.getHostString(), asked.getPort()));
      return Finding.good("page : " + place + " est libre");
    } catch (IOException e) {
      return Finding.bad(
          "page : "
              + place
              + " est prise (par un Jalon en marche ?) ; sinon, donnez une autre JALON_WEB_ADDRESS");
    }
  }

  private static Finding telegram(Settings settings) {
    if (settings.telegram().isEmpty()) {
      return Finding.good("Telegram : pas de TELEGRAM_BOT_TOKEN, la page seule");
    }
    Settings.Telegram telegram = settings.telegram().get();
    TelegramDoor.Check check = TelegramDoor.check(telegram.api(), telegram.token().value());
    return new Finding(check.answers(), "Telegram : " + check.text());
  }
}
