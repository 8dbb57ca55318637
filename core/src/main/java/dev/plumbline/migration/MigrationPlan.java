package dev.plumbline.migration;

import dev.plumbline.error.ExitCode;
import dev.plumbline.migration.Migration.Expectation;
import dev.plumbline.repair.RepairPlan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Exactly what a migration will do, found out without writing anything.
 *
 * @param standing what the journal has of it, where it was begun before
 * @param holds what of an earlier phase keeps it from being begun
 */
public record MigrationPlan(
    Migration migration,
    Optional<History.Entry> standing,
    List<PlannedPart> parts,
    List<Hold> holds) {
  public MigrationPlan {
    parts = List.copyOf(parts);
    holds = List.copyOf(holds);
  }

  MigrationPlan heldBy(List<Hold> found) {
    return new MigrationPlan(migration, standing, parts, found);
  }

  /**
   * A part and what it will do.
   *
   * @param done whether an earlier attempt has done it
   * @param statements with the locks that they take
   * @param expected what the file expects beside what is there now
   * @param backfill what will be repaired, if that is known already
   * @param unknown why it is not known, where it is not
   */
  public record PlannedPart(
      Part part,
      boolean done,
      List<PlannedStatement> statements,
      List<Expected> expected,
      Optional<RepairPlan> backfill,
      Optional<String> unknown) {
    public PlannedPart {
      statements = List.copyOf(statements);
      expected = List.copyOf(expected);
    }

    /** A part of which there is no more to say. */
    static PlannedPart of(Part part, boolean done) {
      return with(part, done, List.of(), List.of());
    }

    static PlannedPart with(
        Part part, boolean done, List<PlannedStatement> statements, List<Expected> expected) {
      return new PlannedPart(part, done, statements, expected, Optional.empty(), Optional.empty());
    }
  }

  /** A statement and the locks that it takes; none are known on databases other than PostgreSQL. */
  public record PlannedStatement(SqlStatement statement, List<TableLock> locks) {
    public PlannedStatement {
      locks = List.copyOf(locks);
    }

    /** Statements with their locks, in the order of the file. */
    static List<PlannedStatement> all(Locks locks, List<SqlStatement> statements) {
      return statements.stream()
          .map(s -> new PlannedStatement(s, s.tree().map(locks::of).orElse(List.of())))
          .toList();
    }
  }

  /**
   * What is expected, and what is there now.
   *
   * @param actual empty if it cannot be counted before the schema step
   */
  public record Expected(Expectation expectation, OptionalLong actual) {

    /** Whether it is known already that the migration would stop here. */
    public boolean off() {
      return actual.isPresent() && !expectation.rows().holds(actual.getAsLong());
    }
  }

  /** Planned; failed if it is known already that it would not come to its end. */
  public ExitCode exitCode() {
    boolean off =
        parts.stream()
            .anyMatch(
                part ->
                    part.expected().stream().anyMatch(Expected::off)
                        || part.backfill().filter(b -> b.hopeless() > 0).isPresent());
    return off || !holds.isEmpty() ? ExitCode.FAILED : ExitCode.OK;
  }
}
