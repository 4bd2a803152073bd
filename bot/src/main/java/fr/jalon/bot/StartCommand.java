package fr.jalon.bot;

import picocli.CommandLine.Command;

/** {@code jalon start}: every door; the terminal conversation is the only one so far. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Ouvre Jalon : pour l'instant, la conversation dans le terminal.")
final class StartCommand extends ChatCommand {}
