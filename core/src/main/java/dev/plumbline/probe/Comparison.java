package dev.plumbline.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is beyond its threshold in a look. */
final class Comparison {
  private final Thresholds thresholds;

  Comparison(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  List<Breach> breaches(List<ProbeRequest> requests, Baseline baseline, List<Measured> now) {
    List<Breach> breaches = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      String name = requests.get(i).name();
      Measured before = baseline.requests().get(i);
      Measured after = now.get(i);
      errors(name, after).ifPresent(breaches::add);
      slower(name, Measure.P95, before.p95(), after.p95()).ifPresent(breaches::add);
      slower(name, Measure.SLOWDOWN, before.p50(), after.p50()).ifPresent(breaches::add);
    }
    return breaches;
  }

  private Optional<Breach> errors(String name, Measured now) {
    return thresholds.isTooMany(now.errors(), now.samples())
        ? Optional.of(
            new Breach(
                name,
                Measure.ERRORS,
                now.errors()
                    + " of "
                    + now.samples()
                    + " answers are wrong"
                    + now.fault().map(fault -> " (" + fault + ")").orElse("")))
        : Optional.empty();
  }

  /** Where there were no right answers at all, the errors tell it. */
  private Optional<Breach> slower(
      String name, Measure measure, Optional<Duration> before, Optional<Duration> now) {
    if (before.isEmpty() || now.isEmpty()) {
      return Optional.empty();
    }
    boolean tail = measure == Measure.P95;
    boolean above =
        thresholds.isAbove(
            now.get(), before.get(), tail ? thresholds.p95() : thresholds.slowdown());
    return above
        ? Optional.of(
            new Breach(
                name,
                measure,
                (tail ? "p95 " : "p50 ")
                    + now.get().toMillis()
                    + " ms, "
                    + before.get().toMillis()
                    + " ms before"))
        : Optional.empty();
  }
}
