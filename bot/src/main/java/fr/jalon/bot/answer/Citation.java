package fr.jalon.bot.answer;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What proves a sentence.
 *
 * @param number from 1, as it stands in the text between brackets
 * @param guide id of the guide
 * @param passage id of the passage
 * @param heading guide title, then headings down to the section
 * @param quote a verbatim substring of the passage
 * @param url address of the source, null when it has none
 * @param publisher who publishes the source, null when unknown
 * @param consultedOn day the source was last checked, null when unknown
 */
public record Citation(
    int number,
    String guide,
    String passage,
    List<String> heading,
    String quote,
    @Nullable String url,
    @Nullable String publisher,
    @Nullable LocalDate consultedOn) {}
