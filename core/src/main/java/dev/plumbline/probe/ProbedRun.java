package dev.plumbline.probe;

import dev.plumbline.http.Caller;
import dev.plumbline.http.Time;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The probes around one run: before it, after it, and for the watch. For one thread. */
public final class ProbedRun implements AutoCloseable {
  private final Probes probes;
  private final Caller caller;
  private final Prober prober;
  private Optional<Baseline> baseline = Optional.empty();

  public ProbedRun(Probes probes, Time time) {
    this.probes = probes;
    this.caller = new Caller(Probes.TIMEOUT, time);
    this.prober = new Prober(probes, caller, time);
  }

  /**
   * Measures how the service answers before the run begins.
   *
   * @throws dev.plumbline.error.PlumblineException 2 if it does not answer as is expected
   */
  public Baseline before() {
    Baseline measured = prober.baseline();
    baseline = Optional.of(measured);
    return measured;
  }

  /** The run has begun: what was measured before is kept in its folder. */
  public void begun(LogPlace place) {
    new ProbeLog(place, probes).keep(baseline.orElseThrow());
  }

  /** The run goes on: what was kept when it began counts, where anything was. */
  public void joined(LogPlace place) {
    ProbeLog log = new ProbeLog(place, probes);
    Optional<Baseline> kept = log.baseline();
    if (kept.isPresent()) {
      baseline = kept;
    } else {
      begun(place);
    }
  }

  /**
   * A run goes on: it is compared with what was measured before it began; where that is gone, with
   * how the service answers now.
   */
  public Baseline goesOn(LogPlace place) {
    ProbeLog log = new ProbeLog(place, probes);
    Optional<Baseline> kept = log.baseline();
    if (kept.isPresent()) {
      baseline = kept;
      return kept.get();
    }
    Baseline measured = before();
    log.keep(measured);
    return measured;
  }

  /** Looks after the run, until the watch is over or a threshold is breached. */
  public ProbeResult after(LogPlace place) {
    ProbeLog log = new ProbeLog(place, probes);
    if (log.baseline().isEmpty()) { // a run of the same number has taken the place meanwhile
      begun(place);
    }
    AtomicInteger looks = new AtomicInteger();
    Look last =
        prober.watch(
            baseline.orElseThrow(),
            look -> {
              looks.incrementAndGet();
              log.add(look);
            });
    return new ProbeResult(
        probes,
        baseline.orElseThrow(),
        last,
        looks.get(),
        last.isBreached() ? Optional.of(probes.consequence(last.breaches())) : Optional.empty());
  }

  @Override
  public void close() {
    caller.close();
  }
}
