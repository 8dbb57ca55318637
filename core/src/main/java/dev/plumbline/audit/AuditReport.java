package dev.plumbline.audit;

import dev.plumbline.error.ExitCode;
import java.time.Instant;
import java.util.List;

/**
 * What one call of {@code audit} found; all its invariants were looked at in one snapshot.
 *
 * @param project the project's name
 * @param database which database, without credentials
 * @param at the database's clock when the snapshot was taken
 */
public record AuditReport(String project, String database, Instant at, List<AuditResult> results) {
  public AuditReport {
    results = List.copyOf(results);
  }

  /** The exit code of the whole: the worst of its invariants. */
  public ExitCode exitCode() {
    return ExitCode.worst(results.stream().map(AuditReport::exitCode).toList());
  }

  private static ExitCode exitCode(AuditResult result) {
    return switch (result.verdict()) {
      case HOLDS -> ExitCode.OK;
      case WARNS -> ExitCode.WARNING;
      case VIOLATED -> ExitCode.FAILED;
      case BLIND -> result.error().map(e -> ExitCode.of(e.code())).orElse(ExitCode.BUG);
    };
  }
}
