package fr.jalon.bot.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/** The schema, step by step; SQLite's {@code user_version} tells how many were made. */
final class Migrations {
  /** In order; one that was published never changes. */
  static final List<String> ALL = List.of("1-conversations.sql");

  private Migrations() {}

  /** Makes those that are missing, each whole or not at all. */
  static void run(Connection connection) throws SQLException {
    int made = version(connection);
    if (made > ALL.size()) {
      throw new StoreException(
          "la base vient d'une version plus récente de Jalon ; mettez Jalon à jour");
    }
    for (int i = made; i < ALL.size(); i++) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        try {
          for (String sql : text(ALL.get(i)).split(";", -1)) {
            if (!sql.isBlank()) {
              statement.execute(sql);
            }
          }
          statement.execute("PRAGMA user_version = " + (i + 1));
          statement.execute("COMMIT");
        } catch (SQLException e) {
          statement.execute("ROLLBACK");
          throw e;
        }
      }
    }
  }

  static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
      return rows.getInt(1);
    }
  }

  private static String text(String name) {
    try (InputStream file = Migrations.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StoreException("migration illisible : " + name, e);
    }
  }
}
