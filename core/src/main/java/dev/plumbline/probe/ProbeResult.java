package dev.plumbline.probe;

import java.util.Optional;

/**
 * What the probes found after a run.
 *
 * @param looks how many there were; the last is given
 * @param consequence what the run comes to; empty: no threshold is breached
 */
public record ProbeResult(
    Probes probes, Baseline baseline, Look last, int looks, Optional<OnBreach> consequence) {}
