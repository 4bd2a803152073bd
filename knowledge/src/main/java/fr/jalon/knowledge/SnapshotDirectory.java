package fr.jalon.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

/**
 * Where snapshots are published: {@code snapshots/<id>/} and {@code current}, a one-line file that
 * names the one in service. Only that file decides what serves; it is replaced atomically, so that
 * a crash at any step leaves the former snapshot or the new one in service.
 */
public final class SnapshotDirectory {
  static final String UNFINISHED = ".unfinished-";
  private static final String NEXT = "current-";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

  private final Path root;
  private final Path snapshots;
  private final Path pointer;

  /** The publications under a folder, which need not exist yet. */
  public SnapshotDirectory(Path root) {
    this.root = root;
    snapshots = root.resolve("snapshots");
    pointer = root.resolve("current");
  }

  /** Id of the snapshot in service; empty before the first publication. */
  public Optional<String> currentId() {
    try {
      return Optional.of(Files.readString(pointer).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens the snapshot in service.
   *
   * @throws UnreadableSnapshotException when there is none, or it cannot be read
   */
  public Snapshot open() {
    String id =
        currentId()
            .orElseThrow(() ->
                new UnreadableSnapshotException(
                    "aucun index publié dans %s ; lancez « jalon index build »".formatted(root)));
    if (!ID.matcher(id).matches()) {
      throw new UnreadableSnapshotException(
          "%s ne nomme pas un index ; lancez « jalon index build »".formatted(pointer));
    }
    return Snapshot.open(snapshots.resolve(id));
  }

  /** The readable snapshots, newest first, ties by id. */
  public List<Manifest> list() {
    List<Manifest> manifests = new ArrayList<>();
    if (Files.isDirectory(snapshots)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(snapshots)) {
        for (Path folder : folders) {
          if (ID.matcher(folder.getFileName().toString()).matches()) {
            readable(folder).ifPresent(manifests::add);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    manifests.sort(
        Comparator.comparing(Manifest::createdAt).reversed().thenComparing(Manifest::id));
    return manifests;
  }

  /**
   * Writes a snapshot without publishing it, after clearing what interrupted builds left.
   *
   * @param progress told the number of guides written so far
   * @throws BusyException when another process is writing here
   * @throws IOException when the disk refuses
   */
  public Manifest write(SnapshotWriter writer, LocalDate asOf, Instant now, IntConsumer progress)
      throws IOException {
    Files.createDirectories(snapshots);
    try (FileChannel channel =
            FileChannel.open(
                root.resolve("build.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel)) {
      clearUnfinished();
      return writer.write(snapshots, asOf, now, progress);
    }
  }

  /**
   * Puts a written snapshot in service.
   *
   * @throws UnreadableSnapshotException when there is no readable snapshot of that id
   */
  public void publish(String id) throws IOException {
    if (list().stream().noneMatch(manifest -> manifest.id().equals(id))) {
      throw new UnreadableSnapshotException(
          "aucun index « %s » dans %s ; « jalon index list » les montre".formatted(id, root));
    }
    Path next = Files.createTempFile(root, NEXT, ".tmp");
    try {
      Files.writeString(next, id + "\n");
      SnapshotWriter.sync(next);
      Files.move(
          next, pointer, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      SnapshotWriter.syncFolder(root);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /** Deletes the oldest snapshots beyond a number, never the one in service. */
  public void keep(int number) throws IOException {
    Optional<String> current = currentId();
    for (Manifest old : list().stream().skip(number).toList()) {
      if (!current.equals(Optional.of(old.id()))) {
        SnapshotWriter.delete(snapshots.resolve(old.id()));
      }
    }
  }

  /** Another process is writing a snapshot in the same folder. */
  public static final class BusyException extends IOException {
    private static final long serialVersionUID = 1L;

    BusyException(Path root) {
      super(
          "une autre construction est en cours dans %s ; attendez sa fin, puis relancez"
              .formatted(root));
    }
  }

  private FileLock tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      // Another thread of this process holds it: as busy as another process.
    }
    throw new BusyException(root);
  }

  private void clearUnfinished() throws IOException {
    clear(snapshots, UNFINISHED + "*");
    clear(root, NEXT + "*");
  }

  private static void clear(Path folder, String names) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, names)) {
      for (Path path : left) {
        SnapshotWriter.delete(path);
      }
    }
  }

  private static Optional<Manifest> readable(Path folder) {
    try {
      return Optional.of(Snapshot.readManifest(folder));
    } catch (IOException | UnreadableSnapshotException e) {
      return Optional.empty();
    }
  }
}
