package fr.jalon.bot.question;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.bot.question.PersonalData.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {
  @ParameterizedTest
  @CsvSource({
    "mon numéro 1 85 05 57 123 456 42 merci, SOCIAL_SECURITY",
    "185055712345642, SOCIAL_SECURITY",
    "2 99 12 2A 004 112 18, SOCIAL_SECURITY",
    "299055759685377, SOCIAL_SECURITY",
    "1 85 05 57 123  456 / 42, SOCIAL_SECURITY",
    "iban FR76 3000 6000 0112 3456 7890 189, BANK",
    "ma carte 4970 1000 0000 0014, BANK",
    "mon mot de passe est Soleil57!, PASSWORD",
    "mdp : abc123, PASSWORD",
  })
  void masksPersonalNumbers(String text, Kind kind) {
    PersonalData.Masked masked = PersonalData.mask(text);
    assertThat(masked.found()).containsExactly(kind);
    assertThat(masked.text()).contains("masqué");
    assertThat(PersonalData.mask(masked.text())).isEqualTo(masked);
    assertThat(masked.text().replaceAll("\\D", "")).doesNotContain("123456", "3000600001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "appelez le 03 87 74 56 40",
        "le CPF donne 5 000 € depuis le 01/01/2024",
        "carte 4970 1000 0000 0015",
        "j'ai oublié mon mot de passe de Mon Compte Formation",
        "RNCP 34567 et RS 5875"
      })
  void leavesTheRestAlone(String text) {
    assertThat(PersonalData.mask(text).text()).isEqualTo(text);
  }

  @Test
  void masksSeveralAtOnce() {
    assertThat(PersonalData.mask("185055712345642 et mdp: azerty").found())
        .containsExactlyInAnyOrder(Kind.SOCIAL_SECURITY, Kind.PASSWORD);
  }
}
