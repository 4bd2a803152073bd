package fr.jalon.bot.conversation;

import fr.jalon.bot.answer.Answerer;
import fr.jalon.bot.answer.Response;
import fr.jalon.bot.question.Turn;
import fr.jalon.bot.question.Turn.Role;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The turns of one conversation, kept in memory only. Not thread-safe: one person, in order. */
public final class Conversation {
  private static final int MOST_TURNS = 12;

  private final Answerer answerer;
  private final Wording wording;
  private final Deque<Turn> turns = new ArrayDeque<>();

  /** A conversation that has not begun. */
  public Conversation(Answerer answerer, Wording wording) {
    this.answerer = answerer;
    this.wording = wording;
  }

  /** Answers a message in the light of the turns before it, and remembers both. */
  public Response ask(String message) {
    Response response = answerer.answer(message, List.copyOf(turns));
    remember(new Turn(Role.USER, response.trace().question().asked()));
    remember(new Turn(Role.ASSISTANT, wording.text(response)));
    return response;
  }

  /** Forgets every turn. */
  public void forget() {
    turns.clear();
  }

  private void remember(Turn turn) {
    turns.addLast(turn);
    if (turns.size() > MOST_TURNS) {
      turns.removeFirst();
    }
  }
}
