package fr.jalon.knowledge;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;
import org.jspecify.annotations.Nullable;

/**
 * Writes a snapshot whole, beside the others, under a name that tells its content.
 *
 * <p>The id is a hash of the guides sorted by id, figures resolved, of the vocabulary, and of the
 * versions of schema and analysis; never of index bytes or dates. Documents are written in the
 * order of ids into one segment, so that Lucene breaks ties by id. A snapshot's folder appears
 * under its final name only when every file is on disk.
 */
public final class SnapshotWriter {
  static final String LUCENE = "lucene";
  static final String MANIFEST = "manifest.json";
  static final String LEXICON = "lexicon.json";
  static final String FIGURES = "figures.json";

  private static final int ID_LENGTH = 16;
  private static final double BUFFER_MEGABYTES = 128;

  private final List<Guide> guides;
  private final Vocabulary vocabulary;
  private final Figures figures;

  /** Will write these guides and their companions; the order of the guides does not matter. */
  public SnapshotWriter(List<Guide> guides, Vocabulary vocabulary, Figures figures) {
    this.guides = guides.stream().sorted(Comparator.comparing(Guide::id)).toList();
    this.vocabulary = vocabulary;
    this.figures = figures;
  }

  /**
   * Writes the snapshot in a folder of snapshots and describes it. One with the same content is
   * kept as it is when it can be read, else replaced.
   *
   * @param progress told the number of guides written so far
   */
  Manifest write(Path snapshots, LocalDate asOf, Instant now, IntConsumer progress)
      throws IOException {
    String id = id();
    Path target = snapshots.resolve(id);
    if (isSound(target)) {
      progress.accept(guides.size());
      return Snapshot.readManifest(target);
    }
    int passages = guides.stream().mapToInt(guide -> guide.passages().size()).sum();
    Manifest manifest = new Manifest(id, Schema.VERSION, now, asOf, guides.size(), passages);
    Files.createDirectories(snapshots);
    Path building = Files.createTempDirectory(snapshots, SnapshotDirectory.UNFINISHED);
    try {
      writeLucene(building.resolve(LUCENE), progress);
      writeJson(building.resolve(LEXICON), vocabulary);
      writeJson(building.resolve(FIGURES), figures);
      writeJson(building.resolve(MANIFEST), manifest);
      syncFolder(building);
      delete(target);
      Files.move(building, target, StandardCopyOption.ATOMIC_MOVE);
      syncFolder(snapshots);
    } finally {
      delete(building);
    }
    return manifest;
  }

  private String id() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String versions = "schema " + Schema.VERSION + ", Lucene " + Version.LATEST;
      digest.update(versions.getBytes(StandardCharsets.UTF_8));
      digest.update(Resources.lines("stems.txt").toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Json.MAPPER.writeValueAsBytes(vocabulary));
      for (Guide guide : guides) {
        digest.update(Json.MAPPER.writeValueAsBytes(guide));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, ID_LENGTH);
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException("SHA-256 and guides are always writable", e);
    }
  }

  private static boolean isSound(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Snapshot snapshot = Snapshot.open(folder)) {
      snapshot.checkIntegrity();
      return true;
    } catch (UnreadableSnapshotException e) {
      return false;
    }
  }

  private void writeLucene(Path folder, IntConsumer progress) throws IOException {
    French french = new Lexicon(vocabulary).french();
    IndexWriterConfig config =
        new IndexWriterConfig(Schema.analyzer(french))
            .setRAMBufferSizeMB(BUFFER_MEGABYTES)
            .setMergePolicy(new LogDocMergePolicy())
            .setMergeScheduler(new SerialMergeScheduler());
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, config)) {
      int written = 0;
      for (Guide guide : guides) {
        writer.addDocument(Schema.document(guide));
        writer.addDocuments(Schema.askedSections(guide));
        for (Passage passage : guide.passages()) {
          writer.addDocument(Schema.document(passage, guide));
        }
        progress.accept(++written);
      }
      writer.forceMerge(1);
      writer.commit();
    }
    syncFolder(folder);
  }

  private static void writeJson(Path file, Object value) throws IOException {
    Files.write(file, Json.MAPPER.writeValueAsBytes(value));
    sync(file);
  }

  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException error)
              throws IOException {
            if (error != null) {
              throw error;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
