package dev.plumbline.probe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request's answers in one look.
 *
 * @param samples how many requests were sent
 * @param errors how many answers were not as expected
 * @param p50 the median latency of right answers; empty where there were none
 * @param p95 the latency within which 95 % of right answers stay
 * @param fault why the first that was not as expected was not
 */
public record Measured(
    int samples,
    int errors,
    Optional<Duration> p50,
    Optional<Duration> p95,
    Optional<String> fault) {

  static Measured of(List<Sample> samples) {
    List<Duration> latencies = samples.stream().flatMap(sample -> sample.took().stream()).toList();
    List<String> faults = samples.stream().flatMap(sample -> sample.fault().stream()).toList();
    return new Measured(
        samples.size(),
        faults.size(),
        Percentile.of(latencies, 50),
        Percentile.of(latencies, 95),
        faults.stream().findFirst());
  }
}
