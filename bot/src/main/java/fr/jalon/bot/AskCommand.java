package fr.jalon.bot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import fr.jalon.bot.answer.Answerer;
import fr.jalon.bot.answer.Response;
import fr.jalon.bot.conversation.Wording;
import fr.jalon.bot.question.Turn;
import fr.jalon.bot.question.Turn.Role;
import fr.jalon.knowledge.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jalon ask}. */
@Command(
    name = "ask",
    mixinStandardHelpOptions = true,
    description = "Répond à une question, ou à un fichier de questions.")
final class AskCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @SuppressWarnings("NullAway.Init") // picocli
  @Mixin
  IndexOption index;

  @SuppressWarnings("NullAway.Init") // picocli
  @ArgGroup(multiplicity = "1")
  What what;

  @Option(names = "--json", description = "Une ligne JSON par réponse.")
  boolean json;

  @Option(names = "--trace", description = "Montre chaque étape de la réponse.")
  boolean trace;

  /** One question or many. */
  static final class What {
    @Parameters(paramLabel = "QUESTION", description = "La question.")
    @Nullable String question;

    @Option(
        names = "--batch",
        paramLabel = "FICHIER",
        description = "Lignes JSON {\"id\",\"question\",\"history\"}.")
    @Nullable Path batch;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Snapshot snapshot = index.open(spec.commandLine().getErr())) {
      Answerer answerer = trace ? Answerer.explaining(snapshot) : new Answerer(snapshot);
      Wording wording = new Wording();
      if (what.batch != null) {
        return batch(what.batch, answerer, wording, out);
      }
      print(null, String.valueOf(what.question), List.of(), answerer, wording, out, json);
      return 0;
    }
  }

  private int batch(Path file, Answerer answerer, Wording wording, PrintWriter out)
      throws IOException {
    int status = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        String id = null;
        try {
          JsonNode node = AnswerJson.MAPPER.readTree(line);
          id = node.path("id").isMissingNode() ? null : node.path("id").asText();
          if (!node.path("question").isTextual()) {
            throw new IllegalArgumentException("« question » manque");
          }
          print(id, node.path("question").asText(), history(node), answerer, wording, out, true);
        } catch (JsonProcessingException | IllegalArgumentException e) {
          String reason =
              e instanceof IllegalArgumentException
                  ? String.valueOf(e.getMessage())
                  : "ligne JSON illisible";
          Map<String, @Nullable String> error = new LinkedHashMap<>();
          error.put("id", id);
          error.put("error", reason);
          out.println(AnswerJson.line(error));
          status = 1;
        }
      }
    } catch (NoSuchFileException e) {
      throw new IOException("« %s » n'existe pas (vérifiez le chemin)".formatted(file), e);
    }
    return status;
  }

  private static List<Turn> history(JsonNode node) {
    List<Turn> history = new ArrayList<>();
    for (JsonNode turn : node.path("history")) {
      Role role = turn.path("role").asText().equals("user") ? Role.USER : Role.ASSISTANT;
      history.add(new Turn(role, turn.path("content").asText()));
    }
    return history;
  }

  private void print(
      @Nullable String id,
      String question,
      List<Turn> history,
      Answerer answerer,
      Wording wording,
      PrintWriter out,
      boolean asJson) {
    long start = index.settings.clock().millis();
    Response response = answerer.answer(question, history);
    long elapsed = index.settings.clock().millis() - start;
    if (asJson) {
      out.println(AnswerJson.line(AnswerJson.of(id, response, wording, elapsed, trace)));
      return;
    }
    out.println(wording.reply(response));
    if (trace) {
      out.println();
      try {
        out.println(
            AnswerJson.MAPPER
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(response.trace()));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a trace is always writable", e);
      }
    }
  }
}
