package fr.jalon.bot.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.bot.conversation.Reply;
import fr.jalon.bot.conversation.Reply.Link;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  private static List<String> texts(List<Reply> pages) {
    return pages.stream().map(Reply::text).toList();
  }

  @Test
  void leavesAReplyThatFitsWhole() {
    Reply reply = new Reply("Bonjour. [1]", List.of(new Link(9, 12, "https://a.fr")), List.of("q"));
    assertThat(Pages.of(reply, Pages.LONGEST)).containsExactly(reply);
  }

  @Test
  void cutsBetweenSentences() {
    assertThat(texts(Pages.of(Reply.of("Une phrase. Une autre ! Et la fin ?"), 24)))
        .containsExactly("Une phrase. Une autre !", "Et la fin ?");
  }

  @Test
  void prefersTheEndOfALine() {
    assertThat(texts(Pages.of(Reply.of("Un titre long\nUn. Deux. Trois."), 20)))
        .containsExactly("Un titre long", "Un. Deux. Trois.");
  }

  @Test
  void opensAgainALinkThatACutRunsThrough() {
    Reply reply = new Reply("abcdefgh", List.of(new Link(1, 7, "https://a.fr")), List.of());
    assertThat(Pages.of(reply, 4).stream().flatMap(page -> page.links().stream()))
        .containsExactly(new Link(1, 4, "https://a.fr"), new Link(0, 3, "https://a.fr"));
  }

  @Test
  void offersQuestionsBelowTheLastPage() {
    Reply reply = new Reply("Un. Deux.", List.of(), List.of("q"));
    assertThat(Pages.of(reply, 5)).extracting(Reply::next).containsExactly(List.of(), List.of("q"));
  }

  @Test
  void neverCutsACharacter() {
    String families = "👨‍👩‍👧‍👦".repeat(40);
    assertThat(texts(Pages.of(Reply.of(families), 25)))
        .allSatisfy(page -> assertThat(page).matches("(👨‍👩‍👧‍👦)+"));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 40, 4096})
  void losesNothingWhateverIsSaid(int longest) {
    Random random = new Random(longest);
    for (int i = 0; i < 300; i++) {
      String text =
          random
              .ints(random.nextInt(3 * Math.min(longest, 400)) + 1L, 0, 12)
              .mapToObj(n ->
                  List.of("a", "b", " ", "\n", ". ", "é", "😀", "! ", "e\u0301", "[1]", "…", "«")
                      .get(n))
              .collect(Collectors.joining());
      List<Reply> pages = Pages.of(Reply.of(text), longest);
      assertThat(texts(pages)).allSatisfy(page -> assertThat(page.length()).isBetween(1, longest));
      assertThat(String.join("", texts(pages)).replaceAll("\\s", ""))
          .isEqualTo(text.replaceAll("\\s", ""));
    }
  }
}
