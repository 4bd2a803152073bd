package fr.jalon.indexbuilder;

import fr.jalon.knowledge.FrequentQuestion;
import fr.jalon.knowledge.Source;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What stands before the text of a guide.
 *
 * @param reviewBy day by which the guide must be read again
 * @param questions how people really ask for it; « … {#id} » names the section that answers
 */
record FrontMatter(
    String title,
    List<String> routes,
    String audience,
    String territory,
    List<Source> sources,
    LocalDate reviewBy,
    List<FrequentQuestion> questions) {
  private static final Set<String> KEYS =
      Set.of("title", "routes", "audience", "territory", "sources", "review_by", "questions");
  private static final Set<String> SOURCE_KEYS =
      Set.of("id", "name", "publisher", "url", "licence", "consulted_on", "confidence");

  static FrontMatter read(YamlReader yaml, Node root, Set<String> knownRoutes) {
    Map<String, Node> entries = yaml.entries(root, KEYS);
    List<String> routes = yaml.texts(entries, "routes");
    if (routes.isEmpty()) {
      yaml.refuse(root, "« routes » manque (nommez au moins une route du lexique)");
    }
    for (String route : routes) {
      if (!knownRoutes.contains(route)) {
        yaml.refuse(
            entries.getOrDefault("routes", root),
            "route inconnue « %s » (ajoutez-la à lexicon.yaml ou corrigez-la)".formatted(route));
      }
    }
    List<Source> sources = new ArrayList<>();
    Node list = entries.get("sources");
    if (list == null || yaml.items(list).isEmpty()) {
      yaml.refuse(root, "« sources » manque (donnez au moins une source)");
    } else {
      yaml.items(list).forEach(item -> sources.add(source(yaml, item)));
    }
    List<FrequentQuestion> questions =
        yaml.texts(entries, "questions").stream().map(FrontMatter::question).toList();
    if (questions.isEmpty()) {
      yaml.refuse(root, "« questions » manque (écrivez comment les gens demandent)");
    }
    return new FrontMatter(
        yaml.text(root, entries, "title"),
        routes,
        yaml.text(root, entries, "audience"),
        yaml.text(root, entries, "territory"),
        sources,
        yaml.date(root, entries, "review_by"),
        questions);
  }

  private static FrequentQuestion question(String text) {
    Matcher pinned = GuideReader.PINNED.matcher(text);
    return pinned.matches()
        ? new FrequentQuestion(pinned.group(1), pinned.group(2))
        : new FrequentQuestion(text, null);
  }

  Map<String, Source> sourcesById() {
    return sources.stream()
        .collect(Collectors.toMap(Source::id, Function.identity(), (first, second) -> first));
  }

  private static Source source(YamlReader yaml, Node node) {
    Map<String, Node> entries = yaml.entries(node, SOURCE_KEYS);
    String url = yaml.text(node, entries, "url");
    if (!url.isEmpty() && !url.startsWith("https://") && !url.startsWith("http://")) {
      yaml.refuse(node, "« %s » n'est pas une adresse (commencez par https://)".formatted(url));
    }
    String confidence = yaml.text(node, entries, "confidence");
    if (!Set.of("A", "B", "C", "").contains(confidence)) {
      yaml.refuse(node, "confiance « %s » inconnue (A, B ou C)".formatted(confidence));
    }
    return new Source(
        yaml.text(node, entries, "id"),
        yaml.text(node, entries, "name"),
        yaml.text(node, entries, "publisher"),
        url,
        yaml.text(node, entries, "licence"),
        yaml.date(node, entries, "consulted_on"),
        confidence);
  }
}
