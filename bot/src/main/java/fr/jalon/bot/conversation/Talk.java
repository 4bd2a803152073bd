package fr.jalon.bot.conversation;

import fr.jalon.bot.answer.Response;
import fr.jalon.bot.question.Turn;
import fr.jalon.bot.question.Turn.Role;
import fr.jalon.knowledge.UnreadableSnapshotException;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers intents, whatever the channel. Thread-safe. */
public final class Talk {
  private static final Logger LOG = LoggerFactory.getLogger(Talk.class);

  private final Serving serving;
  private final Wording wording;

  /**
   * What was said.
   *
   * @param reply what to show
   * @param turns what to remember; possibly nothing
   */
  public record Said(Reply reply, List<Turn> turns) {}

  /** Answers from the snapshot in service. */
  public Talk(Serving serving, Wording wording) {
    this.serving = serving;
    this.wording = wording;
  }

  /**
   * Answers.
   *
   * @param history earlier turns, oldest first
   */
  public Said answer(Intent intent, List<Turn> history) {
    return switch (intent) {
      case Intent.Ask ask -> answer(ask.question(), history);
      case Intent.Command command ->
          new Said(
              command.topic() == Intent.Topic.ROUTES
                  ? wording.routes(questions())
                  : wording.about(command.topic()),
              List.of());
      case Intent.Unreadable none -> new Said(wording.unreadable(), List.of());
    };
  }

  /** One question for each subject; none when no snapshot can be read. */
  public List<String> questions() {
    try {
      return serving.questions();
    } catch (UnreadableSnapshotException | UncheckedIOException e) {
      LOG.error("the index cannot be read: {}", e.getMessage());
      return List.of();
    }
  }

  private Said answer(String question, List<Turn> history) {
    Response response;
    try {
      response = serving.answer(question, history);
    } catch (UnreadableSnapshotException | UncheckedIOException e) {
      LOG.error("the index cannot be read: {}", e.getMessage());
      return new Said(wording.unavailable(), List.of());
    } catch (RuntimeException e) {
      LOG.error("a question could not be answered: {}", e.getClass().getName());
      return new Said(wording.unavailable(), List.of());
    }
    return new Said(
        wording.words(response),
        List.of(
            new Turn(Role.USER, response.trace().question().asked()),
            new Turn(Role.ASSISTANT, wording.text(response))));
  }
}
