package fr.jalon.bot.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.jalon.bot.question.Turn;
import fr.jalon.bot.question.Turn.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What people sent, what is to be sent to them, and the last turns of their conversations. Each
 * method is one transaction, on disk when it returns. Thread-safe.
 */
public final class Store implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_TURNS = 12;

  /** Messages of one chat kept before it is answered; what a person types meanwhile is a flood. */
  private static final int MOST_WAITING = 30;

  /** For as long as the Bot API keeps an update, twice. */
  private static final Duration SEEN = Duration.ofDays(2);

  private final Database database;
  private final Duration retention;
  private final InstantSource clock;

  private Store(Database database, Duration retention, InstantSource clock) {
    this.database = database;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * Opens a store.
   *
   * @param url {@code jdbc:sqlite:} and a file
   * @param retention how long the text of a turn is kept
   * @throws StoreException when it cannot be used
   */
  public static Store open(String url, Duration retention, InstantSource clock) {
    return new Store(Database.open(url), retention, clock);
  }

  /**
   * Looks at a store without changing it: how it is, in French; empty when there is none yet.
   *
   * @throws StoreException when it is damaged
   */
  public static Optional<String> check(String url) {
    return Database.check(url);
  }

  /**
   * What became of messages.
   *
   * @param chats the chats that have a new message to answer
   * @param overflowing the chats of which more were waiting than are kept
   */
  public record Accepted(Set<Long> chats, Set<Long> overflowing) {}

  /** Stores what was not seen yet, as long as few messages of its chat wait. */
  public Accepted accept(List<Incoming> messages) {
    return database.inTransaction(rows -> {
      Accepted accepted = new Accepted(new LinkedHashSet<>(), new LinkedHashSet<>());
      for (Incoming message : messages) {
        if (rows.update("INSERT OR IGNORE INTO seen VALUES (?, ?)", message.updateId(), now())
            == 1) {
          int waiting = rows.number("SELECT count(*) FROM inbox WHERE chat = ?", message.chat());
          if (waiting < MOST_WAITING) {
            insert(rows, message);
            accepted.chats().add(message.chat());
          } else {
            accepted.overflowing().add(message.chat());
          }
        }
      }
      return accepted;
    });
  }

  /** Has a message sent that answers none. */
  public void say(Outgoing message) {
    database.inTransaction(rows -> insert(rows, message));
  }

  private int insert(Database rows, Incoming message) throws SQLException {
    return rows.update(
        "INSERT INTO inbox (update_id, chat, message, edited, callback, text, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        message.updateId(),
        message.chat(),
        message.message(),
        message.edited() ? 1 : 0,
        message.callback(),
        message.text(),
        now());
  }

  private int insert(Database rows, Outgoing message) throws SQLException {
    return rows.update(
        "INSERT INTO outbox (chat, question, replaces, text, links, buttons, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        message.chat(),
        message.question(),
        message.replaces(),
        message.text(),
        json(message.links()),
        json(message.buttons()),
        now());
  }

  /** The oldest message of a chat that is not answered. */
  public Optional<Incoming> next(long chat) {
    return database.inTransaction(rows ->
        rows
            .query("SELECT * FROM inbox WHERE chat = ? ORDER BY id LIMIT 1", Store::incoming, chat)
            .stream()
            .findFirst());
  }

  /**
   * Replaces a message by what answers it.
   *
   * @param replies what to send, in order
   * @param said what to remember, in order
   */
  public void answered(Incoming message, List<Outgoing> replies, List<Turn> said) {
    database.inTransaction(rows -> {
      rows.update("DELETE FROM inbox WHERE update_id = ?", message.updateId());
      if (message.edited()) {
        rows.update(
            "DELETE FROM turns WHERE chat = ? AND message = ?", message.chat(), message.message());
      }
      for (Outgoing reply : replies) {
        insert(rows, reply);
      }
      for (Turn turn : said) {
        rows.update(
            "INSERT INTO turns (chat, message, role, text, at) VALUES (?, ?, ?, ?, ?)",
            message.chat(),
            message.message(),
            turn.role().name(),
            turn.content(),
            now());
      }
      return rows.update(
          "DELETE FROM turns WHERE chat = ? AND id NOT IN (SELECT id FROM turns WHERE chat = ? ORDER BY id DESC LIMIT ?)",
          message.chat(),
          message.chat(),
          MOST_TURNS);
    });
  }

  /** The oldest message to send to a chat. */
  public Optional<Outgoing> toSend(long chat) {
    return database.inTransaction(rows ->
        rows
            .query("SELECT * FROM outbox WHERE chat = ? ORDER BY id LIMIT 1", Store::outgoing, chat)
            .stream()
            .findFirst());
  }

  /**
   * Marks a message as sent, one without text as taken back.
   *
   * @param message its number in the chat; 0 when unknown
   */
  public void sent(Outgoing reply, int message) {
    database.inTransaction(rows -> {
      rows.update("DELETE FROM outbox WHERE id = ?", reply.id());
      if (reply.question() == 0 || message == 0) {
        return 0;
      }
      return reply.text().isEmpty()
          ? rows.update("DELETE FROM replies WHERE chat = ? AND message = ?", reply.chat(), message)
          : rows.update(
              "INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?)",
              reply.chat(),
              reply.question(),
              message,
              now());
    });
  }

  /** Gives up a message that its channel refuses. */
  public void dropped(Outgoing reply) {
    database.inTransaction(rows -> rows.update("DELETE FROM outbox WHERE id = ?", reply.id()));
  }

  /** The numbers of the messages that answered another, in order; possibly none. */
  public List<Integer> replies(long chat, int question) {
    return database.inTransaction(rows ->
        rows.query(
            "SELECT message FROM replies WHERE chat = ? AND question = ? ORDER BY message",
            row -> row.getInt(1),
            chat,
            question));
  }

  /**
   * The last turns of a chat that are kept, oldest first.
   *
   * @param before only those before the turns of this message, when it has some; 0 for all
   */
  public List<Turn> turns(long chat, int before) {
    return database.inTransaction(rows -> {
      List<Turn> turns =
          new ArrayList<>(
              rows.query(
                  """
                  SELECT role, text FROM turns
                  WHERE chat = ?1 AND at > ?2 AND id < coalesce(
                    (SELECT min(id) FROM turns WHERE chat = ?1 AND message = ?3 AND message <> 0), 1 << 62)
                  ORDER BY id DESC LIMIT ?4
                  """,
                  row -> new Turn(Role.valueOf(row.getString(1)), row.getString(2)),
                  chat,
                  clock.instant().minus(retention).getEpochSecond(),
                  before,
                  MOST_TURNS));
      Collections.reverse(turns);
      return turns;
    });
  }

  /** The chats that have a message to answer or to be sent. */
  public Set<Long> waiting() {
    return database.inTransaction(rows ->
        new LinkedHashSet<>(
            rows.query(
                "SELECT chat FROM outbox UNION SELECT chat FROM inbox", row -> row.getLong(1))));
  }

  /** How many messages are not answered yet. */
  public int backlog() {
    return database.inTransaction(rows -> rows.number("SELECT count(*) FROM inbox"));
  }

  /** Erases all of a chat, from the disk too. */
  public void forget(long chat) {
    database.inTransaction(rows -> erase(rows, chat, 0));
    database.checkpoint();
  }

  /**
   * Erases all of a chat, from the disk too, and has a receipt sent.
   *
   * @param order the message that asks for it
   * @param receipt words what was erased
   */
  public void forget(Incoming order, Function<Forgotten, Outgoing> receipt) {
    database.inTransaction(rows -> {
      Forgotten forgotten = erase(rows, order.chat(), order.updateId());
      return insert(rows, receipt.apply(forgotten));
    });
    database.checkpoint();
  }

  /**
   * Erases all of a chat.
   *
   * @param order the update that asks for it, which is not counted; 0 for none
   */
  private Forgotten erase(Database rows, long chat, long order) throws SQLException {
    rows.update("DELETE FROM inbox WHERE update_id = ?", order);
    int turns = rows.update("DELETE FROM turns WHERE chat = ?", chat);
    int waiting =
        rows.update("DELETE FROM inbox WHERE chat = ?", chat)
            + rows.update("DELETE FROM outbox WHERE chat = ?", chat);
    rows.update("DELETE FROM replies WHERE chat = ?", chat);
    return new Forgotten(turns, waiting, rowsOf(rows, chat), clock.instant());
  }

  /** Erases what is older than is kept, answered and sent or not; returns how many turns. */
  public int purge() {
    Instant now = clock.instant();
    int turns =
        database.inTransaction(rows -> {
          rows.update("DELETE FROM seen WHERE at <= ?", now.minus(SEEN).getEpochSecond());
          long oldest = now.minus(retention).getEpochSecond();
          rows.update("DELETE FROM replies WHERE at <= ?", oldest);
          rows.update("DELETE FROM inbox WHERE at <= ?", oldest);
          rows.update("DELETE FROM outbox WHERE at <= ?", oldest);
          return rows.update("DELETE FROM turns WHERE at <= ?", oldest);
        });
    database.checkpoint();
    return turns;
  }

  @Override
  public void close() {
    database.close();
  }

  private static int rowsOf(Database rows, long chat) throws SQLException {
    return rows.number(
        """
        SELECT (SELECT count(*) FROM inbox WHERE chat = ?1) + (SELECT count(*) FROM outbox WHERE chat = ?1)
             + (SELECT count(*) FROM turns WHERE chat = ?1) + (SELECT count(*) FROM replies WHERE chat = ?1)
        """,
        chat);
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private static Incoming incoming(ResultSet row) throws SQLException {
    return new Incoming(
        row.getLong("update_id"),
        row.getLong("chat"),
        row.getInt("message"),
        row.getInt("edited") == 1,
        row.getString("callback"),
        row.getString("text"));
  }

  private static Outgoing outgoing(ResultSet row) throws SQLException {
    return new Outgoing(
        row.getLong("id"),
        row.getLong("chat"),
        row.getInt("question"),
        row.getInt("replaces"),
        row.getString("text"),
        read(row.getString("links"), new TypeReference<List<Outgoing.Link>>() {}),
        read(row.getString("buttons"), new TypeReference<List<String>>() {}));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new StoreException("message illisible dans la base ; lancez « jalon doctor »", e);
    }
  }
}
