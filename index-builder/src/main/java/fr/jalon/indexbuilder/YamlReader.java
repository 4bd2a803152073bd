package fr.jalon.indexbuilder;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML that people write by hand: each mistake becomes a problem with its line. */
final class YamlReader {
  private final Path path;
  private final int linesBefore;
  private final List<Problem> problems;

  /**
   * Reads from a file.
   *
   * @param linesBefore lines of the file that stand before the YAML
   */
  YamlReader(Path path, int linesBefore, List<Problem> problems) {
    this.path = path;
    this.linesBefore = linesBefore;
    this.problems = problems;
  }

  /** The document; empty, with a problem, when it is not YAML or holds nothing. */
  Optional<Node> read(String yaml) {
    try {
      LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
      Optional<Node> root = new Compose(settings).composeString(yaml);
      if (root.isEmpty()) {
        problems.add(new Problem(path, linesBefore + 1, "fichier vide (écrivez son contenu)"));
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0);
      problems.add(
          new Problem(
              path,
              linesBefore + line + 1,
              "YAML illisible : %s (vérifiez l'alignement et les guillemets)"
                  .formatted(e.getProblem())));
      return Optional.empty();
    }
  }

  /** The entries of a mapping, in order; none, with a problem, for anything else. */
  Map<String, Node> entries(Node node) {
    Map<String, Node> entries = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        String key = text(tuple.getKeyNode());
        if (entries.put(key, tuple.getValueNode()) != null) {
          refuse(tuple.getKeyNode(), "« %s » figure deux fois (gardez-en un)".formatted(key));
        }
      }
    } else {
      refuse(node, "une suite de « clé : valeur » est attendue");
    }
    return entries;
  }

  /** As {@link #entries(Node)}, refusing keys that are not listed. */
  Map<String, Node> entries(Node node, Set<String> known) {
    Map<String, Node> entries = entries(node);
    entries.forEach((key, value) -> {
      if (!known.contains(key)) {
        refuse(
            value,
            "clé inconnue « %s » (clés possibles : %s)"
                .formatted(key, String.join(", ", known.stream().sorted().toList())));
      }
    });
    return entries;
  }

  /** The items of a sequence, in order; none, with a problem, for anything else. */
  List<Node> items(Node node) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    refuse(node, "une liste est attendue");
    return List.of();
  }

  /** The texts of a sequence, in order. */
  List<String> texts(Node node) {
    List<String> texts = new ArrayList<>();
    for (Node item : items(node)) {
      texts.add(text(item));
    }
    return texts;
  }

  /** The texts under a key; empty when the key is absent. */
  List<String> texts(Map<String, Node> entries, String key) {
    Node node = entries.get(key);
    return node == null ? List.of() : texts(node);
  }

  /** A scalar as it is written; empty, with a problem, for anything else. */
  String text(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue().strip();
    }
    refuse(node, "un texte est attendu");
    return "";
  }

  /** The text under a required key; empty, with a problem, when it is absent or blank. */
  String text(Node parent, Map<String, Node> entries, String key) {
    Node node = entries.get(key);
    String text = node == null ? "" : text(node);
    if (text.isEmpty()) {
      refuse(node == null ? parent : node, "« %s » manque (ajoutez-le)".formatted(key));
    }
    return text;
  }

  /** The day under a required key, as AAAA-MM-JJ; the epoch, with a problem, otherwise. */
  LocalDate date(Node parent, Map<String, Node> entries, String key) {
    String text = text(parent, entries, key);
    try {
      return text.isEmpty() ? LocalDate.EPOCH : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      refuse(parent, "« %s » n'est pas une date (écrivez AAAA-MM-JJ)".formatted(text));
      return LocalDate.EPOCH;
    }
  }

  /** Reports a problem at a node. */
  void refuse(Node node, String message) {
    int line = node.getStartMark().map(Mark::getLine).orElse(0);
    problems.add(new Problem(path, linesBefore + line + 1, message));
  }
}
