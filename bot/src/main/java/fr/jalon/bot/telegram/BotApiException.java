package fr.jalon.bot.telegram;

import java.time.Duration;

/** The Bot API did not do what it was asked. */
final class BotApiException extends Exception {
  /** What can be done about it. */
  enum Kind {
    /** Wait as long as it says, then ask again. */
    TOO_MANY,
    /** It is done, though what came back cannot be read. */
    DONE,
    /** The server or the network fails: ask again later. */
    UNAVAILABLE,
    /** The token is refused: an operator must mend it. */
    TOKEN,
    /** Another program reads the updates of this bot. */
    CONFLICT,
    /** This person does not want to be written to, or is gone. */
    GONE,
    /** This very request is refused: asking again would be too. */
    REJECTED
  }

  private final Kind kind;
  private final Duration retryAfter;

  /**
   * Says what failed.
   *
   * @param message for the log: never a token or a text
   * @param retryAfter how long to wait; zero when it does not say
   */
  BotApiException(Kind kind, String message, Duration retryAfter) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  Kind kind() {
    return kind;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
