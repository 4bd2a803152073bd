package fr.jalon.bot.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/** One connection to SQLite, one transaction at a time. Thread-safe. */
final class Database implements AutoCloseable {
  private static final String PREFIX = "jdbc:sqlite:";
  private static final int BUSY_MILLISECONDS = 5_000;

  private final Connection connection;
  private final FileChannel lock;
  private final ReentrantLock writer = new ReentrantLock();

  /** Work within a transaction. */
  interface Work<T> {
    T run(Database database) throws SQLException;
  }

  /** Reads a row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private Database(Connection connection, FileChannel lock) {
    this.connection = connection;
    this.lock = lock;
  }

  /**
   * Opens a database and brings its schema up to date.
   *
   * @param url {@code jdbc:sqlite:} and a file, whose folder is made when it is missing
   */
  static Database open(String url) {
    if (!url.startsWith(PREFIX)) {
      throw new StoreException(
          "JALON_DATABASE_URL attend « jdbc:sqlite:FICHIER », non « " + url + " »");
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    config.setBusyTimeout(BUSY_MILLISECONDS);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    try {
      Path file = Path.of(url.substring(PREFIX.length())).toAbsolutePath();
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      FileChannel lock = locked(file.resolveSibling(file.getFileName() + ".lock"));
      Connection connection = null;
      try {
        connection = config.createConnection(url);
        Migrations.run(connection);
        return new Database(connection, lock);
      } catch (SQLException | StoreException e) {
        if (connection != null) {
          connection.close();
        }
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** See {@link Store#check}. */
  static Optional<String> check(String url) {
    Path file = Path.of(url.substring(PREFIX.length())).toAbsolutePath();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection = config.createConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA quick_check")) {
      String found = rows.getString(1);
      if (!"ok".equals(found)) {
        throw new StoreException(
            "abîmée (" + file + ") ; arrêtez Jalon, mettez ce fichier de côté, puis relancez");
      }
      return Optional.of("saine, version %d (%s)".formatted(Migrations.version(connection), file));
    } catch (SQLException e) {
      throw new StoreException("illisible (" + file + ") ; vérifiez ses droits", e);
    }
  }

  private static FileChannel locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this very process.
    }
    if (lock == null) {
      channel.close();
      throw new StoreException(
          "un autre Jalon utilise déjà cette base ("
              + file
              + ") ; arrêtez-le, ou donnez une autre JALON_DATABASE_URL");
    }
    return channel;
  }

  /** Runs work whole or not at all; a failure leaves the connection as fit as before. */
  <T> T inTransaction(Work<T> work) {
    writer.lock();
    try {
      execute("BEGIN IMMEDIATE");
      try {
        T result = work.run(this);
        execute("COMMIT");
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(e);
        throw e;
      }
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      writer.unlock();
    }
  }

  /** SQLite has already rolled back by itself after some failures, such as a full disk. */
  private void rollBack(Throwable failure) {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Changes rows; returns how many. */
  int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepared(sql, values)) {
      return statement.executeUpdate();
    }
  }

  /** The rows of a query, in its order. */
  <T> List<T> query(String sql, Row<T> row, Object... values) throws SQLException {
    try (PreparedStatement statement = prepared(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(row.read(rows));
      }
      return found;
    }
  }

  /** The number that a query answers with. */
  int number(String sql, Object... values) throws SQLException {
    return query(sql, row -> row.getInt(1), values).get(0);
  }

  /** Leaves nothing of what was deleted in the write-ahead log. */
  void checkpoint() {
    writer.lock();
    try {
      execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      writer.unlock();
    }
  }

  @Override
  public void close() {
    writer.lock();
    try {
      connection.close();
      lock.close();
    } catch (SQLException e) {
      throw failed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.unlock();
    }
  }

  private PreparedStatement prepared(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  private static StoreException failed(SQLException e) {
    return new StoreException(
        "base de données inutilisable ("
            + e.getMessage()
            + ") ; libérez de la place, ou lancez « jalon doctor »",
        e);
  }
}
