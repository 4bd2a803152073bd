/** What is kept about people, and for how long: the only code that knows SQL. */
@NullMarked
package fr.jalon.bot.store;

import org.jspecify.annotations.NullMarked;
