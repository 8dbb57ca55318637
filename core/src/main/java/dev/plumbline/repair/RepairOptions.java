package dev.plumbline.repair;

import dev.plumbline.journal.NewRun.Scope;
import java.util.OptionalInt;

/**
 * What part of an invariant to repair, and how.
 *
 * @param batchSize the rows of a batch; empty: found by the target time
 * @param workers how many batches at once, on disjoint slices
 */
public record RepairOptions(Scope scope, OptionalInt batchSize, int workers) {
  public RepairOptions {
    if (workers < 1) {
      throw new IllegalArgumentException("at least one worker");
    }
  }

  /** The whole invariant, one worker. */
  public static RepairOptions standard() {
    return new RepairOptions(Scope.whole(), OptionalInt.empty(), 1);
  }
}
