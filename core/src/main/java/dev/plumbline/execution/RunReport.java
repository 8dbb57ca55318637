package dev.plumbline.execution;

import dev.plumbline.audit.AuditResult;
import dev.plumbline.dialect.Key;
import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.Backups;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.Progress.Totals;
import dev.plumbline.journal.Run;
import dev.plumbline.journal.SetAside;
import dev.plumbline.journal.Steps;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run did.
 *
 * @param run as the journal has it at the end
 * @param after the fresh audit in its scope, if it came so far
 * @param quarantined keys whose change failed
 * @param unrepairable keys that still violate after their batch, or are still as the run left it
 *     that is taken back
 * @param conflicts keys that a rollback kept, wholly or in part
 * @param setAside the first of all these
 * @param changes rows changed per step
 * @param steps of a migration
 * @param partOf the migration's run, or the undo's, of which this one is a step
 * @param backups taken before it began or went on
 * @param takenBackBy the newest run that has taken something of it back
 * @param purged whether its before-images are gone, and with them the way back
 */
public record RunReport(
    Run run,
    Optional<AuditResult> after,
    long quarantined,
    long unrepairable,
    long conflicts,
    List<SetAside> setAside,
    List<StepChanges> changes,
    Totals totals,
    List<Steps.Entry> steps,
    OptionalLong partOf,
    List<Backups.Taken> backups,
    Optional<Run> takenBackBy,
    boolean purged) {
  public RunReport {
    backups = List.copyOf(backups);
    steps = List.copyOf(steps);
    setAside = List.copyOf(setAside);
    changes = List.copyOf(changes);
  }

  /**
   * What a step changed.
   *
   * @param rows how many rows, or objects
   * @param keys some of them, where they were asked for
   */
  public record StepChanges(Images images, long rows, List<Key> keys) {
    public StepChanges {
      keys = List.copyOf(keys);
    }
  }

  public ExitCode exitCode() {
    return switch (run.state()) {
      case SUCCEEDED -> conflicts > 0 ? ExitCode.WARNING : ExitCode.OK;
      case FAILED, CANCELLED, CANCELLING -> ExitCode.FAILED;
      case PAUSED, PAUSING, PLANNED, RUNNING, VERIFYING -> ExitCode.BUSY;
    };
  }
}
