package fr.jalon.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.knowledge.Passage.Kind;
import fr.jalon.knowledge.Passage.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryTermTest {
  private static final String TEXT =
      "L'inscription au DAEU demande un titre de séjour. L'employeur répond sous 30 jours.";

  @TempDir Path root;
  private Snapshot snapshot;

  @BeforeEach
  void write() throws IOException {
    Vocabulary vocabulary =
        new Vocabulary(
            List.of(),
            List.of(),
            List.of(
                List.of("titre de séjour", "récépissé"), List.of("employeur", "chef de service")),
            Map.of(),
            List.of());
    Passage passage =
        new Passage(
            "guide#texte-1",
            "guide",
            "texte",
            List.of("Titre", "Combien ?"),
            Kind.PARAGRAPH,
            TEXT,
            List.of(new Span(0, TEXT.length())),
            null,
            List.of());
    Guide guide =
        new Guide(
            "guide",
            "Titre",
            List.of(),
            List.of(new FrequentQuestion("c combien", "texte"), new FrequentQuestion("bref", null)),
            List.of(new FrequentQuestion("ça va chercher dans les combien", "texte")),
            List.of(passage));
    SnapshotDirectory directory = new SnapshotDirectory(root);
    SnapshotWriter writer = new SnapshotWriter(List.of(guide), vocabulary, new Figures(Map.of()));
    Manifest manifest =
        directory.write(writer, LocalDate.of(2026, 11, 23), Instant.EPOCH, done -> {});
    directory.publish(manifest.id());
    snapshot = directory.open();
  }

  @AfterEach
  void close() {
    snapshot.close();
  }

  private double in(String asked) {
    Set<String> stems = Set.copyOf(snapshot.lexicon().french().stems(TEXT));
    return snapshot.terms(asked).get(0).in(stems);
  }

  @Test
  void isSaidInItsOwnWords() {
    assertThat(in("les inscriptions")).isEqualTo(1);
    assertThat(in("la météo")).isZero();
  }

  @Test
  void isSaidByAWordOfItsFamily() {
    assertThat(in("m'inscrire")).isBetween(0.4, 0.9);
  }

  @Test
  void isSaidByASynonymOfOneWordOrMore() {
    assertThat(in("mon récépissé")).isEqualTo(0.8);
    assertThat(in("le chef du service")).isEqualTo(0.8);
    assertThat(snapshot.terms("le chef du service")).hasSize(1);
  }

  @Test
  void isSaidByTheWordItMisspells() {
    assertThat(in("inscripsion")).isGreaterThan(0.5);
    assertThat(in("un recepice")).isGreaterThan(0.5);
  }

  @Test
  void isRareWhenNoPassageSaysIt() {
    assertThat(snapshot.terms("la cantine").get(0).isKnown()).isFalse();
    assertThat(snapshot.terms("l'employeur").get(0).isKnown()).isTrue();
  }

  @Test
  void knowsTheQuestionsThatASectionAnswers() {
    assertThat(snapshot.questions("guide", "texte"))
        .containsExactly("c combien", "ça va chercher dans les combien");
  }

  @Test
  void isSoughtInTheQuestionsThatASectionAnswers() {
    assertThat(snapshot.searchSections("je vais chercher", "", 3))
        .singleElement()
        .extracting(Snapshot.SectionHit::id)
        .isEqualTo("guide#texte");
    assertThat(snapshot.searchSections("météo", "", 3)).isEmpty();
  }
}
