package fr.jalon.bot;

import fr.jalon.bot.answer.Answerer;
import fr.jalon.bot.conversation.Conversation;
import fr.jalon.bot.conversation.Intent;
import fr.jalon.bot.conversation.Wording;
import fr.jalon.knowledge.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jalon chat}: a conversation in the terminal. */
@Command(
    name = "chat",
    mixinStandardHelpOptions = true,
    description = "Ouvre une conversation dans le terminal.")
final class ChatCommand implements Callable<Integer> {
  private static final String WELCOME =
      """
      Bonjour, je suis Jalon. Je réponds sur la VAE, le CPF, le DAEU, la VAPP, l'Université de Lorraine et l'aide numérique.
      Chaque réponse cite ses sources ; aucune n'est une décision officielle. Cette conversation n'est pas enregistrée.
      /aide explique, /oublier efface la conversation, /quitter la ferme.
      """;

  @Spec CommandSpec spec = CommandSpec.create();

  @SuppressWarnings("NullAway.Init") // picocli
  @Mixin
  IndexOption index;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Snapshot snapshot = index.open(spec.commandLine().getErr());
        Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      LineReader lines =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .build();
      Wording wording = new Wording();
      Conversation conversation = new Conversation(new Answerer(snapshot), wording);
      out.println(WELCOME);
      while (true) {
        String message;
        try {
          message = lines.readLine("vous > ").strip();
        } catch (EndOfFileException | UserInterruptException e) {
          return 0;
        }
        if (message.equalsIgnoreCase("/quitter")) {
          return 0;
        }
        if (!message.isEmpty()) {
          out.println(reply(Intent.of(message), conversation, snapshot, wording) + "\n");
        }
      }
    }
  }

  private static String reply(
      Intent intent, Conversation conversation, Snapshot snapshot, Wording wording) {
    return switch (intent) {
      case Intent.Ask ask -> wording.reply(conversation.ask(ask.question()));
      case Intent.Unreadable none -> wording.unreadable().text();
      case Intent.Command command ->
          switch (command.topic()) {
            case FORGET -> {
              conversation.forget();
              yield "C'est oublié.";
            }
            case START -> WELCOME.strip();
            case ROUTES -> wording.routes(snapshot.lexicon().questions()).text();
            case MY_DATA, PRIVACY ->
                "Cette conversation n'est qu'en mémoire : rien n'est enregistré.";
            case HELP, SOURCES, HUMAN -> wording.about(command.topic()).text();
          };
    };
  }
}
