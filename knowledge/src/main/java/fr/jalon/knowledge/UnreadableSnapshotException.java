package fr.jalon.knowledge;

/** The snapshot in service is missing, damaged or of another version; the message says the mend. */
public final class UnreadableSnapshotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A snapshot that cannot be read; the message says the mend. */
  public UnreadableSnapshotException(String message) {
    super(message);
  }

  UnreadableSnapshotException(String message, Throwable cause) {
    super(message, cause);
  }
}
