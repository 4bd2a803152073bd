package fr.jalon.bot;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.SnapshotDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code jalon index build}, killed as the system kills, leaves an index that serves. */
@Tag("slow")
class KilledBuildTest {
  private static final int TEXTS = 4_000;
  private static final int ATTEMPTS = 8;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Path before;
  private Path after;

  /** A moment of a build, as its folder shows it. */
  enum Moment {
    STARTED("build.lock"),
    WRITING("snapshots/.unfinished-*"),
    INDEXING("snapshots/.unfinished-*/lucene/_*"),
    INDEXED("snapshots/.unfinished-*/lucene/segments_*"),
    DESCRIBED("snapshots/.unfinished-*/manifest.json"),
    POINTING("current-*.tmp");

    private final String path;

    Moment(String path) {
      this.path = path;
    }

    boolean isReached(Path index) {
      return exists(index, List.of(path.split("/", -1)));
    }

    private static boolean exists(Path parent, List<String> names) {
      if (names.isEmpty()) {
        return true;
      }
      try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, names.get(0))) {
        for (Path child : found) {
          if (exists(child, names.subList(1, names.size()))) {
            return true;
          }
        }
        return false;
      } catch (IOException e) {
        return false;
      }
    }
  }

  @BeforeEach
  void write() throws IOException {
    before = corpus("before", 3);
    after = corpus("after", TEXTS);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void leavesAnIndexThatServes(Moment moment) throws Exception {
    boolean killed = false;
    for (int attempt = 0; attempt < ATTEMPTS && !killed; attempt++) {
      Path index = folder.resolve("index-" + attempt);
      SnapshotDirectory directory = new SnapshotDirectory(index);
      Builds.build(directory, before);
      Files.delete(index.resolve("build.lock"));
      String former = directory.currentId().orElseThrow();

      Process build = start(index);
      Instant end = Instant.now().plus(LONGEST);
      while (build.isAlive() && !moment.isReached(index) && Instant.now().isBefore(end)) {
        Thread.onSpinWait();
      }
      build.destroyForcibly();
      assertThat(build.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
      killed = build.exitValue() != 0;

      try (Snapshot snapshot = directory.open()) {
        assertThat(snapshot.search("canal", 3)).isNotEmpty();
        if (killed && moment != Moment.POINTING) {
          assertThat(snapshot.manifest().id()).isEqualTo(former);
        }
      }
      Builds.build(directory, after);
      try (Snapshot snapshot = directory.open()) {
        assertThat(snapshot.manifest().guides()).isEqualTo(TEXTS);
      }
      assertThat(Moment.WRITING.isReached(index)).isFalse();
      assertThat(Moment.POINTING.isReached(index)).isFalse();
    }
    assertThat(killed).as("killed when " + moment).isTrue();
  }

  private Path corpus(String name, int texts) throws IOException {
    Path corpus = Files.createDirectories(folder.resolve(name));
    Random random = new Random(7);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < texts; i++) {
      StringBuilder text = new StringBuilder("Le canal de la ville.");
      for (int word = 0; word < 60; word++) {
        text.append(" mot").append(random.nextInt(20_000));
      }
      lines.append(
          "{\"_id\":\"d%d\",\"title\":\"Titre %d\",\"text\":\"%s\"}%n".formatted(i, i, text));
    }
    Files.writeString(corpus.resolve("corpus.jsonl"), lines);
    return corpus;
  }

  private Process start(Path index) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "index",
            "build",
            after.toString(),
            "--index",
            index.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }
}
