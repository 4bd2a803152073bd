package fr.jalon.bot.conversation;

import java.util.Arrays;
import java.util.Locale;

/** What a message wants, whatever the channel. */
public sealed interface Intent {
  /** The answer to a question. */
  record Ask(String question) implements Intent {}

  /** What Jalon says of itself. */
  record Command(Topic topic) implements Intent {}

  /** To be read, though it holds no text: a voice, a picture, a place. */
  record Unreadable() implements Intent {}

  /** What a command is about, in the order in which they are shown. */
  enum Topic {
    /** Who speaks. */
    START("start"),
    /** How to ask. */
    HELP("aide"),
    /** What can be asked about. */
    ROUTES("routes"),
    /** Where the answers come from. */
    SOURCES("sources"),
    /** What is kept of the person. */
    MY_DATA("mesdonnees"),
    /** To keep nothing more. */
    FORGET("oublier"),
    /** How data are treated. */
    PRIVACY("confidentialite"),
    /** To speak with somebody. */
    HUMAN("humain");

    private final String word;

    Topic(String word) {
      this.word = word;
    }

    /** What is typed after the slash. */
    public String word() {
      return word;
    }
  }

  /** What a text wants: a command when it begins with the slash of one, else an answer. */
  static Intent of(String text) {
    String said = text.strip();
    if (said.isEmpty()) {
      return new Unreadable();
    }
    String word = said.split("[\\s@]", 2)[0].toLowerCase(Locale.ROOT);
    return Arrays.stream(Topic.values())
        .filter(topic -> word.equals("/" + topic.word()))
        .findFirst()
        .<Intent>map(Command::new)
        .orElseGet(() -> new Ask(said.startsWith("/") ? said.substring(1) : said));
  }
}
