/** The turns of one conversation, and answers worded in French. */
@NullMarked
package fr.jalon.bot.conversation;

import org.jspecify.annotations.NullMarked;
