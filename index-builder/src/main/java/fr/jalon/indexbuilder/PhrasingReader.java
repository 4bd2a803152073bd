package fr.jalon.indexbuilder;

import fr.jalon.knowledge.FrequentQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads the other ways of asking for what a guide says, from the file that may stand beside it:
 * {@code handicap.questions.yaml} for {@code handicap.md}. Under the id of each section, a list of
 * questions that the section answers.
 */
final class PhrasingReader {
  private static final String SUFFIX = ".questions.yaml";

  private final List<Problem> problems;

  PhrasingReader(List<Problem> problems) {
    this.problems = problems;
  }

  /**
   * The questions of a guide's file, in order; none without one.
   *
   * @param sections ids of the sections of the guide
   */
  List<FrequentQuestion> read(Path guide, Set<String> sections) throws IOException {
    Path path = guide.resolveSibling(guide.getFileName().toString().replaceFirst("\\.md$", SUFFIX));
    List<FrequentQuestion> questions = new ArrayList<>();
    if (!Files.isRegularFile(path)) {
      return questions;
    }
    YamlReader yaml = new YamlReader(path, 0, problems);
    Optional<Node> root = GuideReader.text(path, problems).flatMap(yaml::read);
    root.ifPresent(node ->
        yaml.entries(node)
            .forEach((section, list) -> {
              if (!sections.contains(section)) {
                yaml.refuse(
                    list,
                    "section « %s » inconnue (reprenez l'identifiant d'un titre)"
                        .formatted(section));
              }
              yaml.texts(list).forEach(text -> questions.add(new FrequentQuestion(text, section)));
            }));
    return questions;
  }
}
