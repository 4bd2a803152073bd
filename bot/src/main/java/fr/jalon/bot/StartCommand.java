package fr.jalon.bot;

import fr.jalon.bot.conversation.Serving;
import fr.jalon.bot.conversation.Talk;
import fr.jalon.bot.conversation.Wording;
import fr.jalon.bot.store.Store;
import fr.jalon.bot.telegram.TelegramDoor;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** {@code jalon start}: Telegram when there is a token, else a conversation in the terminal. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description =
        "Ouvre Jalon : sur Telegram avec TELEGRAM_BOT_TOKEN, sinon la conversation dans le terminal.")
final class StartCommand extends ChatCommand {
  @Override
  public Integer call() throws IOException {
    Settings settings = index.settings;
    return settings.telegram().isPresent()
        ? serve(settings, settings.telegram().get())
        : super.call();
  }

  private int serve(Settings settings, Settings.Telegram telegram) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    index.open(err).close();
    Serving serving = new Serving(index.directory());
    Wording wording = new Wording(settings.operator(), settings.clock().getZone());
    Store store = Store.open(settings.databaseUrl(), settings.retention(), settings.clock());
    TelegramDoor door =
        new TelegramDoor(
            telegram.api(),
            telegram.token().value(),
            new Talk(serving, wording),
            wording,
            store,
            settings.clock(),
            message -> err.println("jalon : " + message));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              try {
                door.close();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              store.close();
              serving.close();
              stopped.countDown();
            }));
    door.start();
    spec.commandLine().getOut().println("Jalon répond sur Telegram. Ctrl-C l'arrête.");
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }
}
