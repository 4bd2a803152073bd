package fr.jalon.bot;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.bot.answer.Answerer;
import fr.jalon.bot.answer.Response;
import fr.jalon.bot.conversation.Wording;
import fr.jalon.bot.question.Turn;
import fr.jalon.bot.question.Turn.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A question file holds earlier turns after {@code >}, then the question. */
class GoldenAnswersTest {
  private static final Path GOLDEN = Path.of("src/test/resources/fr/jalon/bot/golden");

  private final Answerer answerer = new Answerer(Shipped.snapshot());
  private final Wording wording = new Wording();

  static List<Path> questions() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files.filter(file -> file.toString().endsWith(".question")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("questions")
  void answersAsExpected(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<Turn> history =
        lines.stream()
            .filter(line -> line.startsWith("> "))
            .map(line -> new Turn(Role.USER, line.substring(2)))
            .toList();
    Response response = answerer.answer(lines.get(lines.size() - 1), history);
    String answer =
        "%s %s%n%n%s%n"
            .formatted(
                AnswerJson.status(response.answer()), response.routes(), wording.reply(response));
    Path expected = Path.of(file.toString().replace(".question", ".answer"));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, answer);
    }
    assertThat(answer).isEqualTo(Files.readString(expected));
  }
}
