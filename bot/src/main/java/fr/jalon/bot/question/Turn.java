package fr.jalon.bot.question;

/**
 * Something said earlier in a conversation.
 *
 * @param role who said it
 * @param content what was said
 */
public record Turn(Role role, String content) {
  /** Who speaks. */
  public enum Role {
    /** The person who asks. */
    USER,
    /** Jalon. */
    ASSISTANT
  }
}
