package dev.plumbline.probe;

import java.time.Instant;
import java.util.List;

/**
 * How the service answered before anything was changed.
 *
 * @param requests in the order of the probes
 */
public record Baseline(Instant at, List<Measured> requests) {
  public Baseline {
    requests = List.copyOf(requests);
  }
}
