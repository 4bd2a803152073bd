package fr.jalon.bot.answer;

import java.util.List;
import java.util.Set;

/**
 * An answer, what surrounds it, and how it came about.
 *
 * @param answer what can honestly be said
 * @param routes ids of the routes it is about, likeliest first; never empty when answered
 * @param suggestions up to three questions to ask next, each answered by the guides
 * @param snapshot id of the snapshot it comes from
 * @param trace every step
 */
public record Response(
    Answer answer, Set<String> routes, List<String> suggestions, String snapshot, Trace trace) {}
