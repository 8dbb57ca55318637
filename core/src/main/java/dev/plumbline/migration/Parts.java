package dev.plumbline.migration;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.migration.Migration.Expectation;
import dev.plumbline.migration.Migration.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Cuts a migration into what its run does at a time. Statements of a step stay in one transaction,
 * but where one of them cannot run in a transaction, those before and after it have their own.
 */
public final class Parts {
  private final Dialect dialect;
  private final int before;
  private final List<Part> parts = new ArrayList<>();

  private Parts(Dialect dialect, int before) {
    this.dialect = dialect;
    this.before = before;
  }

  /**
   * The parts of a migration, in order.
   *
   * @throws dev.plumbline.error.ProjectException if its SQL cannot be read
   */
  public static List<Part> of(Dialect dialect, Migration migration) {
    Parts parts = new Parts(dialect, 0);
    parts.before(migration);
    migration.backfills().forEach(b -> parts.parts.add(new Part.Backfill(parts.next(), b)));
    parts.proof(migration);
    migration.constrain().ifPresent(sql -> parts.sql(Step.CONSTRAIN.word(), sql, List.of()));
    migration.document().ifPresent(sql -> parts.sql(Step.DOCUMENT.word(), sql, List.of()));
    return List.copyOf(parts.parts);
  }

  /**
   * Statements as parts of their own.
   *
   * @param before how many parts come before them
   */
  static List<Part> of(Dialect dialect, String step, List<SqlStatement> statements, int before) {
    Parts parts = new Parts(dialect, before);
    parts.group(step, statements, List.of());
    return List.copyOf(parts.parts);
  }

  private int next() {
    return before + parts.size() + 1;
  }

  /**
   * What is expected is counted in the schema step's first transaction, so that nothing is changed
   * where it is off; before the step if that begins with a statement that has no transaction.
   */
  private void before(Migration migration) {
    List<SqlStatement> schema =
        migration.schema().map(sql -> Script.read(dialect, sql)).orElse(List.of());
    List<Expectation> expectations = migration.expectations();
    boolean counted = !schema.isEmpty() && !schema.getFirst().place().alone();
    if (!expectations.isEmpty() && !counted) {
      parts.add(new Part.Expect(next(), expectations));
    }
    group(Step.SCHEMA.word(), schema, counted ? expectations : List.of());
  }

  /** What was backfilled must hold before constraints are made, whether the file says so or not. */
  private void proof(Migration migration) {
    Stream<Reference> implied =
        migration.constrain().isPresent() ? migration.backfills().stream() : Stream.empty();
    List<Reference> all = new ArrayList<>(migration.verifications());
    implied
        .filter(b -> all.stream().noneMatch(v -> v.invariant().equals(b.invariant())))
        .forEach(all::add);
    if (!all.isEmpty()) {
      parts.add(new Part.Verify(next(), all));
    }
  }

  private void sql(String step, Fragment sql, List<Expectation> expectations) {
    group(step, Script.read(dialect, sql), expectations);
  }

  /**
   * @param expectations counted in the first part
   */
  private void group(String step, List<SqlStatement> statements, List<Expectation> expectations) {
    List<Expectation> left = expectations;
    List<SqlStatement> together = new ArrayList<>();
    for (SqlStatement statement : statements) {
      switch (statement.place()) {
        case TOGETHER -> together.add(statement);
        case APART, ALONE, ALONE_PATIENTLY -> {
          left = flush(step, together, left);
          parts.add(new Part.Sql(next(), step, List.of(statement), List.of()));
        }
      }
    }
    flush(step, together, left);
  }

  /**
   * @return the expectations that are not counted yet
   */
  private List<Expectation> flush(
      String step, List<SqlStatement> together, List<Expectation> expectations) {
    if (together.isEmpty()) {
      return expectations;
    }
    parts.add(new Part.Sql(next(), step, List.copyOf(together), expectations));
    together.clear();
    return List.of();
  }
}
