package fr.jalon.indexbuilder;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.knowledge.Figures;
import fr.jalon.knowledge.Figures.Figure;
import fr.jalon.knowledge.Figures.Value;
import fr.jalon.knowledge.FrequentQuestion;
import fr.jalon.knowledge.Guide;
import fr.jalon.knowledge.Passage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuideReaderTest {
  private static final Path GOLDEN = Path.of("src/test/resources/fr/jalon/indexbuilder/golden");
  private static final Figures FIGURES =
      new Figures(
          Map.of(
              "cpf.participation",
              new Figure(
                  "Participation",
                  LocalDate.of(2027, 1, 1),
                  List.of(
                      new Value(
                          "100 €", LocalDate.of(2024, 5, 2), LocalDate.of(2024, 12, 31), "décret"),
                      new Value("150 €", LocalDate.of(2026, 4, 2), null, "décret")))));

  @TempDir Path folder;

  static List<Path> guides() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files.filter(path -> path.toString().endsWith(".md")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("guides")
  void cutsAGuideIntoTheExpectedPassages(Path guide) throws IOException {
    List<Problem> problems = new ArrayList<>();
    String passages = rendered(read(guide, problems));
    assertThat(problems).isEmpty();
    Path expected = Path.of(guide.toString().replace(".md", ".passages"));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, passages);
    }
    assertThat(passages).isEqualTo(Files.readString(expected));
  }

  @Test
  void reportsEveryMistakeWithItsLineAndMend() throws IOException {
    Path guide = folder.resolve("essai.md");
    Files.writeString(
        guide,
        """
        ---
        title: Essai
        routes: [inconnue]
        audience: Tous
        territory: France
        sources:
          - id: une
            name: Page
            publisher: Éditeur
            url: https://example.org
            licence: Libre
            consulted_on: 2026-13-01
            confidence: Z
        review_by: 2027-01-01
        questions: ["quoi ? {#absente}"]
        couleur: bleu
        ---

        ## Combien ? {#cout-2}

        Une phrase sans source.

        Une autre. [^deux]

        Il faut {{inconnu}} et {{cpf.participation@2020-01-01}}. [^une]
        """);
    List<Problem> problems = new ArrayList<>();
    read(guide, problems);
    assertThat(problems)
        .extracting(problem -> problem.line() + " " + problem.message())
        .anyMatch(line -> line.startsWith("3 route inconnue"))
        .anyMatch(line -> line.contains("2026-13-01"))
        .anyMatch(line -> line.contains("confiance « Z »"))
        .anyMatch(line -> line.startsWith("15 section « absente » inconnue"))
        .anyMatch(line -> line.startsWith("16 clé inconnue « couleur »"))
        .anyMatch(line -> line.startsWith("19 identifiant de section « cout-2 »"))
        .anyMatch(line -> line.startsWith("21 paragraphe, liste ou tableau sans source"))
        .anyMatch(line -> line.startsWith("23 source « deux » inconnue"))
        .anyMatch(line -> line.startsWith("25 figure inconnue « inconnu »"))
        .anyMatch(line -> line.contains("n'a pas de valeur au 2020-01-01"));
  }

  @Test
  void readsOtherWaysOfAskingBesideAGuide() throws IOException {
    Path guide = folder.resolve("essai.md");
    Files.writeString(
        guide,
        """
        ---
        title: Essai
        routes: [cpf]
        audience: Tous
        territory: France
        sources:
          - {id: une, name: Page, publisher: P, url: "https://example.org", licence: L, consulted_on: 2026-01-01, confidence: A}
        review_by: 2027-01-01
        questions: ["c combien {#cout}"]
        ---

        ## Combien ? {#cout}

        Rien à payer. [^une]
        """);
    Path questions = folder.resolve("essai.questions.yaml");
    List<Problem> problems = new ArrayList<>();
    Files.writeString(questions, "cout:\n  - \"faut sortir des sous ?\"\n");
    assertThat(read(guide, problems).phrasings())
        .containsExactly(new FrequentQuestion("faut sortir des sous ?", "cout"));
    assertThat(problems).isEmpty();
    Files.writeString(questions, "cout:\n  - \"ça coûte ?\"\nabsente:\n  - \"quoi ?\"\n");
    read(guide, problems);
    assertThat(problems)
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.path()).isEqualTo(questions);
          assertThat(problem.line()).isEqualTo(4);
          assertThat(problem.message()).startsWith("section « absente » inconnue");
        });
  }

  @Test
  void refusesAFileThatIsNotUtf8() throws IOException {
    Path guide = folder.resolve("essai.md");
    Files.write(guide, new byte[] {'-', '-', '-', '\n', (byte) 0xe9});
    List<Problem> problems = new ArrayList<>();
    read(guide, problems);
    assertThat(problems).singleElement().asString().contains("UTF-8");
  }

  private static Guide read(Path path, List<Problem> problems) throws IOException {
    return new GuideReader(Set.of("cpf"), FIGURES, LocalDate.of(2026, 11, 23), problems)
        .read(path)
        .orElse(new Guide("", "", List.of(), List.of(), List.of(), List.of()));
  }

  private static String rendered(Guide guide) {
    StringBuilder text = new StringBuilder();
    for (Passage passage : guide.passages()) {
      text.append(passage.id()).append(" | ").append(passage.kind()).append('\n');
      passage.sentenceTexts().forEach(sentence -> text.append("  ").append(sentence).append('\n'));
    }
    return text.toString();
  }
}
