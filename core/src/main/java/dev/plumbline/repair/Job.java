package dev.plumbline.repair;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.dialect.SqlScan;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.execution.Slice;
import dev.plumbline.invariant.Narrowing;
import dev.plumbline.invariant.ViolationQuery;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.schema.Column;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is repaired: an invariant's violations within a scope, and the steps.
 *
 * @param steps carried out in this order in each batch
 */
record Job(ViolationQuery query, List<Step> steps, Scope scope) {
  Job {
    steps = List.copyOf(steps);
  }

  /** The scope without its limit, which only the worklist knows. */
  Narrowing narrowing(Dialect dialect) {
    Narrowing where = new Narrowing(whereFragment(), Optional.empty());
    return scope.keys().isEmpty()
        ? where
        : where.and(key -> dialect.keyIn(key, types(), scope.keys()));
  }

  private Optional<Fragment> whereFragment() {
    return scope.where().map(Job::condition);
  }

  /**
   * Checked here as well as on the command line, since core is also called by other programs.
   *
   * @throws ProjectException if it is not one whole expression
   */
  private static Fragment condition(String text) {
    Position start = new Position(Path.of("--where"), 1, 1);
    SqlScan scan = SqlScan.of(text);
    scan.flaw()
        .ifPresent(
            flaw -> {
              throw new ProjectException(
                  List.of(new Problem(start, flaw.what(), text, Optional.of(flaw.next()))));
            });
    return new Fragment(scan.endsInLineComment() ? text + "\n" : text, start, 1);
  }

  List<String> types() {
    return query.key().stream().map(Column::type).toList();
  }

  /** The key's columns of a relation of violations. */
  List<Sql> keyOf(Dialect dialect, String relation) {
    return query.key().stream()
        .map(c -> Sql.of("{}.{}", relation, dialect.quote(c.name())))
        .toList();
  }

  /** A query of one column {@code key}, in key order, of the violations that have a whole key. */
  Sql keys(Dialect dialect, Narrowing narrowing, Sql condition) {
    List<Sql> key = keyOf(dialect, "v");
    return Sql.of(
        "SELECT {} AS key FROM (\n{}) AS v WHERE {} AND {} ORDER BY {}",
        dialect.keyJson(key),
        query.rows(narrowing),
        Sql.join(" AND ", key.stream().map(k -> Sql.of("{} IS NOT NULL", k)).toList()),
        condition,
        Sql.join(", ", key));
  }

  /** The condition that a slice sets over the key. */
  Narrowing.KeyCondition in(Dialect dialect, Slice slice, List<Key> listed) {
    return switch (slice) {
      case Slice.ListRange list -> key -> dialect.keyIn(key, types(), listed);
      case Slice.KeyRange range ->
          key -> {
            Sql row = Sql.of("({})", Sql.join(", ", key));
            Sql upTo = Sql.of("{} <= ({})", row, bound(dialect, range.upTo()));
            return range
                .after()
                .map(a -> Sql.of("{} > ({}) AND {}", row, bound(dialect, a), upTo))
                .orElse(upTo);
          };
    };
  }

  Sql bound(Dialect dialect, Key key) {
    List<Sql> values = new ArrayList<>();
    for (int i = 0; i < types().size(); i++) {
      values.add(dialect.keyParameter(key.values().get(i), types().get(i)));
    }
    return Sql.join(", ", values);
  }
}
