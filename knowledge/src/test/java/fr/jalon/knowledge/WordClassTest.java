package fr.jalon.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordClassTest {
  @ParameterizedTest
  @CsvSource({
    "mensualités, NAME",
    "l'oral, NAME",
    "possible, NAME",
    "vœux, NAME",
    "voeux, NAME",
    "étaler, VERB",
    "etaler, VERB",
    "decoratrice, NAME",
    "devant, TOOL",
    "dedans, TOOL",
    "m'inscrire, VERB",
    "vraiment, TOOL",
    "trois, TOOL",
    "recepice, UNKNOWN",
    "DAEU, UNKNOWN",
  })
  void tellsWhatAWordMayBe(String word, WordClass expected) {
    assertThat(WordClass.of(word)).isEqualTo(expected);
  }
}
