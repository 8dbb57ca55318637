package dev.plumbline.audit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an audit counted, of the whole or of one segment.
 *
 * @param rows source rows looked at; differs from the population only for {@code every … has …}
 * @param population what the invariant is about: rows or distinct keys; empty where {@code none}
 *     names no {@code of}
 * @param violations all of them, whatever their sort
 * @param missing {@code every}: no matching row; {@code exist}: no such object
 * @param inactive {@code every}: there, but {@code with} does not hold; {@code exist}: there, but
 *     different
 * @param ambiguous {@code every}: the source rows of one key ask for different rows
 * @param nullKeys a NULL in a key
 * @param recent violations of the last 24 hours; empty without {@code recent}
 */
public record Counts(
    long rows,
    OptionalLong population,
    long violations,
    long missing,
    long inactive,
    long ambiguous,
    long nullKeys,
    OptionalLong recent) {
  private static final BigDecimal ALMOST_ALL = new BigDecimal("99.9");

  /**
   * The share of the population that is fine, in percent, to one place: 100 only where nothing
   * violates. Thresholds are judged by the exact ratio, not by this.
   */
  public Optional<BigDecimal> coverage() {
    if (population.isEmpty()) {
      return Optional.empty();
    }
    if (violations == 0) {
      return Optional.of(new BigDecimal("100.0"));
    }
    BigDecimal percent =
        BigDecimal.valueOf(100 * (population.getAsLong() - violations))
            .divide(BigDecimal.valueOf(population.getAsLong()), 1, RoundingMode.HALF_UP);
    return Optional.of(percent.min(ALMOST_ALL));
  }
}
