package fr.jalon.bot;

import fr.jalon.indexbuilder.IndexBuilder;
import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.SnapshotDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** A snapshot of the project's own guides, built once for all tests. */
public final class Shipped {
  private static final Path KNOWLEDGE = Path.of("..", "knowledge");
  private static final Path INDEX = Path.of("target", "shipped-index");
  private static final Snapshot SNAPSHOT = build();

  private Shipped() {}

  public static Snapshot snapshot() {
    return SNAPSHOT;
  }

  private static Snapshot build() {
    SnapshotDirectory directory = new SnapshotDirectory(INDEX);
    try {
      new IndexBuilder(directory)
          .build(
              new IndexBuilder.Request(
                  List.of(KNOWLEDGE), KNOWLEDGE, LocalDate.of(2026, 11, 23), Instant.EPOCH),
              (step, done, total) -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return directory.open();
  }
}
