package dev.plumbline.verify;

import dev.plumbline.error.ExitCode;
import java.util.List;
import java.util.stream.Stream;

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

  /** The same with further findings. */
  Verification and(List<Finding> further) {
    return new Verification(
        project,
        database,
        trackers,
        Stream.concat(findings.stream(), further.stream()).toList(),
        claims);
  }

  /** How many of the claims are not true. */
  public long wrong() {
    return findings.stream().filter(f -> f.sort() == Finding.Sort.FALSE_CLAIM).count();
  }

  /** What makes claims true and takes nothing away, in the order of the findings, each once. */
  public List<String> recovery() {
    return findings.stream()
        .flatMap(finding -> finding.recovery().stream())
        .filter(recovery -> !recovery.byHand())
        .flatMap(recovery -> recovery.statements().stream())
        .distinct()
        .toList();
  }

  public ExitCode exitCode() {
    return ExitCode.worst(findings.stream().map(f -> f.sort().exitCode()).toList());
  }
}
