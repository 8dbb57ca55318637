package dev.plumbline.migration;

import dev.plumbline.database.Database;
import dev.plumbline.execution.Execution;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Sessions;
import dev.plumbline.execution.Settings;
import java.util.List;
import java.util.Optional;

/** Drives a run made of steps. {@link #stop} may come from any thread. */
final class StepsExecution {
  private final Database database;
  private final Settings settings;
  private final Invariants invariants;
  private final Execution execution;
  private volatile Optional<PartRuns> runs = Optional.empty();

  StepsExecution(Database database, Settings settings, Invariants invariants) {
    this.database = database;
    this.settings = settings;
    this.invariants = invariants;
    this.execution = new Execution(database, settings);
  }

  /** Asks the run at hand to pause at the end of its batch or part. */
  void stop() {
    runs.ifPresent(PartRuns::stop);
    execution.stop();
  }

  /** Drives it to its end, or to where it stops. */
  Done drive(
      Sessions sessions, Migration migration, List<Part> parts, long run, StepListener listener) {
    PartRuns partRuns = new PartRuns(database, settings, invariants, listener);
    runs = Optional.of(partRuns);
    try {
      RunReport report =
          execution.drive(
              sessions, run, held -> work(held, migration, parts, partRuns, listener), listener);
      return new Done(migration, report, partRuns.conflicts());
    } finally {
      runs = Optional.empty();
    }
  }

  private StepsWork work(
      HeldRun held,
      Migration migration,
      List<Part> parts,
      PartRuns partRuns,
      StepListener listener) {
    if (!held.run().plan().definition().equals(migration.text())) {
      held.redefine(migration.text(), migration.checksum());
    }
    return new StepsWork(database, settings, invariants, parts, held, partRuns, listener);
  }
}
