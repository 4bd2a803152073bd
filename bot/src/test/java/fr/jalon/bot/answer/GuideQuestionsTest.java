package fr.jalon.bot.answer;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.bot.Shipped;
import fr.jalon.bot.answer.Answer.Answered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The questions of the guides, asked as their authors wrote them. */
class GuideQuestionsTest {
  private static final Path GUIDES = Path.of("..", "knowledge", "guides");
  private static final Pattern QUESTION = Pattern.compile("(?m)^  - \"(.*) \\{#([a-z0-9-]+)}\"$");
  private static final int LEAST_PERCENT = 90;

  @Test
  void areAnsweredByTheSectionTheyName() throws IOException {
    Answerer answerer = new Answerer(Shipped.snapshot());
    List<String> missed = new ArrayList<>();
    int asked = 0;
    try (Stream<Path> files = Files.list(GUIDES)) {
      for (Path file : files.sorted().toList()) {
        String guide = file.getFileName().toString().replace(".md", "");
        Matcher question = QUESTION.matcher(Files.readString(file));
        while (!guide.equals("urgence") && question.find()) {
          asked++;
          String section = guide + '#' + question.group(2) + '-';
          Answer answer = answerer.answer(question.group(1), List.of()).answer();
          boolean found =
              answer instanceof Answered answered
                  && answered.citations().stream()
                      .anyMatch(citation -> citation.passage().startsWith(section));
          if (!found) {
            missed.add(section + " " + question.group(1));
          }
        }
      }
    }
    assertThat(asked).isGreaterThan(150);
    assertThat(100 * (asked - missed.size()) / asked)
        .as(String.join("\n", missed))
        .isGreaterThanOrEqualTo(LEAST_PERCENT);
  }
}
