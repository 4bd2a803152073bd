package fr.jalon.bot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    Settings settings =
        Settings.of(Map.of("JALON_INDEX", folder.resolve("index").toString()), "..", false, CLOCK);
    return Main.commandLine(settings, new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(arguments);
  }

  private List<String> lines() {
    return out.toString().lines().toList();
  }

  @Test
  void printsOneAnswerWithEveryKeyAndBuildsAMissingIndex() throws IOException {
    assertThat(run("ask", "Comment financer une VAE ?", "--json")).isZero();
    assertThat(lines()).hasSize(1);
    JsonNode answer = JSON.readTree(lines().get(0));
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "question",
            "status",
            "routes",
            "text",
            "citations",
            "suggestions",
            "dropped",
            "composer",
            "index",
            "elapsed_ms");
    assertThat(answer.path("status").asText()).isEqualTo("answered");
    assertThat(answer.path("text").asText()).contains("150 €", "[1]");
    assertThat(answer.path("citations").path(0).fieldNames())
        .toIterable()
        .containsExactly(
            "number", "guide", "passage", "heading", "quote", "url", "publisher", "consulted_on");
  }

  @Test
  void answersABatchInOrderAndReportsBadLines() throws IOException {
    Path batch = folder.resolve("questions.jsonl");
    Files.writeString(
        batch,
        """
        {"id":"b","question":"le CPF c'est quoi ?","autre":1}
        {"id":"c"}
        pas du json
        {"id":"a","question":"et ça coûte combien ?","history":[{"role":"user","content":"la VAPP ?"}]}
        """);
    assertThat(run("ask", "--batch", batch.toString(), "--json")).isEqualTo(1);
    assertThat(lines()).hasSize(4);
    assertThat(JSON.readTree(lines().get(0)).path("id").asText()).isEqualTo("b");
    assertThat(JSON.readTree(lines().get(1)).path("error").asText()).contains("question");
    assertThat(JSON.readTree(lines().get(2)).path("id").isNull()).isTrue();
    assertThat(JSON.readTree(lines().get(3)).path("routes").path(0).asText()).isEqualTo("vapp");
  }

  @Test
  void searchesAndExplains() throws IOException {
    assertThat(run("search", "financer VAE", "--top", "2", "--json")).isZero();
    JsonNode hits = JSON.readTree(lines().get(0)).path("hits");
    assertThat(hits).hasSize(2);
    assertThat(hits.path(0).path("why").asText()).contains("« VAE » : ");
  }

  @Test
  void ranksABeirFolderWithoutTouchingTheIndexInService() throws IOException {
    Path beir = folder.resolve("beir");
    Files.createDirectories(beir);
    Files.writeString(
        beir.resolve("corpus.jsonl"),
        """
        {"_id":"d1","title":"Le chat","text":"Le chat dort."}
        {"_id":"d2","title":"Le chien","text":"Le chien court. Le chat aussi."}
        """);
    Files.writeString(beir.resolve("queries.jsonl"), "{\"_id\":\"q1\",\"text\":\"chat ?\"}\n");
    assertThat(run("index", "build", beir.toString())).isEqualTo(2);
    String other = folder.resolve("other").toString();
    assertThat(run("index", "build", beir.toString(), "--index", other)).isZero();
    Path ranking = folder.resolve("run.trec");
    assertThat(
            run(
                "search",
                "--queries",
                beir.resolve("queries.jsonl").toString(),
                "--run",
                ranking.toString(),
                "--index",
                other))
        .isZero();
    assertThat(Files.readAllLines(ranking))
        .hasSize(2)
        .first()
        .asString()
        .matches("q1 Q0 d1 1 [0-9.]+ jalon");
  }

  @Test
  void buildsListsAndRollsBack() throws IOException {
    assertThat(run("index", "build")).isZero();
    assertThat(run("index", "status")).isZero();
    assertThat(run("index", "rollback")).isEqualTo(1);
    assertThat(err.toString()).contains("aucun index plus ancien");
    assertThat(run("index", "build", "--as-of", "2025-06-01")).isEqualTo(1);
    assertThat(err.toString()).contains("n'a pas de valeur au 2025-06-01");
    assertThat(run("index", "list")).isZero();
    assertThat(out.toString()).contains("* ");
  }

  @Test
  void leavesTheIndexInServiceWhenAGuideIsWrong() throws IOException {
    assertThat(run("index", "build")).isZero();
    Path pointer = folder.resolve("index").resolve("current");
    String current = Files.readString(pointer);
    Path guides = folder.resolve("mauvais").resolve("guides");
    Files.createDirectories(guides);
    Files.writeString(guides.resolve("essai.md"), "pas d'en-tête");
    assertThat(run("index", "build", guides.getParent().toString())).isEqualTo(1);
    assertThat(err.toString()).contains("essai.md:1: en-tête absent (");
    assertThat(Files.readString(pointer)).isEqualTo(current);
  }

  @Test
  void refusesWrongUsageInOneLine() {
    assertThat(run("ask")).isEqualTo(2);
    assertThat(run("search")).isEqualTo(2);
    assertThat(run("search", "vae", "--top", "0")).isEqualTo(2);
    assertThat(run("inconnu")).isEqualTo(2);
    assertThat(err.toString()).doesNotContain("\tat ");
    assertThat(err.toString().lines()).hasSize(4);
  }

  @Test
  void namesEveryOptionAndVariableInTheReadme() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    var main =
        Main.commandLine(
            Settings.of(Map.of(), "..", false, CLOCK), new PrintWriter(out), new PrintWriter(err));
    main.getSubcommands().values().stream()
        .flatMap(command ->
            java.util.stream.Stream.concat(
                java.util.stream.Stream.of(command), command.getSubcommands().values().stream()))
        .forEach(command -> {
          assertThat(readme).contains(command.getCommandName());
          command
              .getCommandSpec()
              .options()
              .forEach(option -> assertThat(readme).contains(option.longestName()));
        });
    assertThat(readme).contains("JALON_INDEX");
  }

  @Test
  void saysWhatToMend() throws IOException {
    Path file = Files.createDirectories(folder.resolve("var")).resolve("jalon.db");
    Files.writeString(file, "no database at all, but long enough to have a header of its own");
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Settings settings =
        Settings.of(
            Map.of(
                "JALON_INDEX", folder.resolve("index").toString(),
                "JALON_DATABASE_URL", "jdbc:sqlite:" + file,
                "JALON_WEB_ADDRESS", "127.0.0.1:0",
                "TELEGRAM_BOT_TOKEN", "1:secret",
                "TELEGRAM_API_URL", "http://127.0.0.1:9"),
            "..",
            false,
            CLOCK);
    int status =
        Main.commandLine(settings, new PrintWriter(out), new PrintWriter(err)).execute("doctor");
    assertThat(status).isEqualTo(1);
    assertThat(out.toString())
        .contains("À VOIR  index : ", "jalon index build", "À VOIR  base : ", "bon     disque : ")
        .contains("À VOIR  Telegram : le serveur ne répond pas")
        .doesNotContain("secret");
  }
}
