package dev.plumbline.rollback;

import dev.plumbline.database.Database;
import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Settings;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.repair.Cases;
import dev.plumbline.repair.Repair;
import dev.plumbline.repair.RepairOptions;
import dev.plumbline.run.Listener;
import dev.plumbline.testkit.TestDatabase;
import java.util.OptionalInt;

/** A database with a repair that can be taken back. */
final class Repaired {
  static final Listener SILENT = new Listener() {};

  private Repaired() {}

  /** Repairs in batches of a fixed size and returns the run's number. */
  static long run(TestDatabase database, Invariant invariant, int batchSize) {
    return run(database, invariant, batchSize, ExitCode.OK);
  }

  /** The same for a repair that leaves violations. */
  static long failed(TestDatabase database, Invariant invariant, int batchSize) {
    return run(database, invariant, batchSize, ExitCode.FAILED);
  }

  private static long run(
      TestDatabase database, Invariant invariant, int batchSize, ExitCode expected) {
    Repair repair = new Repair(Cases.database(database), Settings.standard());
    RunReport report =
        repair.run(
            repair.plan(invariant, new RepairOptions(Scope.whole(), OptionalInt.of(batchSize), 1)),
            SILENT);
    if (report.exitCode() != expected) {
      throw new AssertionError("the repair ended so: " + report);
    }
    return report.run().id();
  }

  static Rollback rollback(TestDatabase database) {
    return new Rollback(Cases.database(database), Settings.standard());
  }

  /** Plans and runs the rollback of a whole run. */
  static RunReport rolledBack(TestDatabase database, long run) {
    Rollback rollback = rollback(database);
    return rollback.run(rollback.plan(run, RollbackOptions.whole()), SILENT);
  }

  static Database database(TestDatabase database) {
    return Cases.database(database);
  }
}
