package fr.jalon.bot;

import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.SnapshotDirectory;
import java.nio.file.Path;

/** A snapshot of the project's own guides, built once for all tests. */
public final class Shipped {
  private static final Path KNOWLEDGE = Path.of("..", "knowledge");
  private static final Path INDEX = Path.of("target", "shipped-index");
  private static final Snapshot SNAPSHOT = open();

  private Shipped() {}

  public static Snapshot snapshot() {
    return SNAPSHOT;
  }

  /** Where the index of the project's own guides is published. */
  public static SnapshotDirectory directory() {
    return new SnapshotDirectory(INDEX);
  }

  private static Snapshot open() {
    SnapshotDirectory directory = directory();
    Builds.build(directory, KNOWLEDGE);
    return directory.open();
  }
}
