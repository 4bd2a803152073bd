package fr.jalon.bot.store;

/**
 * What a person sent, reduced to what answering it needs.
 *
 * @param updateId what it is known by at the door, so that it is handled once
 * @param chat the conversation
 * @param message number of the message in its chat; 0 when there is none
 * @param edited whether it replaces an earlier message of that number
 * @param callback what to acknowledge, for a tapped button; else empty
 * @param text what was written, personal numbers masked; empty when it cannot be read
 */
public record Incoming(
    long updateId, long chat, int message, boolean edited, String callback, String text) {}
