package dev.plumbline.transform;

import dev.plumbline.document.Differences;
import dev.plumbline.document.Document;
import dev.plumbline.document.Examination;
import dev.plumbline.document.Examiner;
import dev.plumbline.document.Transform;
import dev.plumbline.source.DocumentSource.Allowance;
import dev.plumbline.transform.TransformPlan.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Gathers what a plan says, document by document, wherever they are read from. Nothing is written
 * but snapshots. For one thread.
 */
final class PlanLook {
  private static final int SAMPLES = 5;
  private static final int TOLD_EVERY = 100;

  private final Transform transform;
  private final Examiner examiner;
  private final TransformOptions options;
  private final Optional<RunFolder> snapshots;
  private final LongConsumer progress;
  private final Findings findings = new Findings();
  private final List<Sample> samples = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long changing;
  private long looked;

  /**
   * @param snapshots where each document goes before and after; empty: nowhere
   * @param progress hears how many documents have been looked at
   */
  PlanLook(
      Transform transform,
      Examiner examiner,
      TransformOptions options,
      Optional<RunFolder> snapshots,
      LongConsumer progress) {
    this.transform = transform;
    this.examiner = examiner;
    this.options = options;
    this.snapshots = snapshots;
    this.progress = progress;
    this.notes.addAll(TransformPlan.notes(transform));
  }

  /** What else to know before it is done, in a sentence. */
  void note(String sentence) {
    notes.add(sentence);
  }

  /** Whether as many as asked for were found that are to be changed. */
  boolean full() {
    return options.limit().isPresent() && changing >= options.limit().getAsLong();
  }

  /**
   * Examines a document, unless there are enough.
   *
   * @param listedAs how a run's worklist names it
   */
  void look(Document document, String listedAs) {
    if (full()) {
      return;
    }
    Examination found = examiner.examine(document);
    findings.add(document.id(), found);
    switch (found) {
      case Examination.Transformed result -> {
        listed(listedAs);
        changes(document, result.after());
      }
      case Examination.Refused refused -> {
        listed(listedAs);
        refused.after().ifPresent(after -> lay(document, after));
      }
      case Examination.Failed failed -> listed(listedAs);
      case Examination.Unchanged same -> {}
      case Examination.Skipped none -> {}
    }
    if (++looked % TOLD_EVERY == 0) {
      progress.accept(looked);
    }
  }

  /** A document that can be read, and not written if it should change. */
  void withoutKey(Document document) {
    if (!full()) {
      findings.add(document.id(), ColumnRow.withoutKey(examiner.examine(document)));
      looked++;
    }
  }

  /** A record that is there and cannot be told as texts. */
  void unreadable(String id, String what) {
    findings.fail(id, what);
    listed(id);
    looked++;
  }

  /** For the worklist: what cannot be done belongs to a run as it belongs to its plan. */
  private void listed(String listedAs) {
    if (options.listed()) {
      ids.add(listedAs);
    }
  }

  private void changes(Document document, Map<String, String> after) {
    changing++;
    if (samples.size() < SAMPLES) {
      samples.add(
          new Sample(
              document.id(),
              Differences.paths(
                  document.text(transform.property()).orElse(""),
                  after.getOrDefault(transform.property(), ""))));
    }
    lay(document, after);
  }

  private void lay(Document document, Map<String, String> after) {
    Map<String, Optional<String>> now = new TreeMap<>();
    Map<String, Optional<String>> then = new TreeMap<>();
    after.forEach(
        (property, text) -> {
          now.put(property, document.text(property));
          then.put(property, Optional.of(text));
        });
    snapshots.ifPresent(folder -> folder.planned(document.id(), now, then));
  }

  /**
   * What was found, laid down in a folder too.
   *
   * @param source what the documents are, for people
   * @param folder where the summary and the validation report go; empty: nowhere
   */
  TransformPlan plan(
      String source, Optional<RunFolder> folder, Optional<Allowance> allowance, Duration took) {
    progress.accept(looked);
    TransformPlan plan =
        new TransformPlan(
            transform.name(),
            transform.says(),
            source,
            findings.tally(),
            samples,
            findings.problems(),
            folder.map(RunFolder::path),
            ids,
            notes,
            allowance,
            took);
    folder.ifPresent(
        to ->
            to.report(
                new Summary(transform.name(), "plan", "planned", plan.tally(), took),
                plan.problems()));
    return plan;
  }
}
