package dev.plumbline.repair;

import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Counts;
import dev.plumbline.database.Row;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.ImageTable;
import dev.plumbline.dialect.Sql;
import dev.plumbline.invariant.Narrowing;
import dev.plumbline.journal.BeforeImages;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.repair.RepairPlan.Cell;
import dev.plumbline.repair.RepairPlan.PlannedStep;
import dev.plumbline.repair.RepairPlan.Sample;
import dev.plumbline.schema.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plans a repair inside a reading transaction: counts and samples of what each step will change.
 */
final class Planner {
  /** From this share of violating rows on, reading the whole table once is cheaper than a list. */
  private static final int SCAN_FROM_PERCENT = 20;

  private static final int SAMPLES = 3;

  private final Session session;
  private final Dialect dialect;
  private final Job job;
  private final Sql violations;

  Planner(Session session, Job job) {
    this.session = session;
    this.dialect = session.dialect();
    this.job = job;
    this.violations = violations();
  }

  /** The violations in scope that have a whole key. */
  private Sql violations() {
    Narrowing narrowing = job.narrowing(dialect);
    List<Sql> key = job.keyOf(dialect, "plumb_v");
    Sql rows =
        Sql.of(
            "SELECT * FROM (\n{}) AS plumb_v WHERE {}",
            job.query().rows(narrowing),
            Sql.join(" AND ", key.stream().map(k -> Sql.of("{} IS NOT NULL", k)).toList()));
    return job.scope().limit().isEmpty()
        ? rows
        : Sql.of(
            "{} ORDER BY {} LIMIT {}", rows, Sql.join(", ", key), job.scope().limit().getAsLong());
  }

  RepairPlan plan(AuditResult before, RepairOptions options) {
    Counts counts = before.counts().orElseThrow();
    long withKey = counts.violations() - counts.nullKeys();
    long toDo = Math.min(withKey, job.scope().limit().orElse(Long.MAX_VALUE));
    Strategy strategy = strategy(counts);
    List<PlannedStep> steps = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    for (Step step : job.steps()) {
      long rows = toDo == 0 ? 0 : rows(step, toDo);
      steps.add(
          new PlannedStep(
              step.change(), step.table().label(), summary(step), statements(step), rows));
      if (rows > 0) {
        samples.addAll(samples(step));
      }
    }
    long changes = steps.stream().mapToLong(PlannedStep::rows).sum();
    boolean limited = job.scope().limit().isPresent();
    long hopeless = changes == 0 ? toDo : limited ? 0 : counts.nullKeys() + counts.ambiguous();
    return new RepairPlan(
        job.query().invariant(),
        options,
        before,
        strategy,
        reason(strategy, counts),
        toDo,
        hopeless,
        steps,
        samples,
        notes(counts));
  }

  private Strategy strategy(Counts counts) {
    boolean scannable =
        job.steps().getFirst() instanceof Step.SetRight
            && job.scope().keys().isEmpty()
            && job.scope().where().isEmpty()
            && job.scope().limit().isEmpty();
    long population = counts.population().orElse(0);
    return scannable && counts.violations() * 100 >= population * SCAN_FROM_PERCENT
        ? Strategy.SCAN
        : Strategy.WORKLIST;
  }

  private static String reason(Strategy strategy, Counts counts) {
    return switch (strategy) {
      case SCAN ->
          counts.violations()
              + " of "
              + counts.population().orElse(0)
              + (counts.population().orElse(0) == 1 ? " row" : " rows")
              + (counts.violations() == 1 ? " violates" : " violate")
              + ": ranges of the key are cheaper than a list";
      case WORKLIST -> "the violating keys are listed first, then repaired in key order";
      case BATCHES, STEPS -> throw new IllegalStateException("a repair has no " + strategy);
    };
  }

  private long rows(Step step, long violations) {
    return switch (step) {
      case Step.SetRight right -> violations;
      case Step.InsertRows insert -> count(insert.select());
      case Step.UpdateRows update -> count(rowsOf(update, update.where()));
      case Step.DeleteRows delete -> count(rowsOf(delete, delete.where()));
    };
  }

  private static Sql rowsOf(Step step, Sql where) {
    return Sql.of("SELECT 1 AS one FROM {} WHERE {}", step.table().sql(), where);
  }

  private long count(Sql select) {
    return session.one(
        Sql.of(
            "WITH violation AS (\n{})\nSELECT count(*) FROM (\n{}) AS plumb_step",
            violations,
            select),
        row -> row.number(1));
  }

  private List<Sample> samples(Step step) {
    Dialect d = dialect;
    String table = step.table().sql();
    return switch (step) {
      case Step.SetRight right ->
          sample(
              step,
              right.columns(),
              Sql.of(
                  "SELECT {} FROM violation ORDER BY {}",
                  items(
                      "violation",
                      step.key(),
                      right.columns(),
                      right.columns().stream()
                          .map(c -> Sql.of("violation.{}", d.quote("right_" + c)))
                          .toList()),
                  keyList("violation", step)),
              true,
              true);
      case Step.InsertRows insert ->
          sample(step, insert.columns(), Sql.of("{}", insert.select()), false, true);
      case Step.UpdateRows update ->
          sample(
              step,
              update.columns(),
              Sql.of(
                  "SELECT {} FROM {} WHERE {} ORDER BY {}",
                  items(table, step.key(), update.columns(), update.set()),
                  table,
                  update.where(),
                  keyList(table, step)),
              true,
              true);
      case Step.DeleteRows delete ->
          sample(
              step,
              step.table().columnNames(),
              Sql.of(
                  "SELECT {} FROM {} WHERE {} ORDER BY {}",
                  items(table, step.key(), step.table().columnNames(), List.of()),
                  table,
                  delete.where(),
                  keyList(table, step)),
              true,
              false);
    };
  }

