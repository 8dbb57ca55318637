package dev.plumbline.transform;

import dev.plumbline.execution.RunReport;
import dev.plumbline.source.DocumentSource.Allowance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a run over documents did.
 *
 * @param run what the journal has of it
 * @param tally in numbers; empty where it did not come to its fresh look
 * @param problems the first that were not written
 * @param allowance what the source has left, where it has limits
 */
public record TransformReport(
    RunReport run,
    Optional<Tally> tally,
    List<Problem> problems,
    Optional<Path> folder,
    Optional<Allowance> allowance,
    Duration took) {
  public TransformReport {
    problems = List.copyOf(problems);
  }

  /** The same with what the journal has of the run now. */
  public TransformReport with(RunReport now) {
    return new TransformReport(now, tally, problems, folder, allowance, took);
  }
}
