package dev.plumbline.rollback;

import dev.plumbline.database.Row;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.ImageTable;
import dev.plumbline.dialect.Sql;
import dev.plumbline.journal.BeforeImages;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.rollback.Restore.View;
import dev.plumbline.rollback.RollbackPlan.Cell;
import dev.plumbline.rollback.RollbackPlan.Outcome;
import dev.plumbline.rollback.RollbackPlan.PlannedStep;
import dev.plumbline.rollback.RollbackPlan.Sample;
import dev.plumbline.schema.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans a rollback inside a reading transaction: counts and samples, from one snapshot. */
final class RollbackPlanner {
  private static final int SAMPLES = 3;

  private final Session session;
  private final Dialect dialect;
  private final Target target;

  RollbackPlanner(Session session, Target target) {
    this.session = session;
    this.dialect = session.dialect();
    this.target = target;
  }

  private record Counts(long restored, long already, long conflicts, long inPart) {
    static final Counts NONE = new Counts(0, 0, 0, 0);
  }

  RollbackPlan plan(RollbackOptions options) {
    Map<Integer, Counts> counts = new HashMap<>();
    List<Sample> samples = new ArrayList<>();
    for (Judgement judgement : target.judgements(dialect, View.FORESEEN)) {
      session.stream(
          judgement.counts(),
          row ->
              counts.put(
                  (int) row.number(1),
                  new Counts(row.number(2), row.number(3), row.number(4), row.number(5))));
      for (Restore restore : judgement.restores().reversed()) {
        Counts of = counts.getOrDefault(restore.rows().images().step(), Counts.NONE);
        samples.addAll(of.restored() > 0 ? samples(restore, judgement, "restorable") : List.of());
        samples.addAll(of.conflicts() > 0 ? samples(restore, judgement, "conflict") : List.of());
      }
    }
    List<PlannedStep> steps =
        target.backwards().stream()
            .map(r -> planned(r, counts.getOrDefault(r.rows().images().step(), Counts.NONE)))
            .toList();
    return new RollbackPlan(target.run(), options, steps, samples, notes(steps));
  }

  private PlannedStep planned(Restore restore, Counts counts) {
    ImageRows rows = restore.rows();
    ImageTable own =
        BeforeImages.foreseen(
            session, rows.images().table().key(), rows.images().table().types(), restore.imaged());
    Restore.Part part =
        new Restore.Part(
            Sql.of("plumb_i.batch = … AND {}", rows.inScope()),
            Sql.of("({}) BETWEEN … AND …", Sql.join(", ", rows.rowKey())));
    List<Sql> statements = new ArrayList<>();
    restore.lock(part).ifPresent(statements::add);
    statements.addAll(restore.statements(part, own));
    return new PlannedStep(
        rows.images().step(),
        restore.change(),
        rows.table().label(),
        restore.summary(),
        statements.stream().map(Sql::toString).toList(),
        counts.restored(),
        counts.already(),
        counts.conflicts(),
        counts.inPart(),
        "");
  }

  /** Rows of which this step's image is the first, so that it shows what they were. */
  private List<Sample> samples(Restore restore, Judgement judgement, String which) {
    ImageRows rows = restore.rows();
    List<Column> columns = restore.judged();
    List<Sql> items = new ArrayList<>();
    items.add(Sql.of("plumb_s.message"));
    items.addAll(rows.key());
    boolean before = rows.images().change() != Change.INSERT;
    boolean after = rows.images().change() != Change.DELETE;
    for (Column c : columns) {
      items.add(restore.standing(c, View.FORESEEN));
      items.add(before ? rows.before(c) : Sql.of("NULL"));
      items.add(after ? rows.after(c) : Sql.of("NULL"));
      items.add(rows.now(c));
    }
    items.add(Sql.of("CASE WHEN {} THEN 1 ELSE 0 END", rows.gone()));
    List<Sql> sameKey = new ArrayList<>();
    for (int i = 0; i < rows.key().size(); i++) {
      sameKey.add(Sql.of("plumb_s.k{} = {}", i + 1, rows.key().get(i)));
    }
    return session.query(
        Sql.of(
            """
            SELECT {}
            FROM (
            SELECT * FROM (
            {}) AS plumb_judged WHERE {} = 1 AND step = {}{} ORDER BY {} LIMIT {}) AS plumb_s
            JOIN {} ON {} AND plumb_i.batch = plumb_s.batch
            LEFT JOIN {} ON {}
            ORDER BY {}""",
            Sql.join(", ", items),
            judgement.rowsJudged(),
            which,
            rows.images().step(),
            which.equals("conflict") ? "" : " AND conflict = 0",
            keyNames(rows),
            SAMPLES,
            rows.from(),
            Sql.join(" AND ", sameKey),
            rows.table().sql(),
            rows.sameRow(),
            Sql.join(", ", rows.key())),
        row -> sample(row, restore, columns, which, before, after));
  }

  private static String keyNames(ImageRows rows) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= rows.key().size(); i++) {
      names.add("k" + i);
    }
    return String.join(", ", names);
  }

  private static Sample sample(
      Row row, Restore restore, List<Column> columns, String which, boolean before, boolean after)
      throws SQLException {
    int at = 2;
    List<String> key = new ArrayList<>();
    for (int i = 0; i < restore.rows().key().size(); i++) {
      key.add(row.required(at++));
    }
    boolean there = row.number(at + columns.size() * 4) == 0;
    List<Cell> cells = new ArrayList<>();
    for (Column column : columns) {
      long standing = row.number(at);
      if (standing != Standing.UNTOUCHED) {
        cells.add(
            new Cell(
                column.name(),
                Standing.outcome(standing),
                shown(row, at + 1, before),
                shown(row, at + 2, after),
                shown(row, at + 3, there)));
      }
      at += 4;
    }
    boolean conflict = which.equals("conflict");
    return new Sample(
        restore.rows().images().step(),
        restore.change(),
        restore.rows().table().label(),
        String.join(",", key),
        conflict ? Outcome.CONFLICT : Outcome.RESTORED,
        conflict ? row.required(1) : "",
        cells);
  }

  private static Optional<String> shown(Row row, int at, boolean there) throws SQLException {
    return there ? Optional.of(row.optional(at).orElse("NULL")) : Optional.empty();
  }

  private List<String> notes(List<PlannedStep> steps) {
    List<String> notes = new ArrayList<>();
    if (steps.stream().allMatch(s -> s.restored() == 0)) {
      notes.add("There is nothing to restore.");
    }
    for (Restore restore : target.restores()) {
      if (!restore.rows().table().triggers().isEmpty()) {
        notes.add(
            "Triggers of "
                + restore.rows().table().label()
                + " fire as for any write ("
                + String.join(", ", restore.rows().table().triggers())
                + "); a column that they set is reported as a conflict, a row of which they let nothing"
                + " come back as not restored.");
      }
    }
    BeforeImages.note(session).ifPresent(notes::add);
    return notes.stream().distinct().toList();
  }
}
