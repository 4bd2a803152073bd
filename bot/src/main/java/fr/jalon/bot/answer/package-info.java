/**
 * What can honestly be said: enough evidence or not, a draft, its proof, the answer and its trace.
 */
@NullMarked
package fr.jalon.bot.answer;

import org.jspecify.annotations.NullMarked;
