package dev.plumbline.cli;

import dev.plumbline.http.Time;
import dev.plumbline.probe.Baseline;
import dev.plumbline.probe.ProbeResult;
import dev.plumbline.probe.ProbedRun;
import dev.plumbline.probe.Probes;
import dev.plumbline.report.Figures;
import dev.plumbline.report.ProbeText;
import dev.plumbline.run.RunState;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The probes around a transform's run, shown as they are found. Nothing of it happens where the
 * transform's file has none. For one thread.
 */
final class TransformProbes implements AutoCloseable {
  private final Invocation invocation;
  private final Optional<Probes> probes;
  private final Optional<ProbedRun> around;

  TransformProbes(Invocation invocation, Optional<Probes> probes) {
    this.invocation = invocation;
    this.probes = probes;
    this.around = probes.map(p -> new ProbedRun(p, Time.SYSTEM));
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
  void begun(Path folder) {
    around.ifPresent(run -> run.begun(folder));
  }

  /** Before a run goes on. */
  void goesOn(Path folder) {
    around.ifPresent(run -> show(invocation.waiting("probing", () -> run.goesOn(folder))));
  }

  private void show(Baseline baseline) {
    text(ProbeText.baseline(probes.orElseThrow(), baseline, invocation.style()) + "\n");
  }

  /** After a run that has come to its end. What it has written may be wrong for its readers. */
  Optional<ProbeResult> after(RunState state, Path folder) {
    return switch (state) {
      case SUCCEEDED, FAILED -> around.map(run -> watch(run, folder));
      case PLANNED, RUNNING, VERIFYING, PAUSING, PAUSED, CANCELLING, CANCELLED -> Optional.empty();
    };
  }

  private ProbeResult watch(ProbedRun run, Path folder) {
    String watching = "watching the service for " + Figures.time(probes.orElseThrow().watch());
    ProbeResult result = invocation.waiting(watching, () -> run.after(folder));
    text("\n" + ProbeText.result(result, invocation.style()));
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
