package fr.jalon.knowledge;

import org.jspecify.annotations.Nullable;

/**
 * A way people really ask for a guide, as its author wrote it.
 *
 * @param text the question, as people type it
 * @param section id of the section that answers it, null when the author named none
 */
public record FrequentQuestion(String text, @Nullable String section) {}
