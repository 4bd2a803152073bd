package fr.jalon.bot.telegram;

import fr.jalon.bot.conversation.Intent.Topic;
import fr.jalon.bot.conversation.Talk;
import fr.jalon.bot.conversation.Wording;
import fr.jalon.bot.store.Incoming;
import fr.jalon.bot.store.Outgoing;
import fr.jalon.bot.store.Store;
import fr.jalon.bot.store.StoreException;
import fr.jalon.bot.telegram.BotApi.Received;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.commands.BotCommand;

/**
 * Answers people on Telegram. Updates are asked for by long polling, or received at a web address;
 * either way one is acknowledged, by the next poll or by 200, only once it is stored.
 */
public final class TelegramDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TelegramDoor.class);
  private static final Duration POLL = Duration.ofSeconds(25);
  private static final Duration DRAIN = Duration.ofSeconds(8);

  /** After a longer silence of the polling, it is begun anew. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(3);

  private static final Duration ROOM = Duration.ofMillis(200);

  /** Messages to answer above which no more are asked for. */
  private static final int MOST_WAITING = 2_000;

  /**
   * Where Telegram sends updates.
   *
   * @param url the public address, https
   * @param secret what Telegram proves itself by
   */
  public record Webhook(URI url, String secret) {
    @Override
    public String toString() {
      return url.toString();
    }
  }

  private final BotApi api;
  private final Optional<Webhook> webhook;
  private final Store store;
  private final Wording wording;
  private final InstantSource clock;
  private final Pause pause;
  private final Consumer<String> operator;
  private final Chats chats;
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("keeper").daemon().factory());
  private final Set<Long> warned = ConcurrentHashMap.newKeySet();
  private final Set<Long> flooding = new HashSet<>();
  private final Set<BotApiException.Kind> told = new HashSet<>();
  private volatile @Nullable UpdateReader reader;
  private volatile Instant lastSign;
  private volatile boolean stopping;
  private volatile Thread poller = new Thread();
  private @Nullable ScheduledFuture<?> keeping;

  /**
   * Answers for a bot; nothing is called before {@link #start}.
   *
   * @param server the Bot API: scheme, host and port
   * @param webhook where updates are sent; empty to ask for them
   * @param operator hears what an operator must mend, in French
   */
  public TelegramDoor(
      URI server,
      String token,
      Optional<Webhook> webhook,
      Talk talk,
      Wording wording,
      Store store,
      InstantSource clock,
      Consumer<String> operator) {
    this(server, token, webhook, talk, wording, store, clock, operator, Thread::sleep);
  }

  TelegramDoor(
      URI server,
      String token,
      Optional<Webhook> webhook,
      Talk talk,
      Wording wording,
      Store store,
      InstantSource clock,
      Consumer<String> operator,
      Pause pause) {
    this.webhook = webhook;
    this.store = store;
    this.wording = wording;
    this.clock = clock;
    this.operator = operator;
    this.pause = pause;
    api = new BotApi(server, token, POLL);
    chats = new Chats(api, store, talk, wording, pause);
    lastSign = clock.instant();
  }

  /**
   * What became of a first call.
   *
   * @param text in French, with the mend when it does not answer
   */
  public record Check(boolean answers, String text) {}

  /** Asks a server who a token is for; changes nothing. */
  public static Check check(URI server, String token) {
    try (BotApi api = new BotApi(server, token, POLL)) {
      return new Check(true, "le bot @" + api.name() + " répond");
    } catch (BotApiException e) {
      return new Check(
          false,
          e.kind() == BotApiException.Kind.TOKEN
              ? "le jeton est refusé ; vérifiez TELEGRAM_BOT_TOKEN auprès de @BotFather"
              : "le serveur ne répond pas ; vérifiez le réseau et TELEGRAM_API_URL");
    }
  }

  /** Begins to answer, what waited first; returns at once. */
  public void start() {
    store.waiting().forEach(chats::wake);
    startPolling();
    keeping = keeper.scheduleWithFixedDelay(this::keep, 1, 1, TimeUnit.MINUTES);
  }

  /** Stops asking for updates, ends what is begun within 10 s; the rest is in the store. */
  @Override
  public void close() throws InterruptedException {
    stopping = true;
    if (keeping != null) {
      keeping.cancel(false);
    }
    keeper.shutdownNow();
    poller.interrupt();
    if (!chats.stop(DRAIN)) {
      LOG.info("some chats are left for the next start");
    }
    api.close();
  }

  private void startPolling() {
    Thread next = Thread.ofPlatform().name("telegram").daemon().unstarted(this::poll);
    poller = next;
    next.start();
  }

  private void poll() {
    Backoff backoff = new Backoff();
    long from = 0;
    while (!stopping && Thread.currentThread() == poller) {
      try {
        try {
          lastSign = clock.instant();
          if (reader == null) {
            reader = new UpdateReader(introduced());
          }
          if (webhook.isPresent()) {
            return;
          }
          while (store.backlog() > MOST_WAITING && !stopping) {
            lastSign = clock.instant();
            pause.take(ROOM);
          }
          List<Received> received = api.updates(from, POLL);
          accept(received);
          for (Received update : received) {
            from = Math.max(from, update.id() + 1);
          }
          backoff.reset();
          told.clear();
        } catch (BotApiException e) {
          if (stopping) {
            return;
          }
          tell(e);
          Duration wait = backoff.after(e);
          lastSign = clock.instant().plus(wait);
          pause.take(wait);
        } catch (StoreException e) {
          LOG.error("updates cannot be stored: {}", e.getMessage());
          pause.take(backoff.after());
        } catch (RuntimeException | Error e) {
          LOG.error("polling failed: {}", e.getClass().getName());
          pause.take(backoff.after());
        }
      } catch (InterruptedException e) {
        if (stopping) {
          return;
        }
      }
    }
  }

  /** Shows commands and description; returns the name of the bot. */
  private String introduced() throws BotApiException {
    String name = api.name();
    if (webhook.isPresent()) {
      api.hook(webhook.get().url(), webhook.get().secret());
    } else {
      api.poll();
    }
    try {
      api.introduce(
          Arrays.stream(Topic.values())
              .map(topic -> new BotCommand(topic.word(), wording.command(topic)))
              .toList(),
          wording.description());
    } catch (BotApiException e) {
      LOG.warn("commands are not shown: {}", e.getMessage());
    }
    return name;
  }

  /**
   * Takes an update that was sent to the web address.
   *
   * @param secret what came with it, null when nothing did
   * @return the HTTP status to answer with: 200 once it is stored, 403 for another sender, 503 to
   *     have it sent again
   */
  public int receive(@Nullable String secret, byte[] update) {
    if (webhook.isEmpty() || !isSecret(webhook.get(), secret)) {
      return 403;
    }
    if (reader == null || stopping) {
      return 503;
    }
    try {
      if (store.backlog() > MOST_WAITING) {
        return 503;
      }
      accept(List.of(BotApi.read(update)));
      return 200;
    } catch (StoreException e) {
      LOG.error("an update cannot be stored: {}", e.getMessage());
      return 503;
    }
  }

  /** In a time that does not tell how much of it is right. */
  private static boolean isSecret(Webhook webhook, @Nullable String secret) {
    return secret != null
        && MessageDigest.isEqual(
            secret.getBytes(StandardCharsets.UTF_8),
            webhook.secret().getBytes(StandardCharsets.UTF_8));
  }

  private void accept(List<Received> received) {
    UpdateReader reader = Objects.requireNonNull(this.reader);
    List<Incoming> messages = new ArrayList<>();
    List<Long> gone = new ArrayList<>();
    for (Received update : received) {
      try {
        if (update.update().isEmpty()) {
          LOG.warn("update {} cannot be read and is passed over", update.id());
        }
        update.update().flatMap(reader::read).ifPresent(messages::add);
        update.update().flatMap(reader::gone).ifPresent(gone::add);
      } catch (RuntimeException | Error e) {
        LOG.warn("update {} is passed over: {}", update.id(), e.getClass().getName());
      }
    }
    try {
      store(messages, gone);
    } catch (StoreException e) {
      messages.stream().map(Incoming::chat).filter(warned::add).forEach(this::apologise);
      throw e;
    }
  }

  private synchronized void store(List<Incoming> messages, List<Long> gone) {
    gone.forEach(store::forget);
    Store.Accepted accepted = store.accept(messages);
    accepted.chats().forEach(chats::wake);
    accepted.overflowing().stream().filter(flooding::add).forEach(this::slowDown);
    flooding.removeIf(
        chat -> accepted.chats().contains(chat) && !accepted.overflowing().contains(chat));
    warned.clear();
  }

  /** Once for each flood. */
  private void slowDown(long chat) {
    store.say(new Outgoing(0, chat, 0, 0, wording.tooMany().text(), List.of(), List.of()));
    chats.wake(chat);
  }

  /** Once for each chat of an outage: nothing can be stored, nor marked as sent. */
  private void apologise(long chat) {
    try {
      api.send(new Outgoing(0, chat, 0, 0, wording.unavailable().text(), List.of(), List.of()));
    } catch (BotApiException e) {
      LOG.warn("a person could not be told of the outage: {}", e.getMessage());
    }
  }

  /** Tells the operator once what only an operator can mend. */
  private void tell(BotApiException failure) {
    LOG.warn("{}", failure.getMessage());
    if (!told.add(failure.kind())) {
      return;
    }
    switch (failure.kind()) {
      case TOKEN ->
          operator.accept(
              "Telegram refuse le jeton : vérifiez TELEGRAM_BOT_TOKEN auprès de @BotFather, puis relancez.");
      case CONFLICT ->
          operator.accept(
              "un autre programme lit déjà les messages de ce bot (ou un webhook est posé) : arrêtez-le ; Jalon réessaie.");
      case UNAVAILABLE ->
          operator.accept("Telegram ne répond pas ; Jalon réessaie, aucun message n'est perdu.");
      case TOO_MANY, GONE, REJECTED, DONE -> {}
    }
  }

  /** Each part whatever becomes of the other; a chat that stalled is woken. */
  private void keep() {
    safely(() -> {
      if (webhook.isEmpty()
          && lastSign.plus(LONGEST_SILENCE).isBefore(clock.instant())
          && !stopping) {
        LOG.error("polling is silent: it is begun anew");
        Thread silent = poller;
        startPolling();
        silent.interrupt();
      }
    });
    safely(() -> {
      store.purge();
      store.waiting().forEach(chats::wake);
    });
  }

  private static void safely(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      LOG.error("housekeeping failed: {}", e.getClass().getName());
    }
  }
}
