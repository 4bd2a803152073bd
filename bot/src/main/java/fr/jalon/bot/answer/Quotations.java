package fr.jalon.bot.answer;

import fr.jalon.bot.answer.Answer.Statement;
import fr.jalon.knowledge.Passage;
import fr.jalon.knowledge.Passage.Span;
import fr.jalon.knowledge.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Proven sentences, each with the number of the citation that proves it.
 *
 * @param statements in the order they are read
 * @param citations one a passage, quoting from its first sentence used to its last, in order
 */
record Quotations(List<Statement> statements, List<Citation> citations) {

  /**
   * Numbers the citations of some sentences.
   *
   * @param sentences proven: the first passage of each holds it word for word
   * @param passages those passages, by id
   */
  static Quotations of(List<Draft.Sentence> sentences, Map<String, Passage> passages) {
    Map<String, Span> quotes = new LinkedHashMap<>();
    for (Draft.Sentence sentence : sentences) {
      Passage passage = passage(sentence.passages().get(0), passages);
      int start = Verbatim.indexOf(sentence.text(), passage.text());
      quotes.merge(
          passage.id(),
          new Span(start, start + sentence.text().length()),
          (one, other) ->
              new Span(Math.min(one.start(), other.start()), Math.max(one.end(), other.end())));
    }
    List<Citation> citations = new ArrayList<>();
    quotes.forEach(
        (id, quote) -> citations.add(citation(citations.size() + 1, passage(id, passages), quote)));
    Map<String, Integer> numbers =
        citations.stream().collect(Collectors.toMap(Citation::passage, Citation::number));
    List<Statement> statements =
        sentences.stream()
            .map(sentence ->
                new Statement(
                    sentence.text(),
                    sentence.bullet(),
                    numbers.getOrDefault(sentence.passages().get(0), 0)))
            .toList();
    return new Quotations(statements, citations);
  }

  private static Passage passage(String id, Map<String, Passage> passages) {
    return Objects.requireNonNull(passages.get(id), id);
  }

  private static Citation citation(int number, Passage passage, Span quote) {
    Source source = passage.source();
    return new Citation(
        number,
        passage.guide(),
        passage.id(),
        passage.heading(),
        passage.text().substring(quote.start(), quote.end()),
        source == null ? null : source.url(),
        source == null ? null : source.publisher(),
        source == null ? null : source.consultedOn());
  }
}
