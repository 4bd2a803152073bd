package fr.jalon.indexbuilder;

import fr.jalon.knowledge.Figures;
import fr.jalon.knowledge.Guide;
import fr.jalon.knowledge.Manifest;
import fr.jalon.knowledge.Route;
import fr.jalon.knowledge.SnapshotDirectory;
import fr.jalon.knowledge.SnapshotWriter;
import fr.jalon.knowledge.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads sources and publishes a snapshot of them, or says everything that keeps it from doing so.
 */
public final class IndexBuilder {
  private final SnapshotDirectory directory;

  /** Publishes into a directory. */
  public IndexBuilder(SnapshotDirectory directory) {
    this.directory = directory;
  }

  /**
   * What to build.
   *
   * @param sources knowledge folders and BEIR folders
   * @param companions the knowledge folder whose figures and lexicon apply
   * @param asOf the day whose figures are in force
   * @param now when the build takes place
   */
  public record Request(List<Path> sources, Path companions, LocalDate asOf, Instant now) {
    /** Copies the list. */
    public Request {
      sources = List.copyOf(sources);
    }
  }

  /** How a build ended. */
  public sealed interface Outcome {
    /** The snapshot is in service. */
    record Published(Manifest manifest) implements Outcome {}

    /** Nothing has changed; the problems are sorted by file and line. */
    record Refused(List<Problem> problems) implements Outcome {}
  }

  /** Told how far a build is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Says how far the build is.
     *
     * @param step what is being done, in French
     * @param done guides done
     * @param total guides in all
     */
    void at(String step, int done, int total);
  }

  /** Whether a folder is a knowledge folder. */
  public static boolean isKnowledgeFolder(Path folder) {
    return Files.isDirectory(folder.resolve("guides"));
  }

  /**
   * Builds and publishes.
   *
   * @throws IOException when a source cannot be read, the disk refuses, or another build is running
   */
  public Outcome build(Request request, Progress progress) throws IOException {
    List<Problem> problems = new ArrayList<>();
    CompanionReader companions = new CompanionReader(request.companions(), problems);
    Figures figures = companions.figures();
    Vocabulary vocabulary = companions.vocabulary();
    List<Guide> guides = new ArrayList<>();
    for (Path source : request.sources()) {
      guides.addAll(read(source, request, figures, vocabulary, problems, progress));
    }
    refuseDuplicates(guides, request.sources(), problems);
    if (guides.isEmpty() && problems.isEmpty()) {
      problems.add(
          new Problem(request.sources().get(0), 0, "aucun guide (ajoutez un fichier guides/*.md)"));
    }
    if (!problems.isEmpty()) {
      problems.sort(java.util.Comparator.comparing(Problem::path).thenComparingInt(Problem::line));
      return new Outcome.Refused(List.copyOf(problems));
    }
    SnapshotWriter writer = new SnapshotWriter(guides, vocabulary, figures);
    Manifest manifest =
        directory.write(
            writer,
            request.asOf(),
            request.now(),
            done -> progress.at("Indexation", done, guides.size()));
    directory.publish(manifest.id());
    return new Outcome.Published(manifest);
  }

  private static List<Guide> read(
      Path source,
      Request request,
      Figures figures,
      Vocabulary vocabulary,
      List<Problem> problems,
      Progress progress)
      throws IOException {
    if (isKnowledgeFolder(source)) {
      Set<String> routes =
          vocabulary.routes().stream().map(Route::id).collect(Collectors.toUnmodifiableSet());
      GuideReader reader = new GuideReader(routes, figures, request.asOf(), problems);
      List<Path> files = guideFiles(source.resolve("guides"));
      List<Guide> guides = new ArrayList<>();
      for (Path file : files) {
        reader.read(file).ifPresent(guides::add);
        progress.at("Lecture", guides.size(), files.size());
      }
      return guides;
    }
    if (Files.isRegularFile(source.resolve(BeirReader.CORPUS))) {
      return new BeirReader(problems).read(source);
    }
    problems.add(
        new Problem(source, 0, "source inconnue (un dossier avec guides/ ou corpus.jsonl)"));
    return List.of();
  }

  private static List<Path> guideFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private static void refuseDuplicates(
      List<Guide> guides, List<Path> sources, List<Problem> problems) {
    Map<String, Integer> counts = new HashMap<>();
    guides.forEach(guide -> counts.merge(guide.id(), 1, Integer::sum));
    counts.forEach((id, count) -> {
      if (count > 1) {
        problems.add(
            new Problem(
                sources.get(0), 0, "guide « %s » en double (renommez-en un)".formatted(id)));
      }
    });
  }

  /** The companions that apply: the first knowledge folder among the sources, else a default. */
  public static Path companions(List<Path> sources, Optional<Path> given, Path standard) {
    return given.orElse(
        sources.stream().filter(IndexBuilder::isKnowledgeFolder).findFirst().orElse(standard));
  }
}
