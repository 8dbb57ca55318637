package dev.plumbline.cli;

import dev.plumbline.cli.MigrationProbes.Probing;
import dev.plumbline.cli.MigrationTurns.Turn;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Aftermath;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Run;
import dev.plumbline.migration.Done;
import dev.plumbline.migration.Part;
import dev.plumbline.migration.Undo;
import dev.plumbline.notice.Ending;
import dev.plumbline.probe.LogPlace;
import dev.plumbline.probe.OnBreach;
import dev.plumbline.probe.ProbeResult;
import dev.plumbline.report.MigrationJson.Ended;
import dev.plumbline.report.MigrationText;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.transform.DocumentsJournal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * One migration that is applied or taken back: probed, driven, looked after, taken back where the
 * probes want that, told to webhooks, printed. For one thread.
 */
final class MigrationTurn {
  private final Invocation invocation;
  private final OpenProject open;
  private final String command;
  private final Turn turn;

  MigrationTurn(Invocation invocation, OpenProject open, String command, Turn turn) {
    this.invocation = invocation;
    this.open = open;
    this.command = command;
    this.turn = turn;
  }

  /**
   * How it ended.
   *
   * @param ended empty if another process has done it meanwhile
   * @param error what kept it from being taken back
   */
  record Outcome(Optional<Ended> ended, Optional<PlumblineException> error) {
    static Outcome of(Done done) {
      return new Outcome(
          Optional.of(new Ended(done, Optional.empty(), Optional.empty())), Optional.empty());
    }

    /** Whether the migrations after it are not begun. */
    boolean stops() {
      return error.isPresent()
          || ended
              .filter(e -> e.done().report().run().state() != RunState.SUCCEEDED || breached())
              .isPresent();
    }

    private boolean breached() {
      return ended.flatMap(Ended::probed).flatMap(ProbeResult::consequence).isPresent();
    }

    ExitCode exitCode() {
      List<ExitCode> all = new ArrayList<>();
      ended.ifPresent(e -> all.add(e.done().exitCode()));
      ended.flatMap(Ended::back).ifPresent(back -> all.add(back.exitCode()));
      error.ifPresent(e -> all.add(ExitCode.of(e.code())));
      if (breached()) {
        all.add(ExitCode.FAILED);
      }
      return ExitCode.worst(all);
    }

    /** Another process may have done it meanwhile. */
    Ending ending() {
      if (ended.isEmpty()) {
        return new Ending(Optional.empty(), "succeeded", ExitCode.OK.status(), Map.of());
      }
      Ending run = RunNews.ending(ended.get().done().report(), exitCode());
      Map<String, Long> figures = new LinkedHashMap<>(run.figures());
      ended
          .flatMap(Ended::probed)
          .ifPresent(
              found -> figures.put("thresholds_breached", (long) found.last().breaches().size()));
      ended.flatMap(Ended::back).ifPresent(back -> figures.put("restored", restored(back)));
      return new Ending(run.run(), run.state(), run.exitCode(), figures);
    }
  }

  /** The rows that got their old values again; what statements have changed is not counted. */
  private static long restored(Done back) {
    return back.report().steps().stream()
        .filter(step -> step.step().equals(Part.TakeBack.STEP))
        .mapToLong(step -> step.rows().orElse(0))
        .sum();
  }

  /**
   * @throws PlumblineException 2 if the service is not as expected before anything is changed; else
   *     what stopped the migration
   */
  Outcome take() {
    RunNews news = new RunNews(invocation, open.project());
    text(MigrationText.begins(turn.title(), invocation.style()));
    try (RunProbes probes = new RunProbes(invocation, turn.probing().map(Probing::probes))) {
      turn.probing()
          .flatMap(Probing::begun)
          .ifPresentOrElse(run -> probes.goesOn(place(run)), probes::before);
      return news.telling(
          news.about(command, turn.migration().label(), Optional.empty(), 0, OptionalInt.empty()),
          told -> drive(probes, told),
          Outcome::ending);
    }
  }

  /** Where the run's probes are kept. */
  private LogPlace place(Run run) {
    return RunProbes.place(
        new DocumentsJournal(open.project().directory()).runFolder(run.name()), run);
  }

  private Outcome drive(RunProbes probes, Listener told) {
    StepProgress progress =
        new StepProgress(invocation, told, (run, first) -> begun(probes, run, first));
    Optional<Done> done = stoppable(turn.stop(), progress, () -> turn.work().apply(progress));
    text(
        done.map(d -> MigrationText.end(d, invocation.style()))
            .orElse("  Another process has applied it meanwhile.\n"));
    return done.map(d -> follow(d, probes)).orElse(new Outcome(Optional.empty(), Optional.empty()));
  }

  private void begun(RunProbes probes, long run, boolean first) {
    if (turn.probing().isEmpty()) {
      return;
    }
    LogPlace place = place(OpenJournal.request(open, session -> new Journal(session).find(run)));
    if (first) {
      probes.begun(place);
    } else {
      probes.joined(place);
    }
  }

  /** While it works, a signal asks it to pause. */
  private <T> T stoppable(Runnable stop, StepProgress progress, Supplier<T> work) {
    try (Stopping.Scope stopping = invocation.stopping().calling(stop)) {
      return work.get();
    } finally {
      progress.end();
    }
  }

  private Outcome follow(Done done, RunProbes probes) {
    return turn.probing().isPresent() && probes.follow(done.report().run().state())
        ? looked(done, probes, turn.probing().get().undo())
        : Outcome.of(done);
  }

  /**
   * The migration is applied, whatever the service makes of it, and its run stays as it is: with a
   * remark for as long as the service has not been found to be as before.
   */
  private Outcome looked(Done done, RunProbes probes, Undo undo) {
    long run = done.report().run().id();
    Aftermath aftermath = new Aftermath(open.database(), open.settings());
    aftermath.note(run, Optional.of(RunProbes.NOT_TO_THE_END));
    ProbeResult found = probes.after(place(done.report().run()), failing());
    Optional<String> reason = found.consequence().map(breached -> found.reason());
    Done noted = done.with(aftermath.note(run, reason));
    return found.consequence().equals(Optional.of(OnBreach.ROLL_BACK))
        ? takeBack(noted, found, undo)
        : new Outcome(
            Optional.of(new Ended(noted, Optional.of(found), Optional.empty())), Optional.empty());
  }

  private String failing() {
    String plumb = invocation.style().plumb();
    return "The migration stays applied; no later one is begun. When the service is mended: "
        + plumb
        + " migrate --commit\n  To take it back: "
        + plumb
        + " undo";
  }

  /** As {@code plumb undo} of just this one would: what others have changed since is kept. */
  private Outcome takeBack(Done done, ProbeResult found, Undo undo) {
    text(MigrationText.begins("Taking back " + turn.migration().label(), invocation.style()));
    StepProgress progress = new StepProgress(invocation);
    try {
      Done back =
          stoppable(undo::stop, progress, () -> undo.run(undo.plan(turn.migration()), progress));
      text(MigrationText.end(back, invocation.style()));
      return new Outcome(
          Optional.of(new Ended(done, Optional.of(found), Optional.of(back))), Optional.empty());
    } catch (PlumblineException e) {
      return new Outcome(
          Optional.of(new Ended(done, Optional.of(found), Optional.empty())), Optional.of(e));
    }
  }

  private void text(String text) {
    if (!invocation.json()) {
      invocation.terminal().out().print(text);
      invocation.terminal().out().flush();
    }
  }
}
