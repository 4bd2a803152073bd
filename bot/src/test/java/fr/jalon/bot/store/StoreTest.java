package fr.jalon.bot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.jalon.bot.question.Turn;
import fr.jalon.bot.question.Turn.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTest {
  private static final long CHAT = 7;

  @TempDir Path folder;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-25T10:00:00Z"));
  private final List<Store> opened = new ArrayList<>();

  @AfterEach
  void closeAll() {
    opened.forEach(Store::close);
  }

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("deep/jalon.db");
  }

  private Store open() {
    Store store = Store.open(url(), Duration.ofDays(1), now::get);
    opened.add(store);
    return store;
  }

  private Store reopen(Store store) {
    store.close();
    opened.remove(store);
    return open();
  }

  private static Incoming message(long id, String text) {
    return new Incoming(id, CHAT, (int) id, false, "", text);
  }

  private static Outgoing reply(int question, String text) {
    return new Outgoing(
        0, CHAT, question, 0, text, List.of(new Outgoing.Link(0, 2, "https://a.fr")), List.of("q"));
  }

  @Test
  void keepsAMessageUntilItIsAnsweredAndTheReplyUntilItIsSent() {
    Store store = open();
    assertThat(store.accept(List.of(message(1, "un"), message(2, "deux"))).chats())
        .containsExactly(CHAT);
    store = reopen(store);
    assertThat(store.waiting()).containsExactly(CHAT);
    Incoming first = store.next(CHAT).orElseThrow();
    assertThat(first).isEqualTo(message(1, "un"));
    store.answered(first, List.of(reply(1, "ok 1"), reply(1, "ok 2")), List.of());
    store = reopen(store);
    Outgoing sending = store.toSend(CHAT).orElseThrow();
    assertThat(sending.text()).isEqualTo("ok 1");
    assertThat(sending.links()).containsExactly(new Outgoing.Link(0, 2, "https://a.fr"));
    assertThat(sending.buttons()).containsExactly("q");
    store.sent(sending, 31);
    store.sent(store.toSend(CHAT).orElseThrow(), 32);
    store.sent(reply(1, "of unknown number"), 0);
    assertThat(store.replies(CHAT, 1)).containsExactly(31, 32);
    assertThat(store.toSend(CHAT)).isEmpty();
    assertThat(store.next(CHAT)).contains(message(2, "deux"));
  }

  @Test
  void takesAnUpdateOnce() {
    Store store = open();
    store.accept(List.of(message(1, "un")));
    assertThat(store.accept(List.of(message(1, "un"))).chats()).isEmpty();
    store.answered(message(1, "un"), List.of(), List.of());
    assertThat(reopen(store).accept(List.of(message(1, "un"))).chats()).isEmpty();
  }

  @Test
  void keepsThirtyMessagesOfAChatAndAllOfOthers() {
    Store store = open();
    List<Incoming> flood = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      flood.add(message(i, "encore"));
    }
    flood.add(new Incoming(99, 8, 1, false, "", "bonjour"));
    Store.Accepted accepted = store.accept(flood);
    assertThat(accepted.chats()).containsExactly(CHAT, 8L);
    assertThat(accepted.overflowing()).containsExactly(CHAT);
    assertThat(store.backlog()).isEqualTo(31);
  }

  @Test
  void erasesInTimeWhatCouldNotBeSentEither() {
    Store store = open();
    store.accept(List.of(message(1, "un"), message(2, "deux")));
    store.answered(message(1, "un"), List.of(reply(1, "ok")), List.of());
    now.set(now.get().plus(Duration.ofHours(25)));
    store.purge();
    assertThat(store.waiting()).isEmpty();
  }

  @Test
  void remembersTheLastTwelveTurnsForADay() {
    Store store = open();
    for (int i = 1; i <= 8; i++) {
      store.answered(
          message(i, ""),
          List.of(),
          List.of(new Turn(Role.USER, "u" + i), new Turn(Role.ASSISTANT, "a" + i)));
    }
    assertThat(store.turns(CHAT, 0)).hasSize(12);
    assertThat(store.turns(CHAT, 0).get(0)).isEqualTo(new Turn(Role.USER, "u3"));
    assertThat(store.turns(CHAT, 8)).extracting(Turn::content).doesNotContain("u8");
    now.set(now.get().plus(Duration.ofHours(25)));
    assertThat(store.turns(CHAT, 0)).isEmpty();
    assertThat(store.purge()).isEqualTo(12);
  }

  @Test
  void recallsForAnEditedQuestionWhatWasSaidBeforeIt() {
    Store store = open();
    for (int i = 1; i <= 3; i++) {
      store.answered(message(i, ""), List.of(), List.of(new Turn(Role.USER, "u" + i)));
    }
    assertThat(store.turns(CHAT, 2)).containsExactly(new Turn(Role.USER, "u1"));
    assertThat(store.turns(CHAT, 4)).hasSize(3);
  }

  @Test
  void forgetsAnEditedQuestionForTheNewOne() {
    Store store = open();
    store.answered(message(5, "vae"), List.of(), List.of(new Turn(Role.USER, "vae")));
    Incoming edited = new Incoming(6, CHAT, 5, true, "", "vapp");
    store.answered(edited, List.of(), List.of(new Turn(Role.USER, "vapp")));
    assertThat(store.turns(CHAT, 0)).containsExactly(new Turn(Role.USER, "vapp"));
  }

  @Test
  void erasesAChatFromTheDiskWithAReceipt() throws IOException {
    Store store = open();
    store.accept(List.of(message(1, "motrarissime"), message(2, "motrarissime")));
    store.answered(
        message(1, ""),
        List.of(reply(1, "motrarissime")),
        List.of(new Turn(Role.USER, "motrarissime")));
    assertThat(onDisk("motrarissime")).isTrue();
    AtomicReference<Forgotten> receipt = new AtomicReference<>();
    store.forget(
        message(2, "/oublier"),
        forgotten -> {
          receipt.set(forgotten);
          return new Outgoing(0, CHAT, 0, 0, "reçu", List.of(), List.of());
        });
    assertThat(receipt.get()).isEqualTo(new Forgotten(1, 1, 0, now.get()));
    assertThat(onDisk("motrarissime")).isFalse();
    assertThat(store.next(CHAT)).isEmpty();
    store.sent(store.toSend(CHAT).orElseThrow(), 40);
    assertThat(store.waiting()).isEmpty();
    assertThat(store.replies(CHAT, 0)).isEmpty();
  }

  private boolean onDisk(String word) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("deep"))) {
      for (Path file : files.toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(word)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void keepsNoChatInWhatWasSeenAndForgetsItAfterTwoDays() throws SQLException {
    Store store = open();
    store.accept(List.of(message(1, "un")));
    now.set(now.get().plus(Duration.ofHours(49)));
    store.purge();
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM seen")) {
      assertThat(rows.getMetaData().getColumnCount()).isEqualTo(2);
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void writesAheadFullySynchronousAndErasesForGood() throws SQLException {
    Database database = Database.open(url());
    try (database) {
      database.inTransaction(rows -> {
        assertThat(pragma(rows, "journal_mode")).isEqualTo("wal");
        assertThat(pragma(rows, "synchronous")).isEqualTo("2");
        assertThat(pragma(rows, "secure_delete")).isEqualTo("1");
        return 0;
      });
    }
  }

  private static String pragma(Database rows, String name) throws SQLException {
    return rows.query("PRAGMA " + name, row -> row.getString(1)).get(0);
  }

  @Test
  void refusesASecondUserOfOneDatabase() {
    open();
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("un autre Jalon");
  }

  @Test
  void undoesAWholeTransactionThatFails() {
    Database database = Database.open(url());
    try (database) {
      assertThatThrownBy(() ->
              database.inTransaction(rows -> {
                rows.update("INSERT INTO seen VALUES (1, 1)");
                throw new IllegalStateException("later");
              }))
          .hasMessage("later");
      List<Integer> seen =
          database.inTransaction(
              rows -> rows.query("SELECT count(*) FROM seen", row -> row.getInt(1)));
      assertThat(seen).containsExactly(0);
    }
  }

  @Test
  void worksAgainOnceAFullDiskHasRoom() {
    Database database = Database.open(url());
    try (database) {
      List<Integer> pages =
          database.inTransaction(rows -> rows.query("PRAGMA page_count", row -> row.getInt(1)));
      database.inTransaction(rows ->
          rows.query("PRAGMA max_page_count = " + (pages.get(0) + 2), row -> row.getInt(1)));
      assertThatThrownBy(() -> database.inTransaction(StoreTest::fill))
          .isInstanceOf(StoreException.class);
      database.inTransaction(
          rows -> rows.query("PRAGMA max_page_count = 100000", row -> row.getInt(1)));
      Integer filled = database.inTransaction(StoreTest::fill);
      assertThat(filled).isPositive();
    }
  }

  private static int fill(Database rows) throws SQLException {
    int filled = 0;
    for (int i = 0; i < 5_000; i++) {
      filled += rows.update("INSERT INTO seen VALUES (?, 1)", i);
    }
    return filled;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void bringsADatabaseOfAnyVersionUpToDate(int version) throws SQLException, IOException {
    Files.createDirectories(folder.resolve("deep"));
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      for (String name : Migrations.ALL.subList(0, version)) {
        for (String sql : text(name).split(";", -1)) {
          if (!sql.isBlank()) {
            statement.execute(sql);
          }
        }
      }
      statement.execute("PRAGMA user_version = " + version);
    }
    Store store = open();
    store.accept(List.of(message(1, "un")));
    assertThat(store.next(CHAT)).isPresent();
  }

  private static String text(String name) throws IOException {
    try (var file = Migrations.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void refusesADatabaseOfALaterVersion() throws SQLException, IOException {
    Files.createDirectories(folder.resolve("deep"));
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }
    assertThatThrownBy(this::open).hasMessageContaining("mettez Jalon à jour");
    assertThat(folder.resolve("deep/jalon.db")).exists();
  }

  @Test
  void answersManyChatsAtOnce() throws InterruptedException {
    Store store = open();
    List<Thread> threads =
        IntStream.rangeClosed(1, 8)
            .mapToObj(chat ->
                Thread.startVirtualThread(() -> {
                  for (int i = 0; i < 20; i++) {
                    Incoming message = new Incoming(chat * 100 + i, chat, i, false, "", "x");
                    store.accept(List.of(message));
                    store.answered(message, List.of(), List.of(new Turn(Role.USER, "x")));
                  }
                }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(store.backlog()).isZero();
    assertThat(store.turns(3, 0)).hasSize(12);
  }
}
