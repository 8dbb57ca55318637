package dev.plumbline.migration;

import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.Run;
import dev.plumbline.repair.RepairOptions;

/** What a migration asks of the project that it belongs to. */
public interface Invariants {

  /**
   * @throws dev.plumbline.error.PlumblineException if there is none of that name
   */
  Invariant named(String name);

  /** The invariant as it was when the run began, by the definition that the journal keeps. */
  Invariant asBegun(Run run);

  /** How it is backfilled. */
  RepairOptions options(Invariant invariant);
}
