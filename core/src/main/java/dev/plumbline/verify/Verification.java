package dev.plumbline.verify;

import dev.plumbline.error.ExitCode;
import java.util.List;

/**
 * What is recorded against what is there.
 *
 * @param database without credentials
 * @param trackers Plumbline's own journal first, where it knows migrations
 * @param findings those of each tracker in the order of its migrations, then all others
 * @param claims how many claims were looked at
 */
public record Verification(
    String project,
    String database,
    List<TrackerReport> trackers,
    List<Finding> findings,
    int claims) {
  public Verification {
    trackers = List.copyOf(trackers);
    findings = List.copyOf(findings);
  }

  /** How many of the claims are not true. */
  public long wrong() {
    return findings.stream().filter(f -> f.sort() == Finding.Sort.FALSE_CLAIM).count();
  }

  public ExitCode exitCode() {
    return ExitCode.worst(findings.stream().map(f -> f.sort().exitCode()).toList());
  }
}
