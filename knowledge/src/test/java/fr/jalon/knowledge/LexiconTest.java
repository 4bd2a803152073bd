package fr.jalon.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.knowledge.French.Word;
import fr.jalon.knowledge.Lexicon.Mention;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexiconTest {
  private final Lexicon lexicon =
      new Lexicon(
          new Vocabulary(
              List.of(
                  route(
                      "vae",
                      "validation des acquis de l'expérience",
                      "VAE",
                      "diplôme par l'expérience"),
                  route("vapp", "validation des acquis professionnels", "VAPP", "VAP 85"),
                  route("cpf", "compte personnel de formation", "CPF", "compte formation"),
                  route("cpa", "compte personnel d'activité", "CPA", "compte activité"),
                  route("reconversion", "période de reconversion", "PDR", "Pro-A")),
              List.of(
                  new Body(
                      "france-travail",
                      "France Travail",
                      null,
                      List.of("Pôle emploi"),
                      List.of(),
                      List.of()),
                  new Body(
                      "mission-metz",
                      "Mission locale de Metz",
                      null,
                      List.of("Pôle emploi Metz"),
                      List.of(),
                      List.of())),
              List.of(List.of("employeur", "patron", "chef de ma boîte")),
              Map.of("cmt", "comment", "cb", "combien", "univ", "université"),
              List.of("Metz")));

  private static Route route(String id, String name, String sigle, String term) {
    return new Route(id, name, sigle, "Comment ?", List.of(term), List.of(), List.of(), List.of());
  }

  @Test
  void findsRoutesByAcronymNameAndTerm() {
    assertThat(lexicon.routesNamed("un diplome par l experience")).containsExactly("vae");
    assertThat(lexicon.routesNamed("la VAE ou le compte personnel de formation ?"))
        .containsExactly("vae", "cpf");
  }

  @Test
  void prefersTheLongestName() {
    assertThat(lexicon.mentions("compte personnel d'activité"))
        .extracting(Mention::id)
        .containsExactly("cpa");
  }

  @Test
  void findsAPlaceWithinAnotherName() {
    assertThat(lexicon.mentions("Pôle emploi Metz"))
        .extracting(Mention::id)
        .containsExactly("mission-metz");
    assertThat(lexicon.placesNamed("Pôle emploi Metz")).containsExactly("Metz");
  }

  @Test
  void joinsSpelledOutAcronymsAndExpandsAbbreviations() {
    assertThat(lexicon.clean("cmt marche le c p f")).isEqualTo("comment marche le cpf");
  }

  @Test
  void tellsAcronymsThatAWordMayBeMeantFor() {
    assertThat(lexicon.routesLike("CFP")).containsExactly("cpf");
    assertThat(lexicon.routesLike("va")).containsExactly("vae", "vapp");
    assertThat(lexicon.routesLike("cpf")).isEmpty();
    assertThat(lexicon.routesLike("maison")).isEmpty();
  }

  @Test
  void knowsSynonymsBothWays() {
    List<String> patron = lexicon.french().stems("patron");
    List<String> employer = lexicon.french().stems("employeurs");
    assertThat(lexicon.synonyms(patron)).contains(employer);
    assertThat(lexicon.synonyms(employer)).contains(patron);
  }

  @Test
  void readsAPhraseThatHasSynonymsAsOneTerm() {
    List<Word> words = lexicon.french().words("le chef de ma boîte refuse");
    assertThat(lexicon.lengthOfTerm(words, 1)).isEqualTo(4);
    assertThat(lexicon.lengthOfTerm(words, 5)).isEqualTo(1);
    assertThat(lexicon.synonyms(List.of(words.get(1).stem(), words.get(4).stem())))
        .contains(lexicon.french().stems("patron"));
  }

  @Test
  void needsEveryWordOfAShortName() {
    assertThat(lexicon.routesNamed("le dispositif pro-a")).containsExactly("reconversion");
    assertThat(lexicon.routesNamed("je change de vie pro")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "jarrive pas, j'arrive pas",
    "quil faut, qu'il faut",
    "jveux, je veux",
    "a luniversite, a l'universite",
    "l'univ et luniv, l'université et l'université",
    "letat, l'etat",
    "Lorraine et Metz, Lorraine et Metz",
    "la licence dure, la licence dure",
    "ca coute cb, ca coute combien",
    "ma cb, ma cb",
  })
  void writesWordsInFull(String typed, String clean) {
    assertThat(lexicon.clean(typed)).isEqualTo(clean);
  }
}
