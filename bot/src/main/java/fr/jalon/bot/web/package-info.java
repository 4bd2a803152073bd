/**
 * The citizen's page: the conversation of the other doors, in a browser, without script, account or
 * anything written to a disk. {@link fr.jalon.bot.web.WebDoor} is the way in.
 */
@NullMarked
package fr.jalon.bot.web;

import org.jspecify.annotations.NullMarked;
