package fr.jalon.bot.answer;

/**
 * What searching found of a section.
 *
 * @param hit score of its best passage against the best of all, 0 to 1
 * @param phrasing how well the ways of asking for it fit, against the best fitting section, 0 to 1
 * @param likelihood how much likelier the question is to be asked for it than for any, in nats
 */
record Searched(double hit, double phrasing, double likelihood) {}
