package fr.jalon.knowledge;

import java.time.LocalDate;

/**
 * Where a paragraph's facts come from.
 *
 * @param id name of the source within its guide
 * @param name title of the page or text
 * @param publisher who publishes it
 * @param url its address, empty when the source has none
 * @param licence licence of the source
 * @param consultedOn day the source was last checked
 * @param confidence {@code A} official text read, {@code B} official text cited or concordant
 *     sources, {@code C} a lone or old source
 */
public record Source(
    String id,
    String name,
    String publisher,
    String url,
    String licence,
    LocalDate consultedOn,
    String confidence) {}
