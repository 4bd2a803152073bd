package fr.jalon.indexbuilder;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.knowledge.Figures;
import fr.jalon.knowledge.French;
import fr.jalon.knowledge.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the text of the shipped guides may hold, before figures are resolved. Unknown figures and
 * routes, malformed sources and paragraphs without one are refused by every build.
 */
class GuideLintTest {
  private static final Path KNOWLEDGE = Path.of("..", "knowledge");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 25);
  private static final Pattern AMOUNT =
      Pattern.compile("(?<![\\d,])\\d{1,3}(?:\\h\\d{3})*(?:,\\d+)?\\h?€");
  private static final Pattern LEANING_LINE =
      Pattern.compile(
          "(?m)^En bref : (?i:oui|non)(?:[^,\\p{L}]|, (?:si|mais|pas|ni|ils?|elles?|cela|y|jusqu|c')\\b).*");
  private static final Pattern SIGLE = Pattern.compile("\\b[A-Z]{2,}\\b");
  private static final Pattern MARKUP =
      Pattern.compile("\\[\\^[^\\]]*\\]|\\{#[^}]*\\}|\\{\\{[^}]*\\}\\}");

  /** Short forms that every adult reads daily. */
  private static final Set<String> EVERYDAY =
      Set.of("CDI", "CDD", "SMS", "CV", "CAP", "BEP", "BTS", "TER", "SIREN", "GPS", "PDF", "OK");

  /** Names written in capitals, which no longer stand for words. */
  private static final Set<String> NAMES =
      Set.of(
          "FUN", "MOOC", "ERUDI", "APTIC", "PACE", "PRIMO", "ROME", "YPAREO", "SFR", "PIAAC",
          "ACCES", "THI", "PI", "UFCVAE", "GREF", "ENIC", "NARIC", "CS", "XXIII");

  /** Where every sigle is explained, in tables. */
  private static final String GLOSSARY = "glossaire";

  private static Map<String, String> bodies() throws IOException {
    Map<String, String> bodies = new TreeMap<>();
    try (Stream<Path> files = Files.walk(KNOWLEDGE.resolve("guides"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).toList()) {
        String id = file.getFileName().toString().replace(".md", "");
        bodies.put(id, Files.readString(file).split("\n---\n", 2)[1]);
      }
    }
    return bodies;
  }

  /** An answer may leave out the yes or no of a first line: the rest must then stand alone. */
  @Test
  void whatFollowsAYesOrNoStandsAlone() throws IOException {
    List<String> leaning = new ArrayList<>();
    bodies()
        .forEach((guide, body) ->
            LEANING_LINE
                .matcher(body)
                .results()
                .forEach(line -> leaning.add(guide + " : " + line.group())));
    assertThat(leaning).isEmpty();
  }

  @Test
  void anAmountOfTwoGuidesIsAFigure() throws IOException {
    Map<String, Set<String>> guidesByAmount = new TreeMap<>();
    bodies()
        .forEach((guide, body) ->
            amounts(body)
                .forEach(amount ->
                    guidesByAmount.computeIfAbsent(amount, k -> new TreeSet<>()).add(guide)));
    guidesByAmount.values().removeIf(guides -> guides.size() < 2);
    assertThat(guidesByAmount).isEmpty();
  }

  @Test
  void anAmountWithCentsThatIsAFigureIsNotWrittenByHand() throws IOException {
    List<Problem> problems = new ArrayList<>();
    Figures figures = new CompanionReader(KNOWLEDGE, problems).figures();
    Set<String> values =
        figures.byName().values().stream()
            .flatMap(figure -> figure.values().stream())
            .map(value -> compact(value.value()))
            .filter(value -> value.contains(","))
            .collect(Collectors.toSet());
    assertThat(values).isNotEmpty();
    bodies()
        .forEach((guide, body) ->
            assertThat(amounts(body)).as(guide).doesNotContainAnyElementsOf(values));
  }

  @Test
  void aSigleIsSpelledOutInEachGuideThatUsesIt() throws IOException {
    Map<String, String> names = namesBySigle();
    List<String> unexplained = new ArrayList<>();
    bodies()
        .forEach((guide, body) -> {
          String text = MARKUP.matcher(body).replaceAll("");
          SIGLE
              .matcher(text)
              .results()
              .map(MatchResult::group)
              .distinct()
              .filter(sigle -> !EVERYDAY.contains(sigle) && !NAMES.contains(sigle))
              .filter(sigle -> !isSpelledOut(sigle, text, names))
              .forEach(sigle -> unexplained.add(guide + ": " + sigle));
        });
    unexplained.removeIf(found -> found.startsWith(GLOSSARY + ":"));
    assertThat(unexplained).isEmpty();
  }

  @Test
  void noGuideOrFigureIsPastItsReview() throws IOException {
    List<Problem> problems = new ArrayList<>();
    CompanionReader companions = new CompanionReader(KNOWLEDGE, problems);
    assertThat(companions.figures().byName().values())
        .allMatch(figure -> figure.reviewBy().isAfter(DAY));
    Pattern reviewBy = Pattern.compile("\nreview_by: ([0-9-]+)\n");
    try (Stream<Path> files = Files.walk(KNOWLEDGE.resolve("guides"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).toList()) {
        String day =
            reviewBy.matcher(Files.readString(file)).results().findFirst().orElseThrow().group(1);
        assertThat(LocalDate.parse(day)).as(file.toString()).isAfter(DAY);
      }
    }
  }

  private static Set<String> amounts(String body) {
    return AMOUNT
        .matcher(body)
        .results()
        .map(MatchResult::group)
        .map(GuideLintTest::compact)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String compact(String amount) {
    return amount.replaceAll("\\h", "");
  }

  private static Map<String, String> namesBySigle() throws IOException {
    Vocabulary vocabulary = new CompanionReader(KNOWLEDGE, new ArrayList<>()).vocabulary();
    Map<String, String> names = new HashMap<>();
    vocabulary.routes().stream()
        .filter(route -> route.sigle() != null)
        .forEach(route -> names.put(route.sigle(), French.fold(route.name())));
    vocabulary.bodies().stream()
        .filter(body -> body.sigle() != null)
        .forEach(body -> names.put(body.sigle(), French.fold(body.name())));
    return names;
  }

  /**
   * « nom (SIGLE) », « SIGLE (nom) », « SIGLE, le nom », « SIGLE est le nom », or the name itself.
   */
  private static boolean isSpelledOut(String sigle, String text, Map<String, String> names) {
    return Pattern.compile(
                "\\("
                    + sigle
                    + "[,)]|\\b"
                    + sigle
                    + "(?: \\(|, l[ae]s? |, l'|, un | est l| veut dire )")
            .matcher(text)
            .find()
        || (names.containsKey(sigle) && French.fold(text).contains(names.get(sigle)));
  }
}
