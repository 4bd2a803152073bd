package fr.jalon.bot;

import com.fasterxml.jackson.databind.JsonNode;
import fr.jalon.knowledge.Hit;
import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.Snapshot.GuideHit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jalon search}: passages only. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = "Cherche des passages, ou classe des guides pour un fichier de requêtes.")
final class SearchCommand implements Callable<Integer> {
  private static final int TOP_PASSAGES = 10;
  private static final int TOP_GUIDES = 100;

  @Spec CommandSpec spec = CommandSpec.create();

  @SuppressWarnings("NullAway.Init") // picocli
  @Mixin
  IndexOption index;

  @Parameters(paramLabel = "REQUÊTE", arity = "0..1", description = "Ce qu'on cherche.")
  @Nullable String query;

  @Option(names = "--top", paramLabel = "N", description = "Nombre de résultats.")
  @Nullable Integer top;

  @Option(names = "--json", description = "Une ligne JSON.")
  boolean json;

  @Option(names = "--explain", description = "Dit pourquoi chaque passage est trouvé.")
  boolean explain;

  @Option(
      names = "--queries",
      paramLabel = "FICHIER",
      description = "Lignes JSON {\"_id\",\"text\"} ; va avec --run.")
  @Nullable Path queries;

  @Option(
      names = "--run",
      paramLabel = "FICHIER",
      description = "Où écrire le classement au format TREC.")
  @Nullable Path run;

  private record HitJson(
      int rank,
      double score,
      String guide,
      String passage,
      List<String> heading,
      String text,
      String why) {}

  private record SearchJson(String query, List<HitJson> hits) {}

  @Override
  public Integer call() throws IOException {
    if (top != null && top < 1) {
      throw new ParameterException(spec.commandLine(), "--top attend un nombre d'au moins 1");
    }
    boolean batch = queries != null && run != null;
    if (batch == (query != null) || (queries == null) != (run == null)) {
      throw new ParameterException(
          spec.commandLine(), "donnez une requête, ou --queries FICHIER avec --run FICHIER");
    }
    try (Snapshot snapshot = index.open(spec.commandLine().getErr())) {
      if (queries != null && run != null) {
        writeRun(snapshot, queries, run);
      } else {
        print(snapshot, String.valueOf(query));
      }
      return 0;
    }
  }

  private void print(Snapshot snapshot, String asked) {
    PrintWriter out = spec.commandLine().getOut();
    List<Hit> hits = snapshot.search(asked, top == null ? TOP_PASSAGES : top);
    if (json) {
      List<HitJson> lines = new ArrayList<>();
      for (Hit hit : hits) {
        lines.add(
            new HitJson(
                lines.size() + 1,
                hit.score(),
                hit.passage().guide(),
                hit.passage().id(),
                hit.passage().heading(),
                hit.passage().text(),
                hit.why()));
      }
      out.println(AnswerJson.line(new SearchJson(asked, lines)));
      return;
    }
    if (hits.isEmpty()) {
      out.println("Aucun passage trouvé.");
    }
    for (int i = 0; i < hits.size(); i++) {
      Hit hit = hits.get(i);
      out.printf(
          Locale.ROOT,
          "%d. %s  (%.2f)  %s%n   %s%n",
          i + 1,
          String.join(" — ", hit.passage().heading()),
          hit.score(),
          hit.passage().id(),
          hit.passage().text().replace("\n", "\n   "));
      if (explain) {
        out.println("   Pourquoi : " + hit.why());
      }
    }
  }

  private void writeRun(Snapshot snapshot, Path from, Path to) throws IOException {
    Path unfinished = Path.of(to + ".tmp");
    try (BufferedReader lines = Files.newBufferedReader(from);
        PrintWriter writer = new PrintWriter(Files.newBufferedWriter(unfinished))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        JsonNode node = AnswerJson.MAPPER.readTree(line);
        if (!node.path("_id").isValueNode() || !node.path("text").isTextual()) {
          throw new IOException(
              "%s:%d: « _id » ou « text » manque (une requête par ligne)".formatted(from, number));
        }
        String id = node.path("_id").asText();
        int rank = 0;
        for (GuideHit hit :
            snapshot.searchGuides(node.path("text").asText(), top == null ? TOP_GUIDES : top)) {
          writer.printf(Locale.ROOT, "%s Q0 %s %d %.6f jalon%n", id, hit.id(), ++rank, hit.score());
        }
      }
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    Files.move(unfinished, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
