package fr.jalon.bot;

import fr.jalon.indexbuilder.IndexBuilder;
import fr.jalon.indexbuilder.IndexBuilder.Outcome;
import fr.jalon.indexbuilder.Problem;
import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.SnapshotDirectory;
import fr.jalon.knowledge.UnreadableSnapshotException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which index a command works on. */
final class IndexOption {
  final Settings settings;

  @Option(
      names = "--index",
      paramLabel = "DOSSIER",
      description = "Dossier de l'index (sinon JALON_INDEX, sinon var/index).")
  @Nullable Path folder;

  IndexOption(Settings settings) {
    this.settings = settings;
  }

  boolean isGiven() {
    return folder != null;
  }

  SnapshotDirectory directory() {
    return new SnapshotDirectory(folder == null ? settings.index() : folder);
  }

  /** Opens the snapshot in service, building the project's own guides when there is none. */
  Snapshot open(PrintWriter err) throws IOException {
    SnapshotDirectory directory = directory();
    if (directory.currentId().isEmpty()) {
      IndexBuilder.Request request =
          new IndexBuilder.Request(
              List.of(settings.knowledge()),
              settings.knowledge(),
              LocalDate.now(settings.clock()),
              settings.clock().instant());
      Outcome outcome = new IndexBuilder(directory).build(request, (step, done, total) -> {});
      if (outcome instanceof Outcome.Refused refused) {
        for (Problem problem : refused.problems()) {
          err.println(problem);
        }
        throw new UnreadableSnapshotException(
            "l'index n'a pas pu être construit ; corrigez ces fichiers, puis lancez « jalon index build »");
      }
    }
    return directory.open();
  }
}
