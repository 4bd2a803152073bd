package fr.jalon.bot.question;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a question wants to know of its subject. */
public enum Aspect {
  /** What it is. */
  DEFINITION("definition"),
  /** How it differs from something else. */
  DIFFERENCE("confusion"),
  /** What it costs, who pays. */
  COST("cout"),
  /** How long it takes, when. */
  DURATION("duree"),
  /** Whom to ask, where. */
  CONTACT("contact"),
  /** What has changed, since when. */
  CHANGE("changements"),
  /** How many people or cases there are. */
  COUNT("chiffres"),
  /** Whether one may, under which conditions. */
  WHO("pour-qui"),
  /** How to go about it. */
  HOW("comment");

  private static final List<String> NAMES = Arrays.stream(values()).map(Aspect::name).toList();

  private final String section;

  Aspect(String section) {
    this.section = section;
  }

  /** What a text shows that it asks; a new set. */
  public static Set<Aspect> in(String text) {
    Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
    Cues.matching(NAMES, text).forEach(name -> aspects.add(valueOf(name)));
    return aspects;
  }

  /** Id of the section in which a guide treats it. */
  public String section() {
    return section;
  }
}
