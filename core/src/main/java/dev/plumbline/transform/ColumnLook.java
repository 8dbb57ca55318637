package dev.plumbline.transform;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.document.Examination;
import dev.plumbline.document.Examiner;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.State;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.SetAside;
import dev.plumbline.journal.SetAside.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fresh look at the end of a run. A row that is certainly as the run wrote it holds a result
 * that was proven before it was written; every other document is examined again. For one thread.
 */
final class ColumnLook {
  /** The next pass takes so many at most; what it leaves the look after it finds. */
  private static final int MOST_FRESH = 100_000;

  private final ColumnTable table;
  private final Examiner examiner;
  private final long run;
  private final boolean again;
  private final Findings findings = new Findings();
  private final List<Key> fresh = new ArrayList<>();
  private final List<SetAside> aside = new ArrayList<>();
  private final Set<Key> settled = new HashSet<>();
  private Map<Key, String> givenUp = Map.of();
  private long skipped;
  private long written;

  /**
   * @param again whether a document that was written may be transformed again, because that changes
   *     nothing
   */
  ColumnLook(ColumnTable table, Examiner examiner, long run, boolean again) {
    this.table = table;
    this.examiner = examiner;
    this.run = run;
    this.again = again;
  }

  /**
   * @param scope the rows that the run is about
   * @param columns the properties that it writes
   * @param progress what it has set aside
   */
  void through(Session session, Sql scope, Set<String> columns, Progress progress) {
    settled.addAll(progress.allSetAside());
    givenUp = progress.messages(Reason.QUARANTINED);
    skipped =
        session.one(
            table.count(Sql.and(List.of(table.withoutDocument(), scope))), row -> row.number(1));
    written = new DocumentImages(session, run).count(State.WRITTEN);
    Sql asWritten = session.dialect().asWritten(table.texts(columns), run);
    session.stream(
        table.rowsAsTheyCome(
            Sql.and(List.of(table.withDocument(), scope, Sql.of("NOT ({})", asWritten))),
            List.of(session.dialect().hasImage(table.texts(columns), run))),
        row -> look(table.row(row), row.truth(table.behind())));
  }

  /** Looks at the rows too that a run can read and not find again. */
  void withoutKey(Session session) {
    table
        .withoutKey()
        .ifPresent(
            rows ->
                session.stream(
                    table.rowsAsTheyCome(Sql.and(List.of(rows, table.hasDocument())), List.of()),
                    row -> withoutKey(table.row(row))));
  }

  private void withoutKey(ColumnRow row) {
    found(
        Key.fromJson(row.key()),
        row.document().id(),
        ColumnRow.withoutKey(examiner.examine(row.document())));
  }

  /**
   * @param image whether the run has written it: then it counts as transformed already
   */
  private void look(ColumnRow row, boolean image) {
    Key key = Key.fromJson(row.key());
    String id = row.document().id();
    if (image && !again) {
      return; // to transform it again would change what it has become
    }
    Examination now = examiner.examine(row.document());
    if (image) {
      if (now instanceof Examination.Unchanged) {
        return;
      }
      written--;
    }
    found(key, id, now);
  }

  private void found(Key key, String id, Examination now) {
    switch (now) {
      case Examination.Transformed result -> left(key, id, result);
      case Examination.Refused refused -> {
        findings.add(id, refused);
        keepAside(key, Reason.UNREPAIRABLE, Problem.refused(id, refused.findings()));
      }
      case Examination.Failed failed -> {
        findings.add(id, failed);
        keepAside(key, Reason.QUARANTINED, Problem.failed(id, failed.what()));
      }
      case Examination.Unchanged same -> findings.add(id, same);
      case Examination.Skipped none -> findings.add(id, none);
    }
  }

  private void left(Key key, String id, Examination.Transformed result) {
    String why = givenUp.get(key);
    if (why != null) {
      settled.remove(key);
      findings.fail(id, "it could not be written: " + why);
      return;
    }
    findings.add(id, result);
    if (fresh.size() < MOST_FRESH) {
      fresh.add(key);
    }
  }

  private void keepAside(Key key, Reason reason, Problem problem) {
    settled.remove(key);
    aside.add(new SetAside(0, key, reason, Optional.empty(), problem.what()));
  }

  Findings findings() {
    return findings;
  }

  /** Documents that a further pass may transform. */
  List<Key> fresh() {
    return List.copyOf(fresh);
  }

  /** Brings what is set aside up to date: others may have corrected a document meanwhile. */
  void note(Progress progress) {
    progress.forget(List.copyOf(settled));
    aside.forEach(progress::setAside);
  }

  /** The run in numbers. */
  Tally tally() {
    Tally seen = findings.tally();
    return new Tally(
        seen.total() + written + skipped,
        seen.transformed() + written,
        seen.unchanged(),
        seen.skipped() + skipped,
        seen.validationErrors(),
        seen.failed(),
        seen.counts());
  }
}
