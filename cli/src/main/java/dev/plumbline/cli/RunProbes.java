package dev.plumbline.cli;

import dev.plumbline.http.Time;
import dev.plumbline.journal.Run;
import dev.plumbline.probe.Baseline;
import dev.plumbline.probe.LogPlace;
import dev.plumbline.probe.ProbeResult;
import dev.plumbline.probe.ProbedRun;
import dev.plumbline.probe.Probes;
import dev.plumbline.report.Figures;
import dev.plumbline.report.ProbeText;
import dev.plumbline.run.RunState;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The probes around a run, shown as they are found. Nothing of it happens where there are none. For
 * one thread.
 */
final class RunProbes implements AutoCloseable {
  /** What the journal says of a run until the service has been looked at to the end. */
  static final String NOT_TO_THE_END = "The service has not been looked at to the end.";

  private final Invocation invocation;
  private final Optional<Probes> probes;
  private final Optional<ProbedRun> around;

  RunProbes(Invocation invocation, Optional<Probes> probes) {
    this.invocation = invocation;
    this.probes = probes;
    this.around = probes.map(p -> new ProbedRun(p, Time.SYSTEM));
  }

  /** Where a run's probes are kept: when it was entered tells it from one of another database. */
  static LogPlace place(Path folder, Run run) {
    return new LogPlace(folder, run.name() + ", " + run.createdAt());
  }

  /**
   * Whether the service is looked at after a run that ended so. What one that failed has written
   * may be wrong for its readers too.
   */
  boolean follow(RunState state) {
    return switch (state) {
      case SUCCEEDED, FAILED -> probes.isPresent();
      case PLANNED, RUNNING, VERIFYING, PAUSING, PAUSED, CANCELLING, CANCELLED -> false;
    };
  }

  /**
   * Before a run begins.
   *
   * @throws dev.plumbline.error.PlumblineException 2 if the service is not as expected
   */
  void before() {
    around.ifPresent(run -> show(invocation.waiting("probing", run::before)));
  }

  /** The run is in the journal, and its folder can be used. */
  void begun(LogPlace place) {
    around.ifPresent(run -> run.begun(place));
  }

  /** The run is in the journal already, and goes on. */
  void joined(LogPlace place) {
    around.ifPresent(run -> run.joined(place));
  }

  /** Before a run goes on. */
  void goesOn(LogPlace place) {
    around.ifPresent(run -> show(invocation.waiting("probing", () -> run.goesOn(place))));
  }

  private void show(Baseline baseline) {
    text(ProbeText.baseline(probes.orElseThrow(), baseline, invocation.style()) + "\n");
  }

  /**
   * Looks after the run, until the watch is over or a threshold is breached.
   *
   * @param failing what is said where a breach does not take the run back
   */
  ProbeResult after(LogPlace place, String failing) {
    ProbedRun run = around.orElseThrow();
    String watching = "watching the service for " + Figures.time(probes.orElseThrow().watch());
    ProbeResult result = invocation.waiting(watching, () -> run.after(place));
    text("\n" + ProbeText.result(result, failing, invocation.style()));
    return result;
  }

  private void text(String text) {
    if (!invocation.json()) {
      invocation.terminal().out().print(text);
      invocation.terminal().out().flush();
    }
  }

  @Override
  public void close() {
    around.ifPresent(ProbedRun::close);
  }
}
