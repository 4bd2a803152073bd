package fr.jalon.bot.store;

/** The database cannot be read or written. */
public final class StoreException extends RuntimeException {
  /**
   * Says what failed.
   *
   * @param message in French, with the mend
   */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** As above, without a cause. */
  public StoreException(String message) {
    super(message);
  }
}
