package fr.jalon.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.jalon.knowledge.Passage.Kind;
import fr.jalon.knowledge.Passage.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotDirectoryTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

  @TempDir Path root;
  private SnapshotDirectory directory;

  @BeforeEach
  void open() {
    directory = new SnapshotDirectory(root);
  }

  private static Guide guide(String id, String text) {
    Passage passage =
        new Passage(
            id + "#texte-1",
            id,
            "texte",
            List.of("Titre", "Combien ?"),
            Kind.PARAGRAPH,
            text,
            List.of(new Span(0, text.length())),
            null,
            List.of());
    return new Guide(
        id,
        "Titre",
        List.of(),
        List.of(new FrequentQuestion("combien ça coûte ?", null)),
        List.of(),
        List.of(passage));
  }

  private Manifest write(Instant when, Guide... guides) throws IOException {
    SnapshotWriter writer =
        new SnapshotWriter(List.of(guides), Vocabulary.EMPTY, new Figures(Map.of()));
    return directory.write(writer, DAY, when, done -> {});
  }

  @Test
  void givesTheSameIdWhateverTheOrderAndTheDay() throws IOException {
    Guide one = guide("un", "La VAE coûte 10 €.");
    Guide two = guide("deux", "Le CPF finance la VAE.");
    String id = write(Instant.EPOCH, one, two).id();
    assertThat(write(Instant.EPOCH.plusSeconds(9), two, one).id()).isEqualTo(id);
    assertThat(write(Instant.EPOCH, one).id()).isNotEqualTo(id);
  }

  @Test
  void servesOnlyWhatIsPublished() throws IOException {
    String id = write(Instant.EPOCH, guide("un", "La VAE coûte 10 €.")).id();
    assertThatThrownBy(directory::open)
        .isInstanceOf(UnreadableSnapshotException.class)
        .hasMessageContaining("jalon index build");
    directory.publish(id);
    try (Snapshot snapshot = directory.open()) {
      assertThat(snapshot.search("combien coute la vae", 5))
          .singleElement()
          .satisfies(hit -> {
            assertThat(hit.passage().id()).isEqualTo("un#texte-1");
            assertThat(hit.why()).contains("« vae » : ", "texte", "« combien » : ", "intitulé");
          });
    }
  }

  @Test
  void refusesToPublishWhatIsNotThere() throws IOException {
    directory.publish(write(Instant.EPOCH, guide("un", "Texte un.")).id());
    assertThatThrownBy(() -> directory.publish("0123456789abcdef"))
        .isInstanceOf(UnreadableSnapshotException.class);
    assertThat(directory.currentId()).isPresent();
  }

  @Test
  void clearsWhatAnInterruptedBuildLeft() throws IOException {
    Path left = root.resolve("snapshots").resolve(SnapshotDirectory.UNFINISHED + "1");
    Files.createDirectories(left);
    Files.writeString(left.resolve("lexicon.json"), "{");
    write(Instant.EPOCH, guide("un", "Texte un."));
    assertThat(left).doesNotExist();
  }

  @Test
  void rewritesADamagedSnapshot() throws IOException {
    Guide one = guide("un", "La VAE coûte 10 €.");
    String id = write(Instant.EPOCH, one).id();
    Files.writeString(root.resolve("snapshots").resolve(id).resolve("lexicon.json"), "{");
    directory.publish(write(Instant.EPOCH, one).id());
    try (Snapshot snapshot = directory.open()) {
      assertThat(snapshot.search("vae", 1)).hasSize(1);
    }
  }

  @Test
  void refusesAnotherVersionWithTheMend() throws IOException {
    String id = write(Instant.EPOCH, guide("un", "Texte un.")).id();
    directory.publish(id);
    Path manifest = root.resolve("snapshots").resolve(id).resolve("manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replaceAll("\"schema\":\\d+", "\"schema\":99"));
    assertThatThrownBy(directory::open).hasMessageContaining("lancez « jalon index build »");
  }

  @Test
  void keepsTheOneInServiceHoweverOld() throws IOException {
    directory.publish(write(Instant.EPOCH, guide("un", "Texte un.")).id());
    write(Instant.EPOCH.plusSeconds(1), guide("deux", "Texte deux."));
    write(Instant.EPOCH.plusSeconds(2), guide("trois", "Texte trois."));
    directory.keep(1);
    assertThat(directory.list()).hasSize(2);
    directory.open().close();
  }
}
