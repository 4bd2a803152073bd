/**
 * What a person asks, understood: the French cleaned, routes and acronyms found, follow-ups
 * resolved.
 */
@NullMarked
package fr.jalon.bot.question;

import org.jspecify.annotations.NullMarked;
