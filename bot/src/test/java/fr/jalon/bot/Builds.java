package fr.jalon.bot;

import fr.jalon.indexbuilder.IndexBuilder;
import fr.jalon.knowledge.SnapshotDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Builds of snapshots, as on one fixed day. */
final class Builds {
  private Builds() {}

  /** Builds and publishes a knowledge or BEIR folder. */
  static void build(SnapshotDirectory directory, Path source) {
    try {
      new IndexBuilder(directory)
          .build(
              new IndexBuilder.Request(
                  List.of(source), source, LocalDate.of(2026, 11, 23), Instant.EPOCH),
              (step, done, total) -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
