package fr.jalon.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.bot.conversation.Reply;
import fr.jalon.bot.web.ReplyView.Block;
import fr.jalon.bot.web.ReplyView.Line;
import fr.jalon.bot.web.ReplyView.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyViewTest {
  private static final Span LINK = new Span("[1]", "https://a.fr/x", "a.fr", false);

  private static Line text(String text) {
    return new Line(List.of(new Span(text, "", "", false)));
  }

  private static Reply reply(String text, String url) {
    List<Reply.Link> links =
        java.util.regex.Pattern.compile("\\[1\\]")
            .matcher(text)
            .results()
            .map(found -> new Reply.Link(found.start(), found.end(), url))
            .toList();
    return new Reply(text, links, List.of());
  }

  @Test
  void cutsAReplyIntoParagraphsListsAndSources() {
    String text = "Voici :\n• un\n• deux [1]\nFin.\n\nSources\n[1] A, vérifié le 1er mai 2026";
    assertThat(ReplyView.blocks(reply(text, "https://a.fr/x")))
        .containsExactly(
            new Block("", List.of(text("Voici :")), List.of(), List.of()),
            new Block(
                "",
                List.of(),
                List.of(text("un"), new Line(List.of(new Span("deux ", "", "", false), LINK))),
                List.of()),
            new Block("", List.of(text("Fin.")), List.of(), List.of()),
            new Block("Sources", List.of(), List.of(), List.of()),
            new Block(
                "",
                List.of(),
                List.of(),
                List.of(
                    new Line(
                        List.of(LINK, new Span(" A, vérifié le 1er mai 2026", "", "", false))))));
  }

  @Test
  void linksToNothingButTheWeb() {
    for (String url :
        List.of("javascript:alert(1)", "data:text/html,x", "//a.fr", "https://", "::")) {
      assertThat(ReplyView.blocks(reply("Voir [1]", url)))
          .allSatisfy(block ->
              assertThat(block.paragraph().get(0).spans()).allMatch(span -> span.url().isEmpty()));
    }
  }

  @Test
  void showsNothingOfAnEmptyReply() {
    assertThat(ReplyView.blocks(Reply.of("\n \n"))).isEmpty();
  }
}
