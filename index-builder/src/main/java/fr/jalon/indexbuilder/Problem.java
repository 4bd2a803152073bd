package fr.jalon.indexbuilder;

import java.nio.file.Path;

/**
 * Something wrong in a source.
 *
 * @param path the file
 * @param line line in the file, from 1; 0 for the file as a whole
 * @param message what is wrong and, in parentheses, how to mend it, in French
 */
public record Problem(Path path, int line, String message) {
  /** {@code path:line: message}. */
  @Override
  public String toString() {
    return line == 0
        ? "%s: %s".formatted(path, message)
        : "%s:%d: %s".formatted(path, line, message);
  }
}
