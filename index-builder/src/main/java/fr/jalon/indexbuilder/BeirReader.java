package fr.jalon.indexbuilder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.jalon.indexbuilder.Splitter.Piece;
import fr.jalon.knowledge.Guide;
import fr.jalon.knowledge.Passage;
import fr.jalon.knowledge.Passage.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a BEIR corpus: {@code corpus.jsonl}, one object {@code _id, title, text} a line, taken as
 * it is. See the <a href="https://github.com/beir-cellar/beir">BEIR benchmark</a>.
 */
final class BeirReader {
  static final String CORPUS = "corpus.jsonl";
  private static final String SECTION = "texte";

  private final ObjectMapper json = new ObjectMapper();
  private final Splitter splitter = new Splitter();
  private final List<Problem> problems;

  BeirReader(List<Problem> problems) {
    this.problems = problems;
  }

  List<Guide> read(Path folder) throws IOException {
    Path path = folder.resolve(CORPUS);
    List<Guide> guides = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(path)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          read(path, number, line, guides);
        }
      }
    }
    return guides;
  }

  private void read(Path path, int number, String line, List<Guide> guides) {
    try {
      JsonNode node = json.readTree(line);
      String id = node.path("_id").asText();
      if (id.isEmpty()) {
        problems.add(new Problem(path, number, "« _id » manque (donnez un identifiant)"));
        return;
      }
      String title = node.path("title").asText().strip();
      guides.add(
          new Guide(
              id,
              title,
              List.of(),
              List.of(),
              List.of(),
              passages(id, title, node.path("text").asText())));
    } catch (JsonProcessingException e) {
      problems.add(new Problem(path, number, "ligne JSON illisible (un objet par ligne)"));
    }
  }

  private List<Passage> passages(String id, String title, String text) {
    List<Passage> passages = new ArrayList<>();
    for (String paragraph : text.lines().toList()) {
      for (Piece piece : splitter.prose(Kind.PARAGRAPH, paragraph)) {
        passages.add(
            new Passage(
                "%s#%s-%d".formatted(id, SECTION, passages.size() + 1),
                id,
                SECTION,
                List.of(title),
                piece.kind(),
                piece.text(),
                piece.sentences(),
                null,
                List.of()));
      }
    }
    return passages;
  }
}
