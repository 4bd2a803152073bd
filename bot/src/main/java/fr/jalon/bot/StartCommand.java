package fr.jalon.bot;

import fr.jalon.bot.conversation.Serving;
import fr.jalon.bot.conversation.Talk;
import fr.jalon.bot.conversation.Wording;
import fr.jalon.bot.store.Store;
import fr.jalon.bot.telegram.TelegramDoor;
import fr.jalon.bot.web.WebDoor;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jalon start}: the page always, Telegram when there is a token, until it is stopped. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Ouvre la page, et le bot de Telegram quand TELEGRAM_BOT_TOKEN est donné.")
final class StartCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(StartCommand.class);

  @Spec CommandSpec spec = CommandSpec.create();

  @SuppressWarnings("NullAway.Init") // picocli
  @Mixin
  IndexOption index;

  /** What is open, the last opened first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    CountDownLatch stopped = new CountDownLatch(1);
    Thread stop =
        new Thread(() -> {
          close();
          stopped.countDown();
        });
    try {
      Runtime.getRuntime().addShutdownHook(stop);
      open(out, err);
      stopped.await();
      return 0;
    } catch (BindException e) {
      err.println(
          "jalon : l'adresse "
              + e.getMessage()
              + " est prise ou n'est pas de cette machine ; donnez une autre JALON_WEB_ADDRESS");
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private void open(PrintWriter out, PrintWriter err) throws IOException {
    Settings settings = index.settings;
    index.open(err).close();
    Serving serving = opened(new Serving(index.directory()));
    Wording wording =
        new Wording(settings.operator(), settings.retention(), settings.clock().getZone());
    Talk talk = new Talk(serving, wording);
    Store store =
        opened(Store.open(settings.databaseUrl(), settings.retention(), settings.clock()));
    store.purge();
    WebDoor page = opened(new WebDoor(settings.webAddress(), talk, wording, settings.clock()));
    Optional<TelegramDoor> bot =
        settings.telegram().map(telegram -> bot(telegram, settings, talk, wording, store, err));
    bot.ifPresent(door -> receive(settings, page, door));
    page.start();
    out.printf(
        "Jalon répond sur http://%s:%d ; Ctrl-C l'arrête.%n",
        settings.webAddress().getHostString(), page.port());
    if (bot.isEmpty()) {
      err.println("jalon : pas de TELEGRAM_BOT_TOKEN, donc pas de bot Telegram");
    } else {
      opened(bot.get()).start();
      out.println("Jalon répond aussi sur Telegram.");
    }
  }

  private static TelegramDoor bot(
      Settings.Telegram telegram,
      Settings settings,
      Talk talk,
      Wording wording,
      Store store,
      PrintWriter err) {
    return new TelegramDoor(
        telegram.api(),
        telegram.token().value(),
        telegram.webhook(),
        talk,
        wording,
        store,
        settings.clock(),
        message -> err.println("jalon : " + message));
  }

  private static void receive(Settings settings, WebDoor page, TelegramDoor bot) {
    settings
        .telegram()
        .flatMap(Settings.Telegram::webhook)
        .ifPresent(hook ->
            page.receive(hook.url().getPath(), "X-Telegram-Bot-Api-Secret-Token", bot::receive));
  }

  private synchronized <T extends AutoCloseable> T opened(T door) {
    open.push(door);
    return door;
  }

  private synchronized void close() {
    for (AutoCloseable door : open) {
      try {
        door.close();
      } catch (Exception e) {
        LOG.warn("{} did not close: {}", door.getClass().getSimpleName(), e.getClass().getName());
      }
    }
    open.clear();
  }
}
