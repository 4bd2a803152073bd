package fr.jalon.bot.telegram;

import fr.jalon.bot.conversation.Intent;
import fr.jalon.bot.conversation.Intent.Topic;
import fr.jalon.bot.conversation.Reply;
import fr.jalon.bot.conversation.Talk;
import fr.jalon.bot.conversation.Talk.Said;
import fr.jalon.bot.conversation.Wording;
import fr.jalon.bot.store.Forgotten;
import fr.jalon.bot.store.Incoming;
import fr.jalon.bot.store.Outgoing;
import fr.jalon.bot.store.Store;
import fr.jalon.bot.store.StoreException;
import fr.jalon.bot.telegram.BotApiException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what the store holds of each chat, and sends it. Thread-safe. */
final class Chats {
  private static final Logger LOG = LoggerFactory.getLogger(Chats.class);
  private static final Duration SOON = Duration.ofMillis(400);

  private final BotApi api;
  private final Store store;
  private final Talk talk;
  private final Wording wording;
  private final Pause pause;
  private final Lanes lanes = new Lanes(this::work);
  private final Semaphore answering =
      new Semaphore(2 * Runtime.getRuntime().availableProcessors(), true);
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  Chats(BotApi api, Store store, Talk talk, Wording wording, Pause pause) {
    this.api = api;
    this.store = store;
    this.talk = talk;
    this.wording = wording;
    this.pause = pause;
  }

  /** Has what a chat waits for answered and sent. */
  void wake(long chat) {
    lanes.wake(chat);
  }

  /**
   * Begins nothing more, and ends what is begun.
   *
   * @return whether it ended in time; what did not is in the store
   */
  boolean stop(Duration patience) throws InterruptedException {
    stopping = true;
    waiting.forEach(Thread::interrupt);
    return lanes.close(patience);
  }

  private void work(long chat) {
    Backoff backoff = new Backoff();
    try {
      while (true) {
        try {
          if (!step(chat, backoff)) {
            return;
          }
        } catch (StoreException e) {
          LOG.error("the store failed: {}", e.getMessage());
          await(backoff.after());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends the oldest reply of a chat, or answers its oldest message; false when it has none. */
  private boolean step(long chat, Backoff backoff) throws InterruptedException {
    Optional<Outgoing> reply = store.toSend(chat);
    if (reply.isPresent()) {
      send(reply.get(), backoff);
      return true;
    }
    Optional<Incoming> message = stopping ? Optional.empty() : store.next(chat);
    message.ifPresent(this::answer);
    return message.isPresent();
  }

  /** Waits, unless it is time to stop: what waits is in the store. */
  private void await(Duration duration) throws InterruptedException {
    waiting.add(Thread.currentThread());
    try {
      if (stopping) {
        throw new InterruptedException();
      }
      pause.take(duration);
    } finally {
      waiting.remove(Thread.currentThread());
    }
  }

  private void send(Outgoing reply, Backoff backoff) throws InterruptedException {
    try {
      if (reply.text().isEmpty()) {
        api.delete(reply.chat(), reply.replaces());
        store.sent(reply, reply.replaces());
      } else {
        store.sent(reply, api.send(reply));
      }
      backoff.reset();
    } catch (BotApiException e) {
      switch (e.kind()) {
        case TOO_MANY, UNAVAILABLE, TOKEN, CONFLICT -> {
          LOG.warn("a reply waits: {}", e.getMessage());
          await(backoff.after(e));
        }
        case GONE -> {
          LOG.info("a person does not want to be written to any more");
          store.forget(reply.chat());
        }
        case DONE -> store.sent(reply, reply.replaces());
        case REJECTED -> rejected(reply, e);
      }
    }
  }

  /** What cannot replace a message is sent after it; what cannot be sent at all is given up. */
  private void rejected(Outgoing reply, BotApiException failure) throws InterruptedException {
    boolean replaces = reply.replaces() != 0 && !reply.text().isEmpty();
    if (replaces) {
      Outgoing anew =
          new Outgoing(
              reply.id(),
              reply.chat(),
              reply.question(),
              0,
              reply.text(),
              reply.links(),
              reply.buttons());
      send(anew, new Backoff());
    } else {
      LOG.error("a reply was refused and is given up: {}", failure.getMessage());
      store.dropped(reply);
    }
  }

  private void answer(Incoming message) {
    if (!message.callback().isEmpty()) {
      Thread.startVirtualThread(() -> quietly(() -> api.acknowledge(message.callback())));
    }
    Executor soon =
        CompletableFuture.delayedExecutor(
            SOON.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread);
    CompletableFuture<Void> typing =
        CompletableFuture.runAsync(() -> quietly(() -> api.typing(message.chat())), soon);
    answering.acquireUninterruptibly();
    try {
      Intent intent = Intent.of(message.text());
      if (intent instanceof Intent.Command command && command.topic() == Topic.FORGET) {
        store.forget(message, receipt -> receipt(message.chat(), receipt));
      } else {
        Said said = said(message, intent);
        store.answered(message, outgoing(message, said.reply()), said.turns());
      }
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      LOG.error("a message could not be answered: {}", e.getClass().getName());
      store.answered(message, outgoing(message, wording.unavailable()), List.of());
    } finally {
      answering.release();
      typing.cancel(false);
    }
  }

  /** Answers no message, so that nothing of the chat is kept once it is sent. */
  private Outgoing receipt(long chat, Forgotten forgotten) {
    Reply words =
        wording.forgotten(forgotten.turns(), forgotten.waiting(), forgotten.left(), forgotten.at());
    return new Outgoing(0, chat, 0, 0, words.text(), List.of(), List.of());
  }

  private Said said(Incoming message, Intent intent) {
    boolean tapped = !message.callback().isEmpty();
    if (tapped && intent instanceof Intent.Unreadable) {
      return new Said(wording.lostButton(), List.of());
    }
    Said said = talk.answer(intent, store.turns(message.chat(), message.message()));
    return tapped ? new Said(wording.tapped(message.text(), said.reply()), said.turns()) : said;
  }

  /** The messages of a reply; those of an edited question replace the earlier ones. */
  private List<Outgoing> outgoing(Incoming message, Reply reply) {
    List<Integer> earlier =
        message.edited() ? store.replies(message.chat(), message.message()) : List.of();
    List<Reply> pages = Pages.of(reply, Pages.LONGEST);
    List<Outgoing> messages = new ArrayList<>();
    for (int i = 0; i < Math.max(pages.size(), earlier.size()); i++) {
      int replaces = i < earlier.size() ? earlier.get(i) : 0;
      Reply page = i < pages.size() ? pages.get(i) : Reply.of("");
      messages.add(
          new Outgoing(
              0,
              message.chat(),
              message.message(),
              replaces,
              page.text(),
              page.links().stream()
                  .map(link ->
                      new Outgoing.Link(link.start(), link.end() - link.start(), link.url()))
                  .toList(),
              page.next()));
    }
    return messages;
  }

  private interface Call {
    void run() throws BotApiException;
  }

  /** For what a person can do without. */
  private static void quietly(Call call) {
    try {
      call.run();
    } catch (BotApiException e) {
      if (e.kind() == Kind.TOKEN) {
        LOG.warn("the token is refused");
      }
    }
  }
}
