package dev.plumbline.probe;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is asked of a service before and after a change, and what may become of its answers.
 *
 * @param samples how often each request is sent in one look
 * @param onBreach what a run comes to, by the threshold that is breached; it fails where nothing is
 *     said
 * @param watch for how long after the run the service is looked at again and again; may be zero
 */
public record Probes(
    List<ProbeRequest> requests,
    int samples,
    Thresholds thresholds,
    Map<Measure, OnBreach> onBreach,
    Duration watch) {
  public static final int DEFAULT_SAMPLES = 20;

  /** How long one request may take, whatever is expected of it. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  public Probes {
    requests = List.copyOf(requests);
    onBreach = Map.copyOf(onBreach);
    if (requests.isEmpty() || samples < 1) {
      throw new IllegalArgumentException("there is at least one request, sent once");
    }
  }

  /** Whether a breach may take the run back. */
  public boolean mayRollBack() {
    return onBreach.containsValue(OnBreach.ROLL_BACK);
  }

  /** What the run comes to, by the worst of these breaches. */
  public OnBreach consequence(List<Breach> breaches) {
    return breaches.stream()
            .anyMatch(breach -> onBreach.get(breach.measure()) == OnBreach.ROLL_BACK)
        ? OnBreach.ROLL_BACK
        : OnBreach.FAIL;
  }
}
