package dev.plumbline.report;

import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Counts;
import dev.plumbline.audit.Verdict;
import dev.plumbline.invariant.Agree;
import dev.plumbline.invariant.Derive;
import dev.plumbline.invariant.Every;
import dev.plumbline.invariant.Exist;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.invariant.None;
import dev.plumbline.invariant.Severity;
import dev.plumbline.invariant.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts as a sentence. */
final class CountsText {
  private CountsText() {}

  /** Such as {@code 618 of 3,059 rows violate · coverage 79.8 % · 0 in the last 24 hours}. */
  static String line(Invariant invariant, Counts counts) {
    List<String> parts = new ArrayList<>();
    parts.add(violations(invariant, counts) + sorts(invariant, counts));
    counts.coverage().ifPresent(percent -> parts.add("coverage " + Figures.percent(percent)));
    if (counts.recent().isPresent()) {
      parts.add(Figures.count(counts.recent().getAsLong()) + " in the last 24 hours");
    }
    return String.join(" · ", parts);
  }

  private static String violations(Invariant invariant, Counts counts) {
    String violations = Figures.count(counts.violations());
    if (counts.population().isEmpty()) {
      return switch (violations) {
        case "0" -> "no violation";
        case "1" -> "1 violation";
        default -> violations + " violations";
      };
    }
    return violations + " of " + population(invariant, counts) + verb(counts);
  }

  private static String verb(Counts counts) {
    boolean one = counts.violations() == 1 || counts.population().orElse(0) == 1;
    return one ? " violates" : " violate";
  }

  private static String population(Invariant invariant, Counts counts) {
    long population = counts.population().orElse(0);
    return switch (invariant) {
      case Derive d -> Figures.count(population, "row", "rows");
      case None n -> Figures.count(population, "row", "rows");
      case Agree a -> Figures.count(population, "key", "keys");
      case Exist e -> Figures.count(population, "object", "objects");
      case Every e ->
          Figures.count(population, "key", "keys")
              + (counts.rows() == population
                  ? ""
                  : " (in " + Figures.count(counts.rows(), "row", "rows") + ")");
    };
  }

  private static String sorts(Invariant invariant, Counts counts) {
    List<String> sorts = new ArrayList<>();
    add(sorts, counts.missing(), "missing");
    add(sorts, counts.inactive(), invariant instanceof Exist ? "different" : "inactive");
    add(sorts, counts.ambiguous(), "ambiguous");
    add(sorts, counts.nullKeys(), "with NULL in the key");
    return sorts.isEmpty() ? "" : ": " + String.join(", ", sorts);
  }

  private static void add(List<String> sorts, long number, String sort) {
    if (number > 0) {
      sorts.add(Figures.count(number) + " " + sort);
    }
  }

  /** Why violations did not fail the audit, where they did not. */
  static Optional<String> leniency(AuditResult result) {
    boolean violations = result.counts().map(counts -> counts.violations() > 0).orElse(false);
    if (!violations || result.verdict() == Verdict.VIOLATED) {
      return Optional.empty();
    }
    if (result.verdict() == Verdict.WARNS
        && result.invariant().terms().severity() == Severity.WARN) {
      return Optional.of("It only warns: the invariant's severity is `warn`.");
    }
    return switch (result.invariant().terms().thresholds()) {
      case Thresholds.Strict s -> Optional.empty();
      case Thresholds.Tolerate t ->
          Optional.of(
              "Tolerated: up to "
                  + Figures.count(t.warn(), "violation passes", "violations pass")
                  + ", up to "
                  + Figures.count(t.fail(), "warns", "warn")
                  + ".");
      case Thresholds.Coverage c ->
          Optional.of(
              "It only warns: the coverage is at least "
                  + c.warn().toPlainString()
                  + " %, and nothing is inactive.");
    };
  }
}
