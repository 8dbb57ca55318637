package dev.plumbline.probe;

import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the probes found after a run.
 *
 * @param looks how many there were; the last is given
 * @param consequence what the run comes to; empty: no threshold is breached
 */
public record ProbeResult(
    Probes probes, Baseline baseline, Look last, int looks, Optional<OnBreach> consequence) {

  /** What is breached, for the journal. */
  public String reason() {
    return "The service is worse than before: "
        + last.breaches().stream()
            .map(breach -> breach.request() + ": " + breach.what())
            .collect(Collectors.joining("; "));
  }
}
