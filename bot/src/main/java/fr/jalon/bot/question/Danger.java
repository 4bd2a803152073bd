package fr.jalon.bot.question;

import java.util.Arrays;
import java.util.Optional;

/** A danger a message tells of, gravest first. */
public enum Danger {
  /** Suicide or despair. */
  DISTRESS("detresse"),
  /** Illness or accident. */
  HEALTH("malaise"),
  /** Harassment or blackmail online. */
  ONLINE("cyberharcelement"),
  /** Violence from someone. */
  VIOLENCE("violences"),
  /** Any other. */
  OTHER("danger-immediat");

  private final String section;

  Danger(String section) {
    this.section = section;
  }

  /** Id of the section of the guide {@code urgence} that says what to do. */
  public String section() {
    return section;
  }

  /** The danger a text tells of; empty when it tells of none. */
  public static Optional<Danger> in(String text) {
    return Arrays.stream(values())
        .filter(danger -> Cues.match("DANGER_" + danger, text))
        .findFirst();
  }
}
