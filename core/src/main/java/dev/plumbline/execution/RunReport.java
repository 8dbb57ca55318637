package dev.plumbline.execution;

import dev.plumbline.audit.AuditResult;
import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.Progress.Totals;
import dev.plumbline.journal.Run;
import dev.plumbline.journal.SetAside;
import java.util.List;
import java.util.Optional;

/**
 * What a run did.
 *
 * @param run as the journal has it at the end
 * @param after the fresh audit in its scope, if it came so far
 * @param quarantined keys whose change failed
 * @param unrepairable keys that still violate after their batch
 * @param setAside the first of both
 * @param changes rows changed per step
 */
public record RunReport(
    Run run,
    Optional<AuditResult> after,
    long quarantined,
    long unrepairable,
    long conflicts,
    List<SetAside> setAside,
    List<StepChanges> changes,
    Totals totals) {
  public RunReport {
    setAside = List.copyOf(setAside);
    changes = List.copyOf(changes);
  }

  /** How many rows a step changed. */
  public record StepChanges(Images images, long rows) {}

  public ExitCode exitCode() {
    return switch (run.state()) {
      case SUCCEEDED -> conflicts > 0 ? ExitCode.WARNING : ExitCode.OK;
      case FAILED, CANCELLED, CANCELLING -> ExitCode.FAILED;
      case PAUSED, PAUSING, PLANNED, RUNNING, VERIFYING -> ExitCode.BUSY;
    };
  }
}
