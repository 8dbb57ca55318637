package dev.plumbline.migration;

import dev.plumbline.database.Session;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.NewRun.Kind;
import dev.plumbline.journal.Run;
import dev.plumbline.journal.Steps;
import dev.plumbline.run.RunState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the journal knows of migrations.
 *
 * @param entries by version; those that were undone are among them
 */
public record History(List<Entry> entries) {
  public History {
    entries = List.copyOf(entries);
  }

  /** How a migration stands. */
  public enum State {
    /** Every step is done and proven. */
    APPLIED,
    /** A process works on it. */
    RUNNING,
    /** A process works on its backfill. */
    BACKFILLING,
    PAUSED,
    /** The process that worked on it is gone. */
    INTERRUPTED,
    FAILED,
    /** It is taken back, or was when that failed or was stopped. */
    UNDOING,
    UNDONE;

    /** Whether something of it may be in the database. */
    public boolean pending() {
      return switch (this) {
        case APPLIED, UNDONE -> false;
        case RUNNING, BACKFILLING, PAUSED, INTERRUPTED, FAILED, UNDOING -> true;
      };
    }
  }

  /**
   * One migration.
   *
   * @param run the last time that it was applied
   * @param undo the last time that this was taken back
   * @param steps those of {@code run}, where it has not come to its end
   */
  public record Entry(
      Version version,
      String file,
      State state,
      Run run,
      Optional<Run> undo,
      List<Steps.Entry> steps) {
    public Entry {
      steps = List.copyOf(steps);
    }

    /** What was found of it after it had been applied, and is not settled yet. */
    public Optional<String> complaint() {
      return state == State.APPLIED ? run.error() : Optional.empty();
    }
  }

  public static History read(Session session) {
    Journal journal = new Journal(session);
    if (!journal.exists() || !journal.complete()) {
      return new History(List.of());
    }
    Map<Version, Run> applied = new TreeMap<>();
    Map<Long, Run> undone = new TreeMap<>();
    for (Run run : journal.migrations()) {
      if (run.plan().kind() == Kind.MIGRATION) {
        MigrationName.of(run.plan().invariant()).ifPresent(n -> applied.put(n.version(), run));
      } else {
        run.plan().reverts().ifPresent(of -> undone.put(of, run));
      }
    }
    List<Entry> entries = new ArrayList<>();
    applied.forEach(
        (version, run) -> {
          Optional<Run> undo =
              Optional.ofNullable(undone.get(run.id())).filter(back -> hasBegun(session, back));
          boolean ended = run.state() == RunState.SUCCEEDED;
          List<Steps.Entry> steps = ended ? List.of() : new Steps(session, run.id()).list();
          entries.add(
              new Entry(
                  version, run.plan().invariant(), state(run, undo, steps), run, undo, steps));
        });
    return new History(entries);
  }

  /** One that failed before anything of it was done has left the migration as it was. */
  private static boolean hasBegun(Session session, Run undo) {
    return undo.state() != RunState.FAILED
        || new Steps(session, undo.id()).list().stream().anyMatch(Steps.Entry::done);
  }

  private static State state(Run run, Optional<Run> undo, List<Steps.Entry> steps) {
    if (undo.isPresent()) {
      return switch (undo.get().state()) {
        case SUCCEEDED -> State.UNDONE;
        case PLANNED, RUNNING, PAUSING, PAUSED, VERIFYING, FAILED, CANCELLING, CANCELLED ->
            State.UNDOING;
      };
    }
    return switch (run.state()) {
      case SUCCEEDED -> State.APPLIED;
      case FAILED, CANCELLED -> State.FAILED;
      case PAUSED -> State.PAUSED;
      case PLANNED, RUNNING, PAUSING, VERIFYING, CANCELLING ->
          !run.leaseLive()
              ? State.INTERRUPTED
              : backfilling(steps) ? State.BACKFILLING : State.RUNNING;
    };
  }

  private static boolean backfilling(List<Steps.Entry> steps) {
    return steps.stream()
        .filter(step -> !step.done())
        .anyMatch(step -> step.step().equals(Step.BACKFILL.word()));
  }

  public Optional<Entry> of(Version version) {
    return entries.stream().filter(entry -> entry.version().equals(version)).findFirst();
  }

  /** Those that are applied, by version. */
  public List<Entry> applied() {
    return entries.stream().filter(entry -> entry.state() == State.APPLIED).toList();
  }

  /** The highest version that is applied. */
  public Optional<Version> newest() {
    return applied().stream().map(Entry::version).max(Comparator.naturalOrder());
  }
}
