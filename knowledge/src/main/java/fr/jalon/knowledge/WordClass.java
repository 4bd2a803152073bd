package fr.jalon.knowledge;

import java.util.Set;

/** What a French word may be, whatever stands around it. */
public enum WordClass {
  /** A noun or adjective. */
  NAME,
  /** A verb that cannot be a noun. */
  VERB,
  /** Any other, or what may be an adverb or a preposition: « devant », « trois », « dedans »… */
  TOOL,
  /** A word that the dictionary does not have: a proper name, an acronym, a misspelling. */
  UNKNOWN;

  /**
   * The class of a word.
   *
   * @param surface as written; an elided article before it does not matter, nor do its accents
   */
  public static WordClass of(String surface) {
    Set<String> tags = FrenchDictionary.tags(surface.substring(surface.lastIndexOf('\'') + 1));
    if (tags.isEmpty()) {
      return UNKNOWN;
    }
    if (has(tags, 'N')) {
      return has(tags, 'A') || has(tags, 'P') ? TOOL : NAME;
    }
    if (has(tags, 'V')) {
      return VERB;
    }
    return has(tags, 'J') ? NAME : TOOL;
  }

  private static boolean has(Set<String> tags, char first) {
    return tags.stream().anyMatch(tag -> tag.charAt(0) == first);
  }
}
