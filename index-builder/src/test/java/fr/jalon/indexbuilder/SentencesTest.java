package fr.jalon.indexbuilder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {
  private static List<String> cut(String text) {
    return new Sentences()
        .of(text).stream().map(span -> text.substring(span.start(), span.end())).toList();
  }

  @Test
  void endWithTheirPunctuation() {
    assertThat(cut("Oui. Vous pouvez ! Combien ?  150 €."))
        .containsExactly("Oui.", "Vous pouvez !", "Combien ?", "150 €.");
  }

  @Test
  void doNotEndAfterAnAbbreviation() {
    assertThat(cut("Voir l'art. L. 613-3 du code. Appelez le M. Untel, bd. Albert-Ier."))
        .containsExactly("Voir l'art. L. 613-3 du code.", "Appelez le M. Untel, bd. Albert-Ier.");
  }

  @Test
  void endAfterAWordThatOnlyEndsLikeAnAbbreviation() {
    assertThat(cut("Les droits nationaux. L'étudiant paie la CVEC. Rien d'autre."))
        .containsExactly("Les droits nationaux.", "L'étudiant paie la CVEC.", "Rien d'autre.");
  }
}
