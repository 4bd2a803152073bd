package fr.jalon.bot.question;

import fr.jalon.bot.question.Turn.Role;
import fr.jalon.knowledge.French.Word;
import fr.jalon.knowledge.Lexicon;
import fr.jalon.knowledge.Lexicon.Kind;
import fr.jalon.knowledge.Lexicon.Mention;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What was said before a message. */
final class History {
  private final List<Turn> turns;
  private final Lexicon lexicon;

  /**
   * Reads with a lexicon.
   *
   * @param turns oldest first
   */
  History(List<Turn> turns, Lexicon lexicon) {
    this.turns = turns;
    this.lexicon = lexicon;
  }

  boolean isEmpty() {
    return turns.isEmpty();
  }

  /** The routes that the person named last, else those that Jalon did; possibly none. */
  Set<String> routes() {
    for (Role role : List.of(Role.USER, Role.ASSISTANT)) {
      for (Turn turn : turns.reversed()) {
        Set<String> named =
            turn.role() == role ? lexicon.routesNamed(lexicon.clean(turn.content())) : Set.of();
        if (!named.isEmpty()) {
          return named;
        }
      }
    }
    return Set.of();
  }

  /** The last question, cleaned; empty when there is none. */
  String lastQuestion() {
    return turns.reversed().stream()
        .filter(turn -> turn.role() == Role.USER)
        .map(turn -> lexicon.clean(PersonalData.mask(turn.content()).rest()))
        .findFirst()
        .orElse("");
  }

  /** The last question, without the routes that it names. */
  String lastQuestionOfAnyRoute() {
    List<Word> words = lexicon.french().words(lastQuestion());
    List<Mention> named =
        lexicon.mentions(words).stream().filter(mention -> mention.kind() == Kind.ROUTE).toList();
    return IntStream.range(0, words.size())
        .filter(i -> named.stream().noneMatch(mention -> mention.covers(i)))
        .mapToObj(i -> words.get(i).surface())
        .collect(Collectors.joining(" "));
  }
}
