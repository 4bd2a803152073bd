package fr.jalon.bot;

import fr.jalon.bot.store.StoreException;
import fr.jalon.knowledge.UnreadableSnapshotException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;

/** The command line. */
@Command(
    name = "jalon",
    version = "jalon 0.1.0",
    mixinStandardHelpOptions = true,
    description = "Répond en français sur la formation et les diplômes, preuves à l'appui.",
    subcommands = {
      StartCommand.class,
      ChatCommand.class,
      AskCommand.class,
      SearchCommand.class,
      IndexCommand.class,
      DoctorCommand.class
    })
public final class Main implements Runnable {
  /** What only its developers read. */
  private static final List<Logger> CHATTY =
      Stream.of("org.apache.lucene", "io.javalin", "org.eclipse.jetty")
          .map(Logger::getLogger)
          .toList();

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @CommandLine.Option(
      names = "--debug",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Montre la trace complète d'une erreur.")
  boolean debug;

  /** Runs a command and ends the process with its status. */
  public static void main(String[] args) {
    CHATTY.forEach(logger -> logger.setLevel(Level.OFF));
    System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT %4$s %5$s%n");
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Settings settings;
    try {
      settings =
          Settings.of(
              System.getenv(),
              System.getProperty("jalon.home", "."),
              Boolean.getBoolean("jalon.terminal"),
              Clock.system(ZoneId.systemDefault()));
    } catch (Settings.MistakenException e) {
      e.mistakes().forEach(mistake -> err.println("jalon : " + mistake));
      System.exit(CommandLine.ExitCode.USAGE);
      return;
    }
    System.exit(commandLine(settings, out, err).execute(args));
  }

  /** The commands, writing where they are told. */
  static CommandLine commandLine(Settings settings, PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new Main(), factory(settings));
    line.setOut(out);
    line.setErr(err);
    line.setParameterExceptionHandler(Main::refuseUsage);
    line.setExecutionExceptionHandler(Main::refuseWork);
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "commande absente (essayez « jalon ask \"…\" » ou « jalon --help »)");
  }

  private static IFactory factory(Settings settings) {
    IFactory standard = CommandLine.defaultFactory();
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        return type == IndexOption.class
            ? type.cast(new IndexOption(settings))
            : standard.create(type);
      }
    };
  }

  private static int refuseUsage(ParameterException error, String[] args) {
    PrintWriter err = error.getCommandLine().getErr();
    err.println("jalon : " + oneLine(error.getMessage()) + " ; voir « jalon --help »");
    return CommandLine.ExitCode.USAGE;
  }

  private static int refuseWork(Exception error, CommandLine line, CommandLine.ParseResult parsed) {
    if (line.getParseResult() != null && parsed.hasMatchedOption("--debug")) {
      error.printStackTrace(line.getErr());
    }
    String message =
        switch (error) {
          case UnreadableSnapshotException unreadable -> String.valueOf(unreadable.getMessage());
          case StoreException store -> String.valueOf(store.getMessage());
          case UncheckedIOException io -> "lecture ou écriture impossible : " + io.getMessage();
          case IOException io -> "lecture ou écriture impossible : " + io.getMessage();
          default -> "erreur imprévue : " + error + " (relancez avec --debug)";
        };
    line.getErr().println("jalon : " + oneLine(message));
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String oneLine(@Nullable String message) {
    return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
  }
}
