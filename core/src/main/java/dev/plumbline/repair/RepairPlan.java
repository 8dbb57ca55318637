package dev.plumbline.repair;

import dev.plumbline.audit.AuditResult;
import dev.plumbline.error.ExitCode;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.journal.NewRun.Strategy;
import java.util.List;
import java.util.Optional;

/**
 * Exactly what a repair will do, found out without writing anything.
 *
 * @param before the audit in the repair's scope, from the same snapshot as the counts
 * @param violations how many keys it will try to repair
 * @param hopeless how many of the violations it already knows it cannot repair
 * @param reason why that strategy
 * @param notes what a reader should know: triggers that will fire, keys that are never repaired
 */
public record RepairPlan(
    Invariant invariant,
    RepairOptions options,
    AuditResult before,
    Strategy strategy,
    String reason,
    long violations,
    long hopeless,
    List<PlannedStep> steps,
    List<Sample> samples,
    List<String> notes) {
  public RepairPlan {
    steps = List.copyOf(steps);
    samples = List.copyOf(samples);
    notes = List.copyOf(notes);
  }

  /**
   * A step and what it will change.
   *
   * @param summary for people
   * @param statements the SQL of a batch, as it will run
   * @param rows how many rows it will change
   * @param object the word for the object of the schema that it changes; empty for rows
   */
  public record PlannedStep(
      Change change,
      String table,
      String summary,
      List<String> statements,
      long rows,
      String object) {
    public PlannedStep {
      statements = List.copyOf(statements);
    }

    /** Of rows. */
    public PlannedStep(
        Change change, String table, String summary, List<String> statements, long rows) {
      this(change, table, summary, statements, rows, "");
    }
  }

  /** A row before and after; values as the database writes them. */
  public record Sample(Change change, String table, String key, List<Cell> cells) {
    public Sample {
      cells = List.copyOf(cells);
    }
  }

  /** A column of a sample. Empty before: the row is not there yet; empty after: it will be gone. */
  public record Cell(String column, Optional<String> before, Optional<String> after) {}

  /** How many rows it will change. */
  public long rows() {
    return steps.stream().mapToLong(PlannedStep::rows).sum();
  }

  /** Planned; failed if it is known already that violations will remain. */
  public ExitCode exitCode() {
    return hopeless > 0 ? ExitCode.FAILED : ExitCode.OK;
  }
}
