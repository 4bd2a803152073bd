package fr.jalon.knowledge;

/**
 * A passage found for a question.
 *
 * @param passage the passage
 * @param score how well it fits, above 0; comparable within one search only
 * @param why the words found and where, in French, as staff read it; empty when it was not asked
 */
public record Hit(Passage passage, double score, String why) {}
