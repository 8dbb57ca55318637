package dev.plumbline.status;

import dev.plumbline.audit.Verdict;
import dev.plumbline.journal.NewRun;
import dev.plumbline.journal.Run;
import dev.plumbline.migration.History;
import dev.plumbline.migration.Migration;
import dev.plumbline.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What runs have seen of an invariant when they verified it. Audits leave nothing in the journal,
 * so that only what was repaired or migrated here is known.
 */
final class LastVerdicts {
  private final List<Run> runs;
  private final List<Migration> files;
  private final History history;

  /**
   * @param runs newest first
   */
  LastVerdicts(List<Run> runs, List<Migration> files, History history) {
    this.runs = runs;
    this.files = files;
    this.history = history;
  }

  InvariantLine of(String invariant) {
    List<InvariantLine> seen = new ArrayList<>();
    byRun(invariant).ifPresent(seen::add);
    byMigration(invariant).ifPresent(seen::add);
    return seen.stream()
        .max(Comparator.comparing(line -> line.at().orElse(Instant.MIN)))
        .orElse(InvariantLine.unknown(invariant));
  }

  /** The newest run that says anything: a repair of a part says nothing of the whole. */
  private Optional<InvariantLine> byRun(String invariant) {
    for (Run run : runs) {
      if (run.plan().invariant().equals(invariant)) {
        if (run.plan().kind() == NewRun.Kind.ROLLBACK && run.changed() > 0) {
          return Optional.of(known(invariant, run, Optional.empty(), OptionalLong.empty()));
        }
        Optional<InvariantLine> line = repair(invariant, run);
        if (line.isPresent()) {
          return line;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<InvariantLine> repair(String invariant, Run run) {
    if (run.plan().kind() != NewRun.Kind.REPAIR || !run.plan().scope().isWhole()) {
      return Optional.empty();
    }
    if (run.state() == RunState.SUCCEEDED) {
      return Optional.of(known(invariant, run, Optional.of(Verdict.HOLDS), OptionalLong.of(0)));
    }
    boolean remain = run.remaining().isPresent() && run.remaining().getAsLong() > 0;
    return run.state() == RunState.FAILED && remain
        ? Optional.of(known(invariant, run, Optional.of(Verdict.VIOLATED), run.remaining()))
        : Optional.empty();
  }

  /** An applied migration has verified what its file names. */
  private Optional<InvariantLine> byMigration(String invariant) {
    return files.stream()
        .filter(
            file -> file.verifications().stream().anyMatch(v -> v.invariant().equals(invariant)))
        .flatMap(file -> history.of(file.version()).stream())
        .filter(entry -> entry.state() == History.State.APPLIED)
        .map(History.Entry::run)
        .map(run -> known(invariant, run, Optional.of(Verdict.HOLDS), OptionalLong.of(0)))
        .max(Comparator.comparing(line -> line.at().orElse(Instant.MIN)));
  }

  private static InvariantLine known(
      String invariant, Run run, Optional<Verdict> verdict, OptionalLong violations) {
    return new InvariantLine(
        invariant,
        verdict,
        violations,
        Optional.of(run.finishedAt().orElse(run.createdAt())),
        OptionalLong.of(run.id()),
        Optional.empty());
  }
}
