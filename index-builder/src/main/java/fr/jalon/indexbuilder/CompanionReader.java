package fr.jalon.indexbuilder;

import fr.jalon.knowledge.Body;
import fr.jalon.knowledge.Figures;
import fr.jalon.knowledge.Figures.Figure;
import fr.jalon.knowledge.Figures.Value;
import fr.jalon.knowledge.Route;
import fr.jalon.knowledge.Route.FormerName;
import fr.jalon.knowledge.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the files that stand beside the guides; an absent one is empty. */
final class CompanionReader {
  private static final Set<String> ROUTE_KEYS =
      Set.of("name", "sigle", "ask", "terms", "former", "hints", "confused_with");
  private static final Set<String> BODY_KEYS = Set.of("name", "sigle", "terms", "former", "routes");

  private final Path folder;
  private final List<Problem> problems;

  CompanionReader(Path folder, List<Problem> problems) {
    this.folder = folder;
    this.problems = problems;
  }

  Figures figures() throws IOException {
    Path path = folder.resolve("figures.yaml");
    Map<String, Figure> figures = new LinkedHashMap<>();
    YamlReader yaml = new YamlReader(path, 0, problems);
    Optional<Node> root = root(path, yaml);
    if (root.isPresent()) {
      yaml.entries(root.get())
          .forEach((name, node) -> figure(yaml, node).ifPresent(f -> figures.put(name, f)));
    }
    return new Figures(figures);
  }

  Vocabulary vocabulary() throws IOException {
    Path path = folder.resolve("lexicon.yaml");
    YamlReader yaml = new YamlReader(path, 0, problems);
    Optional<Node> root = root(path, yaml);
    if (root.isEmpty()) {
      return Vocabulary.EMPTY;
    }
    Map<String, Node> entries =
        yaml.entries(root.get(), Set.of("routes", "bodies", "synonyms", "abbreviations", "places"));
    List<Route> routes = new ArrayList<>();
    section(yaml, entries, "routes").forEach((id, node) -> routes.add(route(yaml, id, node)));
    Set<String> ids = new LinkedHashSet<>(routes.stream().map(Route::id).toList());
    List<Body> bodies = new ArrayList<>();
    section(yaml, entries, "bodies").forEach((id, node) -> bodies.add(body(yaml, id, node, ids)));
    List<List<String>> synonyms = new ArrayList<>();
    Node groups = entries.get("synonyms");
    if (groups != null) {
      yaml.items(groups).forEach(group -> synonyms.add(yaml.texts(group)));
    }
    Map<String, String> abbreviations = new LinkedHashMap<>();
    section(yaml, entries, "abbreviations")
        .forEach((from, to) -> abbreviations.put(from, yaml.text(to)));
    return new Vocabulary(routes, bodies, synonyms, abbreviations, yaml.texts(entries, "places"));
  }

  private static Optional<Node> root(Path path, YamlReader yaml) throws IOException {
    return Files.exists(path) ? yaml.read(Files.readString(path)) : Optional.empty();
  }

  private static Map<String, Node> section(YamlReader yaml, Map<String, Node> entries, String key) {
    Node node = entries.get(key);
    return node == null ? Map.of() : yaml.entries(node);
  }

  private static Optional<Figure> figure(YamlReader yaml, Node node) {
    Map<String, Node> entries = yaml.entries(node, Set.of("label", "review_by", "values"));
    List<Value> values = new ArrayList<>();
    Node list = entries.get("values");
    if (list == null || yaml.items(list).isEmpty()) {
      yaml.refuse(node, "« values » manque (donnez au moins une valeur datée)");
      return Optional.empty();
    }
    for (Node item : yaml.items(list)) {
      Map<String, Node> value = yaml.entries(item, Set.of("value", "from", "until", "source"));
      values.add(
          new Value(
              yaml.text(item, value, "value"),
              yaml.date(item, value, "from"),
              value.containsKey("until") ? yaml.date(item, value, "until") : null,
              yaml.text(item, value, "source")));
    }
    try {
      return Optional.of(
          new Figure(
              yaml.text(node, entries, "label"), yaml.date(node, entries, "review_by"), values));
    } catch (IllegalArgumentException e) {
      yaml.refuse(node, e.getMessage() + " (séparez les périodes)");
      return Optional.empty();
    }
  }

  private static Route route(YamlReader yaml, String id, Node node) {
    Map<String, Node> entries = yaml.entries(node, ROUTE_KEYS);
    return new Route(
        id,
        yaml.text(node, entries, "name"),
        optional(yaml, entries, "sigle"),
        yaml.text(node, entries, "ask"),
        yaml.texts(entries, "terms"),
        former(yaml, entries),
        yaml.texts(entries, "hints"),
        yaml.texts(entries, "confused_with"));
  }

  private static Body body(YamlReader yaml, String id, Node node, Set<String> routeIds) {
    Map<String, Node> entries = yaml.entries(node, BODY_KEYS);
    List<String> routes = yaml.texts(entries, "routes");
    routes.stream()
        .filter(route -> !routeIds.contains(route))
        .forEach(route ->
            yaml.refuse(
                node, "route inconnue « %s » (ajoutez-la sous « routes »)".formatted(route)));
    return new Body(
        id,
        yaml.text(node, entries, "name"),
        optional(yaml, entries, "sigle"),
        yaml.texts(entries, "terms"),
        former(yaml, entries),
        routes);
  }

  private static List<FormerName> former(YamlReader yaml, Map<String, Node> entries) {
    Node list = entries.get("former");
    List<FormerName> names = new ArrayList<>();
    if (list != null) {
      for (Node item : yaml.items(list)) {
        Map<String, Node> former = yaml.entries(item, Set.of("name", "until"));
        LocalDate until = former.containsKey("until") ? yaml.date(item, former, "until") : null;
        names.add(new FormerName(yaml.text(item, former, "name"), until));
      }
    }
    return names;
  }

  private static @Nullable String optional(YamlReader yaml, Map<String, Node> entries, String key) {
    Node node = entries.get(key);
    return node == null ? null : yaml.text(node);
  }
}
