package dev.plumbline.status;

import dev.plumbline.audit.Verdict;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.Problem;
import dev.plumbline.guard.Standing;
import dev.plumbline.journal.Run;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a project stands.
 *
 * @param migrations by version
 * @param phases in their order
 * @param invariants by name
 * @param runs those that have not come to their end
 * @param guards those that are installed
 * @param problems where files and history do not agree
 */
public record Status(
    String project,
    String database,
    List<MigrationLine> migrations,
    List<PhaseLine> phases,
    List<InvariantLine> invariants,
    List<Run> runs,
    List<Standing> guards,
    List<Problem> problems) {
  public Status {
    migrations = List.copyOf(migrations);
    phases = List.copyOf(phases);
    invariants = List.copyOf(invariants);
    runs = List.copyOf(runs);
    guards = List.copyOf(guards);
    problems = List.copyOf(problems);
  }

  /** The worst of all that it shows; what is merely pending is in order. */
  public ExitCode exitCode() {
    return ExitCode.worst(
        Stream.of(
                migrations.stream().map(Status::exitCode),
                invariants.stream().map(Status::exitCode),
                runs.stream().map(r -> r.interrupted() ? ExitCode.WARNING : ExitCode.OK),
                guards.stream().map(g -> g.intact() ? ExitCode.OK : ExitCode.FAILED),
                problems.stream().map(p -> ExitCode.PROJECT))
            .flatMap(codes -> codes)
            .toList());
  }

  private static ExitCode exitCode(MigrationLine migration) {
    return migration
        .standing()
        .map(
            entry ->
                switch (entry.state()) {
                  case APPLIED -> entry.complaint().isPresent() ? ExitCode.WARNING : ExitCode.OK;
                  case UNDONE, RUNNING, BACKFILLING -> ExitCode.OK;
                  case PAUSED, INTERRUPTED, UNDOING -> ExitCode.WARNING;
                  case FAILED -> ExitCode.FAILED;
                })
        .orElse(ExitCode.OK);
  }

  /** What a run saw once may have changed since, and is a warning at most. */
  private static ExitCode exitCode(InvariantLine line) {
    Verdict verdict = line.verdict().orElse(Verdict.HOLDS);
    return switch (verdict) {
      case HOLDS -> ExitCode.OK;
      case WARNS -> ExitCode.WARNING;
      case VIOLATED -> line.fresh() ? ExitCode.FAILED : ExitCode.WARNING;
      case BLIND -> line.error().map(e -> ExitCode.of(e.code())).orElse(ExitCode.BUG);
    };
  }
}