  private String keyList(String relation, Step step) {
    return step.key().stream()
        .map(k -> relation + "." + dialect.quote(k))
        .collect(Collectors.joining(", "));
  }

  /** The key, the columns as they are, and as they will be; under names of their own. */
  private Sql items(String relation, List<String> key, List<String> columns, List<Sql> after) {
    List<Sql> items = new ArrayList<>();
    for (String name : key) {
      items.add(Sql.of("{}.{} AS k{}", relation, dialect.quote(name), items.size()));
    }
    for (String name : columns) {
      items.add(Sql.of("{}.{} AS c{}", relation, dialect.quote(name), items.size()));
    }
    for (Sql value : after) {
      items.add(Sql.of("{} AS c{}", value, items.size()));
    }
    return Sql.join(", ", items);
  }

  private List<Sample> sample(
      Step step, List<String> columns, Sql select, boolean before, boolean after) {
    return session.query(
        Sql.of(
            "WITH violation AS (\n{})\nSELECT * FROM (\n{}) AS plumb_step LIMIT {}",
            violations,
            select,
            SAMPLES),
        row -> read(row, step, columns, before, after));
  }

  private static Sample read(
      Row row, Step step, List<String> columns, boolean before, boolean after) throws SQLException {
    int at = 1;
    List<String> key = new ArrayList<>();
    if (before) {
      for (int i = 0; i < step.key().size(); i++) {
        key.add(String.valueOf(row.text(at++)));
      }
    }
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Optional<String> was = before ? Optional.of(shown(row.text(at + i))) : Optional.empty();
      int will = before ? at + columns.size() + i : at + i;
      Optional<String> becomes = after ? Optional.of(shown(row.text(will))) : Optional.empty();
      cells.add(new Cell(columns.get(i), was, becomes));
    }
    return new Sample(step.change(), step.table().label(), String.join(",", key), cells);
  }

  private static String shown(@Nullable String value) {
    return value == null ? "NULL" : value;
  }

  private static String summary(Step step) {
    return switch (step) {
      case Step.SetRight right ->
          "UPDATE "
              + step.table().written()
              + " SET "
              + right.columns().stream()
                  .map(c -> Table.quoted(c) + " = the right value")
                  .collect(Collectors.joining(", "));
      case Step.InsertRows insert ->
          "INSERT INTO "
              + step.table().written()
              + " ("
              + insert.columns().stream().map(Table::quoted).collect(Collectors.joining(", "))
              + ")\n"
              + insert.select();
      case Step.UpdateRows update -> {
        List<String> set = new ArrayList<>();
        for (int i = 0; i < update.columns().size(); i++) {
          set.add(Table.quoted(update.columns().get(i)) + " = " + update.set().get(i));
        }
        yield "UPDATE "
            + step.table().written()
            + " SET "
            + String.join(", ", set)
            + "\nWHERE "
            + update.where();
      }
      case Step.DeleteRows delete ->
          "DELETE FROM " + step.table().written() + "\nWHERE " + delete.where();
    };
  }

  private List<String> statements(Step step) {
    ImageTable images = BeforeImages.foreseen(session, step.key(), step.keyTypes(), step.imaged());
    String table = step.table().sql();
    List<Sql> statements = new ArrayList<>();
    Narrowing batch = job.narrowing(dialect).and(key -> Sql.of("({}) IN (…)", Sql.join(", ", key)));
    switch (step) {
      case Step.SetRight right -> {
        dialect
            .lockRows(table, step.key(), right.query().population(batch))
            .ifPresent(statements::add);
        statements.addAll(
            dialect.updateFrom(
                table,
                right.query().rows(batch, dialect.rowAddress(table)),
                right.query().keys(batch),
                right.columns(),
                images));
      }
      case Step.InsertRows insert ->
          statements.addAll(
              dialect.insertRows(
                  table, insert.columns(), insert.select(), insert.conflict(), images));
      case Step.UpdateRows update ->
          statements.addAll(
              dialect.updateRows(table, update.columns(), update.set(), update.where(), images));
      case Step.DeleteRows delete ->
          statements.addAll(dialect.deleteRows(table, delete.where(), images));
    }
    return statements.stream().map(Sql::toString).toList();
  }

  private List<String> notes(Counts counts) {
    List<String> notes = new ArrayList<>();
    if (counts.nullKeys() > 0) {
      notes.add(
          counts.nullKeys() == 1
              ? "1 violation has a NULL in its key and is never repaired."
              : counts.nullKeys() + " violations have a NULL in their key and are never repaired.");
    }
    if (counts.ambiguous() > 0) {
      notes.add(
          counts.ambiguous() == 1
              ? "1 key is ambiguous: its source rows ask for different rows; it is left alone."
              : counts.ambiguous()
                  + " keys are ambiguous: their source rows ask for different rows; they are left"
                  + " alone.");
    }
    for (Step step : job.steps()) {
      if (!step.table().triggers().isEmpty()) {
        notes.add(
            "Triggers of "
                + step.table().label()
                + " fire as for any write ("
                + String.join(", ", step.table().triggers())
                + "); what they change in other tables cannot be taken back by a rollback.");
      }
    }
    BeforeImages.note(session).ifPresent(notes::add);
    return notes.stream().distinct().toList();
  }
}
