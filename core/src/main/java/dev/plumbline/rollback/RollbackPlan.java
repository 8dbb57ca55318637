package dev.plumbline.rollback;

import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.journal.Run;
import java.util.List;
import java.util.Optional;

/**
 * Exactly what a rollback will do, found out without writing anything.
 *
 * @param run the run that is taken back
 * @param options with each key as the database writes it
 * @param steps in the order in which they are carried out: the run's, backwards
 * @param samples rows that will be restored, and rows that will be kept, of each step
 * @param notes what a reader should know: triggers that will fire
 */
public record RollbackPlan(
    Run run,
    RollbackOptions options,
    List<PlannedStep> steps,
    List<Sample> samples,
    List<String> notes) {
  public RollbackPlan {
    steps = List.copyOf(steps);
    samples = List.copyOf(samples);
    notes = List.copyOf(notes);
  }

  /** How something stands that the run changed. */
  public enum Outcome {
    /** It is as the run left it: it will be restored. */
    RESTORED,
    /** It is as it was before the run. */
    ALREADY,
    /** Somebody else has changed it since: it will be kept. */
    CONFLICT
  }

  /**
   * The way back of one step of the run. A row that several steps or batches changed is counted
   * with the first of them.
   *
   * @param step its place in the run that is taken back
   * @param change what the rollback does
   * @param table as people know it
   * @param summary for people
   * @param statements the SQL of a batch, as it will run
   * @param restored rows that will be restored, in one column at least
   * @param already rows that are as they were before
   * @param conflicts rows that will be kept, in one column at least
   * @param inPart rows that are in both of these numbers
   * @param object the word for the object of the schema that it changes; empty for rows
   */
  public record PlannedStep(
      int step,
      Change change,
      String table,
      String summary,
      List<String> statements,
      long restored,
      long already,
      long conflicts,
      long inPart,
      String object) {
    public PlannedStep {
      statements = List.copyOf(statements);
    }
  }

  /**
   * A row that the run changed.
   *
   * @param change what the rollback does
   * @param outcome of the row as a whole: a conflict if any column is one
   * @param why in words, where it is a conflict
   */
  public record Sample(
      int step,
      Change change,
      String table,
      String key,
      Outcome outcome,
      String why,
      List<Cell> cells) {
    public Sample {
      cells = List.copyOf(cells);
    }
  }

  /**
   * A column of a sample; values as the database writes them. Empty: the row is not there.
   *
   * @param before what it held before the run
   * @param after what the run made of it
   * @param now what it holds
   */
  public record Cell(
      String column,
      Outcome outcome,
      Optional<String> before,
      Optional<String> after,
      Optional<String> now) {}

  /** How many rows it will restore. */
  public long restored() {
    return steps.stream().mapToLong(PlannedStep::restored).sum();
  }

  /** How many rows are as they were before the run. */
  public long already() {
    return steps.stream().mapToLong(PlannedStep::already).sum();
  }

  /** How many rows it will restore in some columns, and keep in others. */
  public long inPart() {
    return steps.stream().mapToLong(PlannedStep::inPart).sum();
  }

  /** How many rows it will keep, since somebody else has changed them. */
  public long conflicts() {
    return steps.stream().mapToLong(PlannedStep::conflicts).sum();
  }

  /** Whether there is nothing to restore, so that a run would do nothing. */
  public boolean nothingToDo() {
    return restored() == 0;
  }

  /** Planned; a warning where rows will be kept. */
  public ExitCode exitCode() {
    return conflicts() > 0 ? ExitCode.WARNING : ExitCode.OK;
  }
}
