package dev.plumbline.migration;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Settings;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.NewRun.PartOf;
import dev.plumbline.journal.Requests;
import dev.plumbline.journal.Run;
import dev.plumbline.journal.SetAside;
import dev.plumbline.journal.Steps;
import dev.plumbline.repair.Repair;
import dev.plumbline.repair.RepairPlan;
import dev.plumbline.rollback.Rollback;
import dev.plumbline.rollback.RollbackOptions;
import dev.plumbline.rollback.RollbackPlan;
import dev.plumbline.run.RunState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The parts of a migration that are runs of their own: backfills, and the rollbacks that take them
 * back. {@link #stop} may come from any thread.
 */
final class PartRuns {
  private static final int NAMED = 3;

  private final Database database;
  private final Settings settings;
  private final Invariants invariants;
  private final StepListener listener;
  private final Repair repair;
  private final Rollback rollback;
  private volatile boolean stopping;
  private long conflicts;

  PartRuns(Database database, Settings settings, Invariants invariants, StepListener listener) {
    this.database = database;
    this.settings = settings;
    this.invariants = invariants;
    this.listener = listener;
    this.repair = new Repair(database, settings);
    this.rollback = new Rollback(database, settings);
  }

  /**
   * What a part's run came to.
   *
   * @param paused it goes on when the migration does
   */
  record Outcome(boolean paused, long rows, String evidence) {
    static Outcome halted() {
      return new Outcome(true, 0, "");
    }
  }

  /** How many rows rollbacks have kept as others have changed them since. */
  long conflicts() {
    return conflicts;
  }

  /** Asks the run at hand to pause at its batch's end. */
  void stop() {
    stopping = true;
    repair.stop();
    rollback.stop();
  }

  /**
   * Repairs the invariant; goes on with the run that an earlier attempt has left.
   *
   * @throws PlumblineException 2 if rows remain that could not be repaired
   */
  Outcome backfill(long migration, Part.Backfill part) {
    Optional<Run> last = last(migration, part);
    if (last.filter(run -> goesOn(run.state())).isPresent()) {
      listener.goingOn(last.get());
      return filled(repair.resume(last.get().id(), invariants.asBegun(last.get()), listener));
    }
    Invariant invariant = invariants.named(part.invariant().invariant());
    RepairPlan plan = repair.plan(invariant, invariants.options(invariant));
    if (Counting.counts(plan.before()).violations() == 0) {
      return new Outcome(
          false,
          last.map(Run::changed).orElse(0L),
          last.map(run -> changed(run) + "; ").orElse("nothing to do; ")
              + Counting.proof(plan.before()));
    }
    listener.backfilling(plan);
    return stopping
        ? Outcome.halted()
        : filled(repair.run(plan, Optional.of(new PartOf(migration, part.n())), listener));
  }

  private Optional<Run> last(long migration, Part part) {
    return read(
        session -> {
          List<Long> runs = new Steps(session, migration).runs(part.n());
          return runs.isEmpty()
              ? Optional.empty()
              : Optional.of(new Journal(session).find(runs.getLast()));
        });
  }

  private <T> T read(Function<Session, T> reading) {
    try (Session session = database.openForReading(settings.reading())) {
      return reading.apply(session);
    }
  }

  private static boolean goesOn(RunState state) {
    return switch (state) {
      case PLANNED, RUNNING, PAUSING, PAUSED, VERIFYING, CANCELLING, FAILED -> true;
      case SUCCEEDED, CANCELLED -> false;
    };
  }

  private static String changed(Run run) {
    return (run.changed() == 1 ? "1 row" : Counting.count(run.changed()) + " rows")
        + " changed in run "
        + run.id();
  }

  private static Outcome filled(RunReport report) {
    Run run = report.run();
    return switch (run.state()) {
      case SUCCEEDED ->
          new Outcome(
              false,
              run.changed(),
              changed(run) + report.after().map(a -> "; " + Counting.proof(a)).orElse(""));
      case PLANNED, RUNNING, PAUSING, PAUSED, VERIFYING -> Outcome.halted();
      case FAILED, CANCELLING, CANCELLED -> throw unfilled(report);
    };
  }

  private static PlumblineException unfilled(RunReport report) {
    Run run = report.run();
    String left =
        report.setAside().stream().limit(NAMED).map(PartRuns::named).collect(Collectors.joining());
    long more = report.quarantined() + report.unrepairable() - NAMED;
    return new PlumblineException(
        ErrorCode.FAILED,
        "The backfill of "
            + run.plan().invariant()
            + " (run "
            + run.id()
            + ") "
            + (run.state() == RunState.FAILED
                ? "left rows that still violate it:"
                : "was cancelled.")
            + left
            + (more > 0 ? "\n  … and " + Counting.count(more) + " more" : ""),
        changed(run)
            + " and can be taken back; no constraint was made, and the migration is not recorded"
            + " as applied.",
        "See them: plumb show " + run.id() + ". When they are mended: plumb migrate --commit");
  }

  private static String named(SetAside aside) {
    return "\n  " + aside.key() + ": " + aside.message();
  }

  /**
   * Takes a backfill's run back, keeping what others have changed since.
   *
   * @throws PlumblineException 2 if rows could not be restored
   */
  Outcome takeBack(long undo, Part.TakeBack part) {
    Optional<Run> last = last(undo, part);
    if (last.filter(run -> goesOn(run.state())).isPresent()) {
      listener.goingOn(last.get());
      return restored(rollback.resume(last.get().id(), listener));
    }
    if (last.filter(run -> run.state() == RunState.SUCCEEDED).isPresent()) {
      return new Outcome(false, last.get().changed(), changed(last.get()));
    }
    end(part.run());
    RollbackPlan plan = rollback.plan(part.run(), RollbackOptions.withItsMigration());
    if (plan.nothingToDo()) {
      conflicts += plan.conflicts();
      return new Outcome(false, 0, "nothing to restore" + kept(plan.conflicts()));
    }
    listener.takingBack(plan);
    return stopping
        ? Outcome.halted()
        : restored(rollback.run(plan, Optional.of(new PartOf(undo, part.n())), listener));
  }

  /** A backfill that stopped half-way will not go on. */
  private void end(long run) {
    try (Session session = database.openForWriting(settings.writing())) {
      if (new Journal(session).find(run).state().active()) {
        new Requests(session).ask(run, RunState.CANCELLING);
      }
    }
  }

  private Outcome restored(RunReport report) {
    Run run = report.run();
    conflicts += report.conflicts();
    return switch (run.state()) {
      case SUCCEEDED -> new Outcome(false, run.changed(), changed(run) + kept(report.conflicts()));
      case PLANNED, RUNNING, PAUSING, PAUSED, VERIFYING -> Outcome.halted();
      case FAILED, CANCELLING, CANCELLED -> throw unrestored(report);
    };
  }

  private static String kept(long conflicts) {
    return conflicts == 0
        ? ""
        : "; " + Counting.count(conflicts) + " kept, as others have changed them since";
  }

  private static PlumblineException unrestored(RunReport report) {
    Run run = report.run();
    return new PlumblineException(
        ErrorCode.FAILED,
        "The rollback of run "
            + run.plan().reverts().orElse(0)
            + " (run "
            + run.id()
            + ") could not restore every row.",
        changed(run) + ".",
        "See them: plumb show " + run.id() + ". When they are mended: plumb undo --commit");
  }
}
