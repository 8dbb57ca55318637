package dev.plumbline.migration;

import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;

/**
 * A migration that was applied or taken back, or stopped on the way.
 *
 * @param conflicts rows that were kept as others have changed them since
 */
public record Done(Migration migration, RunReport report, long conflicts) {

  /** The same with what the journal has of its run now. */
  public Done with(RunReport now) {
    return new Done(migration, now, conflicts);
  }

  public ExitCode exitCode() {
    ExitCode exit = report.exitCode();
    return exit == ExitCode.OK && conflicts > 0 ? ExitCode.WARNING : exit;
  }
}
