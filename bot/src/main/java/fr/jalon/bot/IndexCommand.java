package fr.jalon.bot;

import fr.jalon.indexbuilder.IndexBuilder;
import fr.jalon.indexbuilder.IndexBuilder.Outcome;
import fr.jalon.knowledge.Manifest;
import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.SnapshotDirectory;
import fr.jalon.knowledge.UnreadableSnapshotException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jalon index}: builds, shows and rolls back snapshots. */
@Command(
    name = "index",
    mixinStandardHelpOptions = true,
    description = "Construit, montre et rétablit l'index.")
final class IndexCommand implements Runnable {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("d MMMM yyyy 'à' HH:mm", Locale.FRENCH)
          .withZone(ZoneId.systemDefault());

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "sous-commande absente : build, status, list ou rollback");
  }

  /** {@code jalon index build}; the default source is the project's knowledge folder. */
  @Command(
      name = "build",
      mixinStandardHelpOptions = true,
      description = "Construit un index et le met en service.")
  int build(
      @Mixin IndexOption index,
      @Parameters(paramLabel = "SOURCE", arity = "0..*", description = "Dossiers à lire.")
          @Nullable List<Path> sources,
      @Option(names = "--as-of", paramLabel = "DATE", description = "Jour des chiffres en vigueur.")
          @Nullable LocalDate asOf,
      @Option(names = "--knowledge", paramLabel = "DOSSIER", description = "Chiffres et lexique.")
          @Nullable Path companions,
      @Option(names = "--keep", paramLabel = "N", description = "Index gardés (10).")
          @Nullable Integer keep,
      @Option(names = "--no-gate", description = "Publie sans les contrôles (aucun à ce jour).")
          boolean noGate)
      throws IOException {
    Settings settings = index.settings;
    List<Path> read = sources == null ? List.of(settings.knowledge()) : sources;
    if (!index.isGiven() && read.stream().noneMatch(IndexBuilder::isKnowledgeFolder)) {
      throw new ParameterException(
          spec.commandLine(),
          "aucune source n'a de dossier guides/ : ajoutez --index DOSSIER pour ne pas remplacer l'index en service");
    }
    if (keep != null && keep < 1) {
      throw new ParameterException(spec.commandLine(), "--keep attend un nombre d'au moins 1");
    }
    IndexBuilder.Request request =
        new IndexBuilder.Request(
            read,
            IndexBuilder.companions(read, Optional.ofNullable(companions), settings.knowledge()),
            asOf == null ? LocalDate.now(settings.clock()) : asOf,
            settings.clock().instant());
    PrintWriter err = spec.commandLine().getErr();
    SnapshotDirectory directory = index.directory();
    Outcome outcome;
    try (Steps steps = new Steps(err, settings.terminal())) {
      outcome = new IndexBuilder(directory).build(request, steps);
    }
    return switch (outcome) {
      case Outcome.Published published -> {
        directory.keep(keep == null ? 10 : keep);
        spec.commandLine().getOut().println("Index en service : " + line(published.manifest()));
        yield 0;
      }
      case Outcome.Refused refused -> {
        refused.problems().forEach(err::println);
        err.printf(
            "%d problème(s) : l'index en service n'a pas changé%n", refused.problems().size());
        yield 1;
      }
    };
  }

  /** {@code jalon index status}. */
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Montre l'index en service.")
  int status(@Mixin IndexOption index) {
    try (Snapshot snapshot = index.directory().open()) {
      spec.commandLine().getOut().println("Index en service : " + line(snapshot.manifest()));
      return 0;
    }
  }

  /** {@code jalon index list}: newest first, the one in service starred. */
  @Command(name = "list", mixinStandardHelpOptions = true, description = "Montre tous les index.")
  int list(@Mixin IndexOption index) {
    SnapshotDirectory directory = index.directory();
    Optional<String> current = directory.currentId();
    for (Manifest manifest : directory.list()) {
      String mark = current.equals(Optional.of(manifest.id())) ? "* " : "  ";
      spec.commandLine().getOut().println(mark + line(manifest));
    }
    return 0;
  }

  /**
   * {@code jalon index rollback [ID]}; without id, the newest written before the one in service.
   */
  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description = "Remet en service un index plus ancien.")
  int rollback(
      @Mixin IndexOption index,
      @Parameters(paramLabel = "ID", arity = "0..1", description = "L'index à rétablir.")
          @Nullable String id)
      throws IOException {
    SnapshotDirectory directory = index.directory();
    String target = id == null ? previous(directory) : id;
    directory.publish(target);
    spec.commandLine().getOut().println("Index en service : " + target);
    return 0;
  }

  private static String previous(SnapshotDirectory directory) {
    List<Manifest> newestFirst = directory.list();
    String current = directory.currentId().orElse("");
    boolean older = false;
    for (Manifest manifest : newestFirst) {
      if (older) {
        return manifest.id();
      }
      older = manifest.id().equals(current);
    }
    throw new UnreadableSnapshotException(
        "aucun index plus ancien ; « jalon index list » les montre, « jalon index rollback ID » en choisit un");
  }

  private static String line(Manifest manifest) {
    return "%s, construit le %s, %d guides, %d passages, chiffres au %s"
        .formatted(
            manifest.id(),
            WHEN.format(manifest.createdAt()),
            manifest.guides(),
            manifest.passages(),
            manifest.asOf());
  }

  /** A bar on a terminal, a line per step elsewhere. */
  private static final class Steps implements IndexBuilder.Progress, AutoCloseable {
    private final PrintWriter err;
    private final boolean terminal;
    private String current = "";
    private @Nullable ProgressBar bar;

    Steps(PrintWriter err, boolean terminal) {
      this.err = err;
      this.terminal = terminal;
    }

    @Override
    public void at(String step, int done, int total) {
      if (!step.equals(current)) {
        close();
        current = step;
        if (terminal) {
          bar =
              new ProgressBarBuilder()
                  .setTaskName(step)
                  .setInitialMax(total)
                  .setStyle(ProgressBarStyle.ASCII)
                  .build();
        } else {
          err.printf("%s : %d guides%n", step, total);
        }
      }
      if (bar != null) {
        bar.stepTo(done);
      }
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }
  }
}
