package fr.jalon.bot.answer;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.bot.Shipped;
import fr.jalon.bot.answer.Draft.Composer;
import fr.jalon.bot.answer.Draft.Sentence;
import fr.jalon.bot.answer.Proof.Dropped;
import fr.jalon.knowledge.Hit;
import fr.jalon.knowledge.Passage;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProofTest {
  private static final Map<String, Passage> PASSAGES =
      Shipped.snapshot().search("vae cpf daeu vapp", 500).stream()
          .map(Hit::passage)
          .collect(Collectors.toMap(Passage::id, Function.identity()));

  private static Proof.Proven prove(String text, List<String> passages) {
    return Proof.of(
        new Draft(Composer.EXTRACTS, List.of(new Sentence(text, "", passages))), PASSAGES);
  }

  @Test
  void keepsEveryExtract() {
    assertThat(PASSAGES).hasSizeGreaterThan(300);
    PASSAGES
        .values()
        .forEach(passage ->
            passage
                .sentenceTexts()
                .forEach(sentence ->
                    assertThat(prove(sentence, List.of(passage.id())).kept()).hasSize(1)));
  }

  @Test
  void dropsWhatNoPassageSays() {
    Passage passage = PASSAGES.values().iterator().next();
    String sentence = passage.sentence(0);
    assertThat(prove(sentence + " Et 999 € en plus.", List.of(passage.id())).dropped())
        .extracting(Dropped::reason)
        .containsExactly("absente du passage cité");
    assertThat(prove(sentence, List.of()).dropped())
        .extracting(Dropped::reason)
        .containsExactly("aucun passage cité");
    assertThat(prove(sentence, List.of("inconnu#passage-1")).dropped())
        .extracting(Dropped::reason)
        .containsExactly("passage cité inconnu");
  }

  @Test
  void keepsWhatFollowsAYesOrNoAndNothingElseOfIt() {
    Passage passage =
        PASSAGES.values().stream()
            .filter(one -> one.text().startsWith("Oui, ") || one.text().startsWith("Non, "))
            .findFirst()
            .orElseThrow();
    String rest = Verbatim.withoutYesOrNo(passage.sentence(0));
    assertThat(rest).doesNotStartWith("Oui").doesNotStartWith("Non");
    assertThat(prove(rest, List.of(passage.id())).kept()).hasSize(1);
    assertThat(prove("Oui, jamais : " + rest, List.of(passage.id())).kept()).isEmpty();
    assertThat(prove(rest.substring(0, 1) + rest, List.of(passage.id())).kept()).isEmpty();
  }
}
