package fr.jalon.bot.question;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.bot.Shipped;
import fr.jalon.knowledge.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionReaderTest {
  private final Snapshot snapshot = Shipped.snapshot();
  private final QuestionReader reader = new QuestionReader(snapshot.lexicon(), snapshot::knows);

  private List<String> parts(String message) {
    return reader.parts(message, List.of()).stream().map(Question::text).toList();
  }

  @Test
  void explainsEachOfTheNamesAsked() {
    assertThat(parts("ptp pmsmp aif c koi"))
        .containsExactly("c'est quoi ptp", "c'est quoi pmsmp", "c'est quoi aif");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c'est quoi le SOIP de l'université de Lorraine ?",
        "c'est quoi NetYpareo à l'Université de Lorraine ?",
        "c'est quoi l'AIF de France Travail ?",
        "c'est quoi le CPF pour la VAE ?",
      })
  void keepsNamesThatQualifyEachOtherInOneQuestion(String message) {
    assertThat(parts(message)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"c'est quoi CPF VAE DAEU CEP PTP ?", "c'est quoi le CPF et le ZQXW ?"})
  void explainsAllOrNothingApart(String message) {
    assertThat(parts(message)).isEmpty();
  }
}
