package dev.plumbline.probe;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * How far the service may be from its baseline.
 *
 * @param p95 by how many percent the 95th percentile may be above the baseline's
 * @param errors how many percent of the answers may be other than expected
 * @param slowdown by how many percent the median may be above the baseline's
 * @param noise latencies that are apart by no more than this count as equal: 10 % of 2 ms is chance
 */
public record Thresholds(BigDecimal p95, BigDecimal errors, BigDecimal slowdown, Duration noise) {
  public static final Thresholds DEFAULT =
      new Thresholds(BigDecimal.TEN, new BigDecimal(5), new BigDecimal(50), Duration.ofMillis(20));

  /**
   * Whether a latency is above its baseline by more than so many percent, and by more than noise.
   */
  boolean isAbove(Duration now, Duration before, BigDecimal percent) {
    BigDecimal most = percent.movePointLeft(2).add(BigDecimal.ONE).multiply(nanos(before));
    return nanos(now).compareTo(most) > 0 && now.minus(before).compareTo(noise) > 0;
  }

  /** Whether so many of the answers are more wrong ones than are allowed. */
  boolean isTooMany(int wrong, int samples) {
    return new BigDecimal(wrong)
            .movePointRight(2)
            .compareTo(errors.multiply(new BigDecimal(samples)))
        > 0;
  }

  private static BigDecimal nanos(Duration duration) {
    return new BigDecimal(duration.toNanos());
  }
}
