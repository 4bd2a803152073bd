package fr.jalon.indexbuilder;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.indexbuilder.IndexBuilder.Outcome;
import fr.jalon.knowledge.FrequentQuestion;
import fr.jalon.knowledge.Guide;
import fr.jalon.knowledge.Hit;
import fr.jalon.knowledge.Manifest;
import fr.jalon.knowledge.Passage;
import fr.jalon.knowledge.Passage.Kind;
import fr.jalon.knowledge.Route;
import fr.jalon.knowledge.Snapshot;
import fr.jalon.knowledge.SnapshotDirectory;
import fr.jalon.knowledge.SnapshotWriter;
import fr.jalon.knowledge.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guides of the project: how they are written, and that search reaches them as people type. */
class ShippedGuidesTest {
  private static final Path KNOWLEDGE = Path.of("..", "knowledge");
  private static final int FOLDS = 10;
  private static final int MOST_FREQUENT = 15;

  private static final int LONGEST_SENTENCE = 20;
  private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

  @TempDir static Path index;
  private static final List<Guide> GUIDES = new ArrayList<>();
  private static Snapshot snapshot;

  @BeforeAll
  static void build() throws IOException {
    List<Problem> problems = new ArrayList<>();
    CompanionReader companions = new CompanionReader(KNOWLEDGE, problems);
    Vocabulary vocabulary = companions.vocabulary();
    Set<String> routes = vocabulary.routes().stream().map(Route::id).collect(Collectors.toSet());
    GuideReader reader = new GuideReader(routes, companions.figures(), DAY, problems);
    for (Path file : files()) {
      reader.read(file).ifPresent(GUIDES::add);
    }
    assertThat(problems).isEmpty();
    SnapshotDirectory directory = new SnapshotDirectory(index);
    Outcome outcome =
        new IndexBuilder(directory)
            .build(
                new IndexBuilder.Request(List.of(KNOWLEDGE), KNOWLEDGE, DAY, Instant.EPOCH),
                (step, done, total) -> {});
    assertThat(outcome).isInstanceOf(Outcome.Published.class);
    snapshot = directory.open();
  }

  @AfterAll
  static void close() {
    snapshot.close();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(KNOWLEDGE.resolve("guides"))) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static int words(String sentence) {
    return (int)
        Arrays.stream(sentence.split("\\s+", -1)).filter(w -> w.matches(".*\\w.*")).count();
  }

  @Test
  void openEachSectionWithOneShortLine() {
    for (Guide guide : GUIDES) {
      guide.passages().stream()
          .collect(Collectors.groupingBy(Passage::section))
          .forEach((section, passages) -> {
            assertThat(passages.stream().filter(p -> p.kind() == Kind.SUMMARY))
                .as(guide.id() + "#" + section)
                .hasSize(1);
            assertThat(passages.get(0).kind()).isEqualTo(Kind.SUMMARY);
            assertThat(words(passages.get(0).text()))
                .as(passages.get(0).text())
                .isLessThanOrEqualTo(15);
          });
    }
  }

  @Test
  void useShortSentences() {
    List<String> sentences =
        GUIDES.stream()
            .flatMap(guide -> guide.passages().stream())
            .filter(passage -> passage.kind() != Kind.ROW)
            .flatMap(passage -> passage.sentenceTexts().stream())
            .toList();
    assertThat(sentences).filteredOn(sentence -> words(sentence) > LONGEST_SENTENCE).isEmpty();
  }

  @Test
  void carryFrequentQuestionsAndNoVagueDate() throws IOException {
    for (Path file : files()) {
      String[] parts = Files.readString(file).split("\n---\n", 2);
      assertThat(parts[0].lines().filter(line -> line.startsWith("  - \"")).count())
          .isBetween(6L, (long) MOST_FREQUENT);
      String body = parts[1];
      assertThat(body).doesNotContainPattern("(?i)cette année|récemment|actuellement");
      assertThat(body).doesNotContain("150 €", "102,23 €", "103,20 €");
    }
  }

