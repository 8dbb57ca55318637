package dev.plumbline.migration;

import dev.plumbline.journal.Run;
import dev.plumbline.journal.Steps;
import dev.plumbline.repair.RepairPlan;
import dev.plumbline.rollback.RollbackPlan;
import dev.plumbline.run.Listener;

/** Hears how a migration goes on, besides what it hears of its runs. */
public interface StepListener extends Listener {

  /**
   * The migration's run is in the journal, and nothing of it was done by this process yet.
   *
   * @param first whether it has just begun; else it goes on
   */
  default void begun(long run, boolean first) {}

  /** A part begins. */
  default void begins(Part part) {}

  /** A backfill is planned and about to run. */
  default void backfilling(RepairPlan plan) {}

  /** A backfill is about to be taken back. */
  default void takingBack(RollbackPlan plan) {}

  /** A run that an earlier attempt has left goes on. */
  default void goingOn(Run run) {}

  /** A part is done and recorded. */
  default void done(Steps.Entry entry) {}
}
