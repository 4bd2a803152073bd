package fr.jalon.knowledge;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.shingle.ShingleAnalyzerWrapper;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.util.BytesRef;

/**
 * The only owner of the Lucene fields. Three kinds of documents stand in one index: each passage,
 * with the evidence around it, each section that people are known to ask for, as they ask, and each
 * guide whole, for ranking guides.
 */
final class Schema {
  /** Raised whenever fields, files or analysis change. */
  static final int VERSION = 5;

  static final String ROUTE = "route";
  static final String GUIDE = "guide";
  static final String QUESTION = "question";
  static final String SECTION_KEY = "section_key";

  /** Id of a section, in its document as people ask for it. */
  static final String ASKED_SECTION = "asked_section";

  /**
   * All the ways people ask for a section, its heading among them, words and pairs of neighbours,
   * stemmed.
   */
  static final String ASKED = "asked";

  private static final String PASSAGE = "passage";
  private static final String EXACT = ".exact";

  /** In UTF-16 units. */
  private static final int LONGEST_SECTION = 6_000;

  /** What speaks for a passage; the weights are relative to its own words. */
  enum Evidence {
    TITLE("titre", 0.5f),
    HEADING("intitulé", 0.9f),
    QUESTIONS("questions fréquentes", 0.4f),
    TEXT("texte", 1.0f),
    SECTION("section", 0.4f);

    final String label;
    final float weight;

    Evidence(String label, float weight) {
      this.label = label;
      this.weight = weight;
    }

    String stemmed() {
      return name().toLowerCase(Locale.ROOT);
    }

    String exact() {
      return stemmed() + EXACT;
    }
  }

  /** What speaks for a guide as a whole. */
  enum GuideEvidence {
    GUIDE_TITLE(0.5f),
    GUIDE_TEXT(1.0f);

    final float weight;

    GuideEvidence(float weight) {
      this.weight = weight;
    }

    String stemmed() {
      return name().toLowerCase(Locale.ROOT);
    }

    String exact() {
      return stemmed() + EXACT;
    }
  }

  private Schema() {}

  static Analyzer analyzer(French french) {
    Map<String, Analyzer> others = new HashMap<>();
    for (Evidence evidence : Evidence.values()) {
      others.put(evidence.exact(), french.exact());
    }
    for (GuideEvidence evidence : GuideEvidence.values()) {
      others.put(evidence.exact(), french.exact());
    }
    others.put(ASKED, new ShingleAnalyzerWrapper(french.stemmed(), 2, 2));
    return new PerFieldAnalyzerWrapper(french.stemmed(), others);
  }

  static Document document(Passage passage, Guide guide) {
    Document document = new Document();
    document.add(new StoredField(PASSAGE, json(passage)));
    document.add(new StringField(SECTION_KEY, passage.guide() + '#' + passage.section(), Store.NO));
    guide.routes().forEach(route -> document.add(new StringField(ROUTE, route, Store.NO)));
    for (Evidence evidence : Evidence.values()) {
      String text =
          switch (evidence) {
            case TITLE -> guide.title();
            case HEADING ->
                String.join("\n", passage.heading().subList(1, passage.heading().size()));
            case QUESTIONS -> String.join("\n", questionsOf(guide, passage.section()));
            case TEXT -> passage.text();
            case SECTION -> sectionText(guide, passage.section());
          };
      add(document, evidence.stemmed(), evidence.exact(), text);
    }
    return document;
  }

  static Document document(Guide guide) {
    Document document = new Document();
    document.add(new StringField(GUIDE, guide.id(), Store.YES));
    String text = guide.passages().stream().map(Passage::text).collect(Collectors.joining("\n"));
    String whole =
        Stream.of(
                Stream.of(guide.title()),
                guide.questions().stream().map(FrequentQuestion::text),
                Stream.of(text))
            .flatMap(part -> part)
            .collect(Collectors.joining("\n"));
    for (GuideEvidence evidence : GuideEvidence.values()) {
      add(
          document,
          evidence.stemmed(),
          evidence.exact(),
          evidence == GuideEvidence.GUIDE_TITLE ? guide.title() : whole);
    }
    return document;
  }

  /** The sections of a guide that people are known to ask for, in reading order. */
  static List<Document> askedSections(Guide guide) {
    Map<String, Passage> first = new LinkedHashMap<>();
    guide.passages().forEach(passage -> first.putIfAbsent(passage.section(), passage));
    List<Document> documents = new ArrayList<>();
    first.forEach((section, passage) -> {
      List<String> questions =
          waysOfAsking(guide)
              .filter(question -> section.equals(question.section()))
              .map(FrequentQuestion::text)
              .toList();
      if (!questions.isEmpty()) {
        Document document = new Document();
        String id = guide.id() + '#' + section;
        document.add(new StringField(ASKED_SECTION, id, Store.NO));
        document.add(new SortedDocValuesField(ASKED_SECTION, new BytesRef(id)));
        questions.forEach(question -> document.add(new StoredField(QUESTION, question)));
        String asked = passage.sectionHeading() + '\n' + String.join("\n", questions);
        document.add(text(ASKED, asked));
        documents.add(document);
      }
    });
    return documents;
  }

  /** The text of a section; empty for one so long that it tells little of one passage. */
  private static String sectionText(Guide guide, String section) {
    StringBuilder text = new StringBuilder();
    for (Passage passage : guide.passages()) {
      if (passage.section().equals(section)) {
        text.append(passage.text()).append('\n');
        if (text.length() > LONGEST_SECTION) {
          return "";
        }
      }
    }
    return text.toString();
  }

  private static Stream<FrequentQuestion> waysOfAsking(Guide guide) {
    return Stream.concat(guide.questions().stream(), guide.phrasings().stream());
  }

  /** The questions a section answers: its own, and those that name no section. */
  private static List<String> questionsOf(Guide guide, String section) {
    return waysOfAsking(guide)
        .filter(question -> question.section() == null || section.equals(question.section()))
        .map(FrequentQuestion::text)
        .toList();
  }

  static Passage passage(Document document) {
    try {
      return Json.MAPPER.readValue(document.get(PASSAGE), Passage.class);
    } catch (IOException e) {
      throw new UnreadableSnapshotException(
          "passage illisible dans l'index ; lancez « jalon index build »", e);
    }
  }

  private static void add(Document document, String stemmed, String exact, String text) {
    document.add(text(stemmed, text));
    document.add(text(exact, text));
  }

  private static TextField text(String field, String text) {
    return new TextField(field, Normalizer.normalize(text, Normalizer.Form.NFC), Store.NO);
  }

  private static String json(Passage passage) {
    try {
      return Json.MAPPER.writeValueAsString(passage);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a passage is always writable", e);
    }
  }
}
