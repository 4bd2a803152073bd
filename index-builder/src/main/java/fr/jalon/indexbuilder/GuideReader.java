package fr.jalon.indexbuilder;

import fr.jalon.indexbuilder.Splitter.Piece;
import fr.jalon.knowledge.Figures;
import fr.jalon.knowledge.Figures.Figure;
import fr.jalon.knowledge.French;
import fr.jalon.knowledge.FrequentQuestion;
import fr.jalon.knowledge.Guide;
import fr.jalon.knowledge.Passage;
import fr.jalon.knowledge.Passage.Kind;
import fr.jalon.knowledge.Source;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one guide: YAML front matter between two lines {@code ---}, then Markdown whose headings
 * pin their ids and whose blocks end with the {@code [^id]} of their source.
 */
final class GuideReader {
  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  static final Pattern PINNED = Pattern.compile("^(.*?)\\s*\\{#([^}]*)}$");
  private static final Pattern NUMBERED = Pattern.compile(".*-[0-9]+");
  private static final Pattern MARKER = Pattern.compile("\\s*\\[\\^([^\\]]*)]\\s*$");
  private static final Pattern FIGURE = Pattern.compile("\\{\\{([^}@]*)(?:@([^}]*))?}}");
  private static final Pattern SUMMARY = Pattern.compile("^En bref\\s*:\\s*");
  private static final int LONGEST_ID = 60;

  private final Parser parser =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .build();
  private final Splitter splitter = new Splitter();
  private final Set<String> routes;
  private final Figures figures;
  private final LocalDate asOf;
  private final List<Problem> problems;

  GuideReader(Set<String> routes, Figures figures, LocalDate asOf, List<Problem> problems) {
    this.routes = routes;
    this.figures = figures;
    this.asOf = asOf;
    this.problems = problems;
  }

  /** The guide of a file; empty when a problem keeps it from being read. */
  Optional<Guide> read(Path path) throws IOException {
    Optional<String> text = text(path, problems);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<String> lines = text.get().lines().toList();
    int end = lines.isEmpty() || !lines.get(0).equals("---") ? -1 : closing(lines);
    if (end < 0) {
      problems.add(
          new Problem(path, 1, "en-tête absent (commencez par « --- », puis title, routes…)"));
      return Optional.empty();
    }
    FrontMatter frontMatter;
    try {
      YamlReader yaml = new YamlReader(path, 1, problems);
      Optional<org.snakeyaml.engine.v2.nodes.Node> root =
          yaml.read(String.join("\n", lines.subList(1, end)));
      if (root.isEmpty()) {
        return Optional.empty();
      }
      frontMatter = FrontMatter.read(yaml, root.get(), routes);
    } catch (YamlEngineException e) {
      problems.add(new Problem(path, 1, "en-tête illisible (vérifiez le YAML)"));
      return Optional.empty();
    }
    return Optional.of(new OneGuide(path, frontMatter, end + 1).read(lines));
  }

  /** What a file says, composed; empty, with a problem, when it is not in UTF-8. */
  static Optional<String> text(Path path, List<Problem> problems) throws IOException {
    try {
      return Optional.of(Normalizer.normalize(Files.readString(path), Normalizer.Form.NFC));
    } catch (MalformedInputException e) {
      problems.add(new Problem(path, 0, "le fichier n'est pas en UTF-8 (enregistrez-le ainsi)"));
      return Optional.empty();
    }
  }

  private static int closing(List<String> lines) {
    return lines.subList(1, lines.size()).indexOf("---") + 1 > 0
        ? lines.subList(1, lines.size()).indexOf("---") + 1
        : -1;
  }

  /** The state of reading one file, top to bottom. */
  private final class OneGuide {
    private final Path path;
    private final FrontMatter frontMatter;
    private final Map<String, Source> sources;
    private final int linesBefore;
    private final String id;
    private final List<String> headings = new ArrayList<>();
    private final List<Passage> passages = new ArrayList<>();
    private final Set<String> sections = new HashSet<>();
    private final Map<String, Integer> passagesInSection = new HashMap<>();
    private String section = "";

    OneGuide(Path path, FrontMatter frontMatter, int linesBefore) {
      this.path = path;
      this.frontMatter = frontMatter;
      this.linesBefore = linesBefore;
      sources = frontMatter.sourcesById();
      String name = path.getFileName().toString();
      id = name.substring(0, name.length() - ".md".length());
      headings.add(frontMatter.title());
    }

