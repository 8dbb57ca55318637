package dev.plumbline.probe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Percentiles by the nearest rank: always one of the values that were measured. */
final class Percentile {
  private Percentile() {}

  /**
   * The smallest of the values that at least so many percent of them do not exceed; empty for none.
   * That is definition 1 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The
   * American Statistician 50 (1996): the value of rank ⌈percent · n / 100⌉.
   */
  static Optional<Duration> of(List<Duration> values, int percent) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    int rank = Math.ceilDiv(percent * values.size(), 100);
    return Optional.of(values.stream().sorted().toList().get(Math.max(rank, 1) - 1));
  }
}
