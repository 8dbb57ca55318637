package dev.plumbline.audit;

import dev.plumbline.invariant.Severity;
import dev.plumbline.invariant.Terms;
import dev.plumbline.invariant.Thresholds;
import java.math.BigDecimal;

/** Judges counts by an invariant's thresholds. */
final class Verdicts {
  private Verdicts() {}

  static Verdict of(Terms terms, Counts counts) {
    Verdict verdict =
        switch (terms.thresholds()) {
          case Thresholds.Strict s -> counts.violations() == 0 ? Verdict.HOLDS : Verdict.VIOLATED;
          case Thresholds.Tolerate t -> tolerate(t, counts.violations());
          case Thresholds.Coverage c -> coverage(c, counts);
        };
    return verdict == Verdict.VIOLATED && terms.severity() == Severity.WARN
        ? Verdict.WARNS
        : verdict;
  }

  private static Verdict tolerate(Thresholds.Tolerate tolerate, long violations) {
    if (violations <= tolerate.warn()) {
      return Verdict.HOLDS;
    }
    return violations <= tolerate.fail() ? Verdict.WARNS : Verdict.VIOLATED;
  }

  /** By the exact ratio, not by the rounded percentage. */
  private static Verdict coverage(Thresholds.Coverage coverage, Counts counts) {
    if (counts.violations() == 0) {
      return Verdict.HOLDS;
    }
    long population = counts.population().orElse(0);
    BigDecimal fine = BigDecimal.valueOf(100 * (population - counts.violations()));
    boolean enough = fine.compareTo(coverage.warn().multiply(BigDecimal.valueOf(population))) >= 0;
    return enough && counts.inactive() == 0 ? Verdict.WARNS : Verdict.VIOLATED;
  }
}
