package fr.jalon.bot.store;

import java.time.Instant;

/**
 * The receipt of an erasure.
 *
 * @param turns turns erased
 * @param waiting messages erased that were not handled or sent yet
 * @param left rows of the chat found afterwards: 0
 * @param at when
 */
public record Forgotten(int turns, int waiting, int left, Instant at) {}
