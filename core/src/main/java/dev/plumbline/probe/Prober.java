package dev.plumbline.probe;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.http.Caller;
import dev.plumbline.http.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks at a service: before a change, after it, and for a while longer. Requests are sent one
 * after the other, so that what is measured is the service and not the probes' own load. For one
 * thread.
 */
public final class Prober {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

  private final Probes probes;
  private final Comparison comparison;
  private final Caller caller;
  private final Time time;

  /**
   * @param caller its time-out is {@link Probes#TIMEOUT}
   */
  public Prober(Probes probes, Caller caller, Time time) {
    this.probes = probes;
    this.comparison = new Comparison(probes.thresholds());
    this.caller = caller;
    this.time = time;
  }

  /**
   * How the service answers now, before anything is changed.
   *
   * @throws PlumblineException 2 if it does not answer as is expected: nothing could be compared
   *     with that
   */
  public Baseline baseline() {
    probes.requests().forEach(this::send); // connections and caches get warm; not counted
    List<Measured> measured = measure();
    for (int i = 0; i < measured.size(); i++) {
      Measured one = measured.get(i);
      if (probes.thresholds().isTooMany(one.errors(), one.samples())) {
        throw wrong(probes.requests().get(i), one);
      }
    }
    return new Baseline(time.now(), measured);
  }

  private static PlumblineException wrong(ProbeRequest request, Measured measured) {
    return new PlumblineException(
        ErrorCode.FAILED,
        "The probe "
            + request.name()
            + " fails before anything was changed: "
            + measured.errors()
            + " of "
            + measured.samples()
            + " answers are wrong"
            + measured.fault().map(fault -> " (" + fault + ")").orElse("")
            + ".",
        "This command has written nothing.",
        "Mend the service, or what the probe expects; then run the command again.");
  }

  /**
   * Looks at once, and then again and again until the watch is over or a threshold is breached.
   *
   * @param each hears each look
   * @return the last look
   */
  public Look watch(Baseline baseline, Consumer<Look> each) {
    long begun = time.nanos();
    while (true) {
      Look look = look(baseline);
      each.accept(look);
      Duration left = probes.watch().minusNanos(time.nanos() - begun);
      if (look.isBreached() || !left.isPositive()) {
        return look;
      }
      pause(left.compareTo(BETWEEN_LOOKS) < 0 ? left : BETWEEN_LOOKS);
    }
  }

  /** A breach counts when two looks in a row show it: one may have met a moment's trouble. */
  private Look look(Baseline baseline) {
    List<Measured> first = measure();
    List<Breach> suspected = comparison.breaches(probes.requests(), baseline, first);
    if (suspected.isEmpty()) {
      return new Look(time.now(), first, List.of());
    }
    List<Measured> second = measure();
    List<Breach> confirmed =
        comparison.breaches(probes.requests(), baseline, second).stream()
            .filter(breach -> suspected.stream().anyMatch(other -> isSame(breach, other)))
            .toList();
    return new Look(time.now(), second, confirmed);
  }

  private static boolean isSame(Breach one, Breach other) {
    return one.request().equals(other.request()) && one.measure() == other.measure();
  }

  /** By turns, so that a moment's trouble does not meet one request alone. */
  private List<Measured> measure() {
    List<List<Sample>> samples = new ArrayList<>();
    probes.requests().forEach(request -> samples.add(new ArrayList<>()));
    for (int turn = 0; turn < probes.samples(); turn++) {
      for (int i = 0; i < samples.size(); i++) {
        samples.get(i).add(send(probes.requests().get(i)));
      }
    }
    return samples.stream().map(Measured::of).toList();
  }

  private Sample send(ProbeRequest request) {
    try {
      return request.judge(caller.call(request.call()));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void pause(Duration duration) {
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static PlumblineException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new PlumblineException(
        ErrorCode.BUSY,
        "The probes were interrupted.",
        "What was written stays written.",
        "See how the run stands: plumb runs",
        cause);
  }
}
