package fr.jalon.bot;

/**
 * What is never shown.
 *
 * @param value the secret
 */
record Secret(String value) {
  @Override
  public String toString() {
    return "•••";
  }
}
