/**
 * The Telegram door: updates are stored before they are acknowledged, each chat is answered in
 * order and beside the others, and replies are stored, sent, then marked. Only this package knows
 * the Bot API.
 */
@NullMarked
package fr.jalon.bot.telegram;

import org.jspecify.annotations.NullMarked;
