package dev.plumbline.migration;

import dev.plumbline.error.ExitCode;
import dev.plumbline.migration.MigrationPlan.PlannedPart;
import dev.plumbline.rollback.RollbackPlan;
import java.util.List;
import java.util.Optional;

/**
 * Exactly what taking a migration back will do, found out without writing anything.
 *
 * @param entry what the journal has of it
 */
public record UndoPlan(Migration migration, History.Entry entry, List<PlannedUndo> parts) {
  public UndoPlan {
    parts = List.copyOf(parts);
  }

  /**
   * A part and what it will do.
   *
   * @param rollback what will be restored, where it restores
   */
  public record PlannedUndo(PlannedPart part, Optional<RollbackPlan> rollback) {}

  /** Planned; a warning where rows will be kept. */
  public ExitCode exitCode() {
    return conflicts() > 0 ? ExitCode.WARNING : ExitCode.OK;
  }

  /** How many rows will be kept as others have changed them since. */
  public long conflicts() {
    return parts.stream()
        .flatMap(part -> part.rollback().stream())
        .mapToLong(RollbackPlan::conflicts)
        .sum();
  }
}
