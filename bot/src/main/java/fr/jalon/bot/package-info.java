/** The commands, and what they share. */
@NullMarked
package fr.jalon.bot;

import org.jspecify.annotations.NullMarked;
