package fr.jalon.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrenchTest {
  private final French french = new French(Set.of("VAE", "CPF"));

  @ParameterizedTest
  @CsvSource({
    "C.P.F., CPF",
    "l’expérience, l'expérience",
    "<b>VAE</b> ?, VAE ?",
    "ouiiiiii, ouii",
  })
  void cleansWhatPeopleType(String typed, String clean) {
    assertThat(French.clean(typed)).isEqualTo(clean);
  }

  @Test
  void dropsLoneSurrogatesAndControls() {
    assertThat(French.clean("VAE\ud800\u0000\u200b ?")).isEqualTo("VAE ?");
  }

  @ParameterizedTest
  @CsvSource({
    "financée, financee",
    "éligible, ELIGIBLE",
    "l'expérience, experience",
    "diplômes, diplome",
    "financement, financements",
  })
  void comparesWordsWithoutAccentCaseElisionOrNumber(String one, String other) {
    assertThat(french.stems(one)).isEqualTo(french.stems(other));
  }

  @ParameterizedTest
  @CsvSource({"licence, licencié", "adresse, adresser", "boss, bosse"})
  void tellsApartWordsThatTheStemmerConfuses(String one, String other) {
    assertThat(french.stems(one)).isNotEqualTo(french.stems(other));
  }

  @Test
  void comparesDecomposedAccents() {
    String decomposed = Normalizer.normalize("éligibilité", Normalizer.Form.NFD);
    assertThat(french.stems(French.clean(decomposed))).isEqualTo(french.stems("éligibilité"));
  }

  @Test
  void keepsNegationsAndAcronyms() {
    assertThat(french.stems("je ne peux pas faire la VAE")).contains("ne", "pas", "vae");
  }

  @Test
  void tellsWhereEachWordStands() {
    String text = "Financer l'école";
    assertThat(french.words(text))
        .extracting(word -> text.substring(word.start(), word.end()))
        .containsExactly("Financer", "l'école");
  }
}