  @Test
  void areReachedByTheirFrequentQuestions() {
    List<String> missed = new ArrayList<>();
    for (Guide guide : GUIDES) {
      for (FrequentQuestion question : guide.questions()) {
        if (!isReached(guide, question, snapshot)) {
          missed.add(guide.id() + ": " + question.text());
        }
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void haveSectionsReachedByTheWaysOfAskingForThem() {
    List<String> missed = new ArrayList<>();
    int asked = 0;
    for (Guide guide : GUIDES) {
      for (FrequentQuestion phrasing : guide.phrasings()) {
        String section = guide.id() + '#' + phrasing.section();
        asked++;
        if (snapshot.searchSections(phrasing.text(), "", 3).stream()
            .noneMatch(hit -> hit.id().equals(section))) {
          missed.add(section + ": " + phrasing.text());
        }
      }
    }
    assertThat(100 * (asked - missed.size()) / asked)
        .as(String.join("\n", missed))
        .isGreaterThanOrEqualTo(97);
  }

  /** Each index leaves out a tenth of the frequent questions of every guide, and is asked those. */
  @Test
  void areReachedByQuestionsTheyDoNotHold() throws IOException {
    List<String> missed = new ArrayList<>();
    int asked = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      SnapshotDirectory directory = new SnapshotDirectory(index.resolve("without-" + fold));
      Manifest manifest = directory.write(without(fold), DAY, Instant.EPOCH, done -> {});
      directory.publish(manifest.id());
      try (Snapshot other = directory.open()) {
        for (Guide guide : GUIDES) {
          for (int i = fold; i < guide.questions().size(); i += FOLDS) {
            FrequentQuestion question = guide.questions().get(i);
            asked++;
            if (!isReached(guide, question, other)) {
              missed.add(guide.id() + ": " + question.text());
            }
          }
        }
      }
    }
    System.out.printf("left-out questions: %d of %d reached%n", asked - missed.size(), asked);
    assertThat(100 * (asked - missed.size()) / asked)
        .as(String.join("\n", missed))
        .isGreaterThanOrEqualTo(85);
  }

  private static SnapshotWriter without(int fold) throws IOException {
    CompanionReader companions = new CompanionReader(KNOWLEDGE, new ArrayList<>());
    List<Guide> guides =
        GUIDES.stream()
            .map(guide ->
                new Guide(
                    guide.id(),
                    guide.title(),
                    guide.routes(),
                    outOfFold(guide, fold),
                    guide.phrasings(),
                    guide.passages()))
            .toList();
    return new SnapshotWriter(guides, companions.vocabulary(), companions.figures());
  }

  private static List<FrequentQuestion> outOfFold(Guide guide, int fold) {
    return IntStream.range(0, guide.questions().size())
        .filter(i -> i % FOLDS != fold)
        .mapToObj(guide.questions()::get)
        .toList();
  }

  private static boolean isReached(Guide guide, FrequentQuestion question, Snapshot searched) {
    return searched.searchGuides(question.text(), 3).stream()
        .anyMatch(hit -> hit.id().equals(guide.id()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COMMENT FINANCER UNE VAE",
        "comment financer une v.a.e. ?",
        "comment financer une v a e ! : \" * AND /",
        "<b>comment</b> financer une VAE 😀",
        "cmt financer une VAE",
        "commentt financer une vae",
      })
  void areFoundHoweverAQuestionIsTyped(String typed) {
    assertThat(firstThree(typed)).isEqualTo(firstThree("Comment financer une VAE ?"));
  }

  @Test
  void areFoundWithoutAccentsOrWithDecomposedOnes() {
    String question = "Qui est exonéré de la participation CPF ?";
    assertThat(firstThree("qui est exonere de la participation cpf"))
        .isEqualTo(firstThree(question));
    assertThat(firstThree(Normalizer.normalize(question, Normalizer.Form.NFD)))
        .isEqualTo(firstThree(question));
  }

  @Test
  void survive10000RandomStrings() {
    Random random = new Random(20261123);
    for (int i = 0; i < 10_000; i++) {
      int length = i == 0 ? 4096 : random.nextInt(60);
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < length; j++) {
        switch (i == 0 ? 3 : random.nextInt(5)) {
          case 0 -> text.append((char) random.nextInt(0x10000));
          case 1 -> text.append("\"*/:!?()[]{}^~\\+-&|'".charAt(random.nextInt(19)));
          case 2 -> text.append((char) (0xd800 + random.nextInt(0x800)));
          case 3 -> text.append("😀");
          default -> text.append("vae cpf daeu é ".charAt(random.nextInt(15)));
        }
      }
      assertThat(snapshot.search(text.toString(), 3)).hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void surviveLongMessagesOfWordsThatHaveManySynonyms() throws IOException {
    String lexicon = Files.readString(KNOWLEDGE.resolve("lexicon.yaml"));
    String synonyms =
        lexicon.substring(lexicon.indexOf("\nsynonyms:"), lexicon.indexOf("\nabbreviations:"));
    List<String> words = List.of(synonyms.split("[^\\p{L}']+", -1));
    Random random = new Random(20261125);
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < 80; j++) {
        text.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      assertThat(snapshot.search(text.toString(), 3)).isNotEmpty();
    }
  }

  private static List<String> firstThree(String question) {
    return snapshot.search(question, 3).stream().map(Hit::passage).map(Passage::id).toList();
  }
}