    Guide read(List<String> lines) throws IOException {
      if (!ID.matcher(id).matches()) {
        refuse(0, "nom de fichier « %s » (lettres minuscules, chiffres et tirets)".formatted(id));
      }
      List<String> resolved = new ArrayList<>();
      for (int i = linesBefore; i < lines.size(); i++) {
        resolved.add(resolveFigures(lines.get(i), i + 1));
      }
      Node block = parser.parse(String.join("\n", resolved)).getFirstChild();
      while (block != null) {
        block = read(block);
      }
      if (passages.isEmpty()) {
        refuse(0, "guide sans texte (écrivez au moins une section)");
      }
      for (FrequentQuestion question : frontMatter.questions()) {
        if (question.section() != null && !sections.contains(question.section())) {
          refuse(
              lineOf("{#" + question.section() + "}", lines),
              "section « %s » inconnue dans « questions » (reprenez l'identifiant d'un titre)"
                  .formatted(question.section()));
        }
      }
      List<FrequentQuestion> phrasings = new PhrasingReader(problems).read(path, sections);
      return new Guide(
          id,
          frontMatter.title(),
          frontMatter.routes(),
          frontMatter.questions(),
          phrasings,
          passages);
    }

    /** Reads a block and what belongs to it; the next block to read, null at the end. */
    private @Nullable Node read(Node block) {
      Node next = block.getNext();
      switch (block) {
        case Heading heading -> enter(heading);
        case Paragraph paragraph
            when next instanceof ListBlock list && text(paragraph).endsWith(":") -> {
          readList(text(paragraph), list);
          return list.getNext();
        }
        case Paragraph paragraph
            when next instanceof TableBlock table && text(paragraph).endsWith(":") -> {
          return readTable(text(paragraph), table);
        }
        case Paragraph paragraph -> readParagraph(paragraph);
        case ListBlock list -> readList("", list);
        case TableBlock table -> {
          return readTable("", table);
        }
        default ->
            refuse(line(block), "bloc non prévu (écrivez un paragraphe, une liste ou un tableau)");
      }
      return next;
    }

    private void enter(Heading heading) {
      Matcher pinned = PINNED.matcher(text(heading));
      String title = text(heading);
      section = slug(title);
      if (pinned.matches()) {
        title = pinned.group(1);
        section = pinned.group(2);
      }
      int depth = heading.getLevel() - 1;
      if (depth < 1 || depth > headings.size()) {
        refuse(line(heading), "niveau de titre inattendu (commencez par « ## », puis « ### »)");
        depth = Math.clamp(depth, 1, headings.size());
      }
      headings.subList(depth, headings.size()).clear();
      headings.add(title);
      if (!ID.matcher(section).matches()
          || NUMBERED.matcher(section).matches()
          || id.length() + section.length() > LONGEST_ID) {
        refuse(
            line(heading),
            "identifiant de section « %s » (épinglez {#mot-cle} : minuscules, chiffres, tirets, sans -<nombre> final, court)"
                .formatted(section));
      } else if (!sections.add(section)) {
        refuse(
            line(heading), "section « %s » en double (changez l'identifiant)".formatted(section));
      }
    }

    private void readParagraph(Paragraph paragraph) {
      String text = text(paragraph);
      Optional<Source> source = source(text, line(paragraph));
      String words = MARKER.matcher(text).replaceFirst("");
      Matcher summary = SUMMARY.matcher(words);
      boolean isSummary = summary.find();
      Kind kind = isSummary ? Kind.SUMMARY : Kind.PARAGRAPH;
      String said = isSummary ? words.substring(summary.end()) : words;
      add(splitter.prose(kind, capitalized(said)), source);
    }

    private void readList(String introduction, ListBlock list) {
      List<String> lines = new ArrayList<>();
      collect(list, "", lines);
      String last = lines.get(lines.size() - 1);
      Optional<Source> source = source(last, line(list));
      lines.set(lines.size() - 1, MARKER.matcher(last).replaceFirst(""));
      add(splitter.lines(Kind.LIST, withoutMarker(introduction), lines), source);
    }

    private void collect(ListBlock list, String indent, List<String> lines) {
      int number = list instanceof OrderedList ordered ? ordered.getMarkerStartNumber() : 1;
      for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
        String bullet = list instanceof BulletList ? "- " : number++ + ". ";
        for (Node part = item.getFirstChild(); part != null; part = part.getNext()) {
          if (part instanceof ListBlock nested) {
            collect(nested, indent + "  ", lines);
          } else {
            lines.add(indent + bullet + text(part));
          }
        }
      }
    }

