package fr.jalon.bot.answer;

import fr.jalon.bot.question.Question;
import fr.jalon.knowledge.Hit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records the steps of one answer as they are made. */
final class TraceBuilder {
  /** The most hits and sections recorded. */
  static final int MOST = 10;

  private List<Trace.TracedHit> hits = List.of();
  private List<Trace.TracedSection> sections = List.of();
  private Trace.@Nullable TracedEvidence evidence;
  private List<String> draft = List.of();
  private List<Trace.TracedDrop> dropped = List.of();

  void found(List<Hit> found, List<Section> weighed) {
    hits =
        found.stream()
            .limit(MOST)
            .map(hit -> new Trace.TracedHit(hit.passage().id(), hit.score(), hit.why()))
            .toList();
    sections =
        weighed.stream()
            .limit(MOST)
            .map(section ->
                new Trace.TracedSection(
                    section.id(),
                    section.score(),
                    section.searched().hit(),
                    section.searched().phrasing(),
                    section.coverage(),
                    section.likeness(),
                    section.treated()))
            .toList();
  }

  void judged(Evidence judged) {
    evidence =
        new Trace.TracedEvidence(
            judged.unknown(),
            judged.missing(),
            judged.covered(),
            judged.strength(),
            judged.enough());
  }

  void proven(Draft written, Proof.Proven proven) {
    draft = written.sentences().stream().map(Draft.Sentence::text).toList();
    dropped =
        proven.dropped().stream()
            .map(drop -> new Trace.TracedDrop(drop.sentence(), drop.reason()))
            .toList();
  }

  Trace build(Question question, String decision) {
    return new Trace(question, hits, sections, evidence, decision, draft, dropped);
  }
}
