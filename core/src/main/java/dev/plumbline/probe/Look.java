package dev.plumbline.probe;

import java.time.Instant;
import java.util.List;

/**
 * One look at the service after the change, beside its baseline.
 *
 * @param now in the order of the probes
 * @param breaches those that a second look right after the first has confirmed
 */
public record Look(Instant at, List<Measured> now, List<Breach> breaches) {
  public Look {
    now = List.copyOf(now);
    breaches = List.copyOf(breaches);
  }

  public boolean isBreached() {
    return !breaches.isEmpty();
  }
}