    /** Reads a table and the line of its source; the block after them. */
    private @Nullable Node readTable(String introduction, TableBlock table) {
      List<String> columns = new ArrayList<>();
      List<String> rows = new ArrayList<>();
      String marker = "";
      for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
        for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
          List<String> cells = new ArrayList<>();
          for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            cells.add(text(cell));
          }
          if (part instanceof TableHead) {
            columns = cells;
          } else if (part instanceof TableBody) {
            String line = row(columns, cells);
            if (MARKER.matcher(line).find()) {
              marker = line;
            }
            String words = MARKER.matcher(line).replaceFirst("");
            if (!words.isBlank()) {
              rows.add(words + ".");
            }
          }
        }
      }
      Node next = table.getNext();
      if (next instanceof Paragraph paragraph
          && MARKER.matcher(text(paragraph)).replaceFirst("").isEmpty()) {
        marker = text(paragraph);
        next = next.getNext();
      }
      Optional<Source> source = source(marker, line(table));
      for (String row : rows) {
        add(splitter.lines(Kind.ROW, withoutMarker(introduction), List.of(row)), source);
      }
      return next;
    }

    private String row(List<String> columns, List<String> cells) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < cells.size(); i++) {
        String cell = cells.get(i);
        if (MARKER.matcher(cell).replaceFirst("").isEmpty()) {
          row.append(cell);
        } else {
          row.append(row.isEmpty() ? "" : " ; ").append(columns.get(i)).append(" : ").append(cell);
        }
      }
      return row.toString();
    }

    private void add(List<Piece> pieces, Optional<Source> source) {
      if (source.isEmpty() || section.isEmpty()) {
        return;
      }
      for (Piece piece : pieces) {
        int number = passagesInSection.merge(section, 1, Integer::sum);
        passages.add(
            new Passage(
                "%s#%s-%d".formatted(id, section, number),
                id,
                section,
                headings,
                piece.kind(),
                piece.text(),
                piece.sentences(),
                source.get(),
                frontMatter.routes()));
      }
    }

    private Optional<Source> source(String text, int line) {
      if (section.isEmpty()) {
        refuse(line, "texte avant le premier titre (placez-le sous un titre « ## »)");
        return Optional.empty();
      }
      Matcher marker = MARKER.matcher(text);
      if (!marker.find()) {
        refuse(line, "paragraphe, liste ou tableau sans source (terminez-le par [^id])");
        return Optional.empty();
      }
      Source source = sources.get(marker.group(1));
      if (source == null) {
        refuse(
            line,
            "source « %s » inconnue (déclarez-la sous « sources »)".formatted(marker.group(1)));
      }
      return Optional.ofNullable(source);
    }

    private String resolveFigures(String line, int number) {
      return FIGURE.matcher(line).replaceAll(found -> value(found, number));
    }

    private String value(MatchResult found, int line) {
      Figure figure = figures.byName().get(found.group(1).strip());
      if (figure == null) {
        refuse(
            line, "figure inconnue « %s » (ajoutez-la à figures.yaml)".formatted(found.group(1)));
        return "";
      }
      LocalDate day = asOf;
      try {
        day = found.group(2) == null ? asOf : LocalDate.parse(found.group(2).strip());
      } catch (DateTimeParseException e) {
        refuse(line, "« %s » n'est pas une date (écrivez AAAA-MM-JJ)".formatted(found.group(2)));
      }
      Optional<Figures.Value> value = figure.on(day);
      if (value.isEmpty()) {
        refuse(
            line,
            "« %s » n'a pas de valeur au %s (complétez figures.yaml)"
                .formatted(found.group(1), day));
      }
      return Matcher.quoteReplacement(value.map(Figures.Value::value).orElse(""));
    }

    private int line(Node node) {
      List<SourceSpan> spans = node.getSourceSpans();
      return spans.isEmpty() ? 0 : linesBefore + spans.get(0).getLineIndex() + 1;
    }

    /** Number of the first line that holds some words, 0 for none. */
    private static int lineOf(String words, List<String> lines) {
      return 1
          + IntStream.range(0, lines.size())
              .filter(i -> lines.get(i).contains(words))
              .findFirst()
              .orElse(-1);
    }

    private void refuse(int line, String message) {
      problems.add(new Problem(path, line, message));
    }
  }

  private static String withoutMarker(String text) {
    return MARKER.matcher(text).replaceFirst("");
  }

  private static String capitalized(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(java.util.Locale.FRENCH) + text.substring(1);
  }

  private static String slug(String heading) {
    return French.fold(heading).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  /** The words of a node and its descendants, without markup. */
  private static String text(Node node) {
    StringBuilder text = new StringBuilder();
    append(node, text);
    return text.toString().strip();
  }

  private static void append(Node node, StringBuilder text) {
    switch (node) {
      case Text words -> text.append(words.getLiteral());
      case Code code -> text.append(code.getLiteral());
      case SoftLineBreak space -> text.append(' ');
      case HardLineBreak space -> text.append(' ');
      default -> {
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
          append(child, text);
        }
      }
    }
  }
}
