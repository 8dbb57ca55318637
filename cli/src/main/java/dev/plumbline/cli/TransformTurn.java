package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.Aftermath;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Run;
import dev.plumbline.notice.Ending;
import dev.plumbline.probe.OnBreach;
import dev.plumbline.probe.ProbeResult;
import dev.plumbline.project.Project;
import dev.plumbline.report.RunText;
import dev.plumbline.report.TransformJson;
import dev.plumbline.report.TransformText;
import dev.plumbline.run.Listener;
import dev.plumbline.transform.DocumentRollback;
import dev.plumbline.transform.DocumentRollbackOptions;
import dev.plumbline.transform.DocumentRollbackPlan;
import dev.plumbline.transform.DocumentRollbackReport;
import dev.plumbline.transform.RunFolder;
import dev.plumbline.transform.TransformReport;
import dev.plumbline.transform.Transforming;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A run of a transform from its first batch, or the one that it goes on with, to its end: driven,
 * probed, taken back where the probes want that, told to webhooks, printed. For one thread.
 */
final class TransformTurn {
  private final Invocation invocation;
  private final OpenTransform open;
  private final Transforming transforming;
  private final RunProbes probes;
  private final RunNews news;

  TransformTurn(
      Invocation invocation, OpenTransform open, Transforming transforming, RunProbes probes) {
    this.invocation = invocation;
    this.open = open;
    this.transforming = transforming;
    this.probes = probes;
    this.news = new RunNews(invocation, open.project().project());
  }

  /**
   * How it ended.
   *
   * @param back what took the run back
   */
  private record End(
      TransformReport report, Optional<ProbeResult> probed, Optional<DocumentRollbackReport> back) {
    End(TransformReport report) {
      this(report, Optional.empty(), Optional.empty());
    }

    ExitCode exitCode() {
      boolean breached = probed.flatMap(ProbeResult::consequence).isPresent();
      return breached ? ExitCode.FAILED : report.run().exitCode();
    }

    Ending ending() {
      Ending run = RunNews.ending(report.run(), exitCode());
      Map<String, Long> figures = new LinkedHashMap<>();
      report
          .tally()
          .ifPresentOrElse(
              tally -> {
                figures.put("transformed", tally.transformed());
                figures.put("unchanged", tally.unchanged());
                figures.put("skipped", tally.skipped());
                figures.put("validation_errors", tally.validationErrors());
                figures.put("failed", tally.failed());
              },
              () -> figures.putAll(run.figures()));
      probed.ifPresent(
          found -> figures.put("thresholds_breached", (long) found.last().breaches().size()));
      back.ifPresent(taken -> figures.put("restored", taken.restored()));
      return new Ending(run.run(), run.state(), run.exitCode(), figures);
    }
  }

  /**
   * Drives the run to its end and prints what it did.
   *
   * @param command the command that works on it
   * @param documents how many there are, for the progress
   */
  ExitCode take(long run, String command, long documents) {
    Project project = open.project().project();
    Run found = OpenJournal.request(open.project(), session -> new Journal(session).find(run));
    End end = news.telling(news.about(found), told -> drive(run, documents, told), End::ending);
    if (invocation.json()) {
      print(
          TransformJson.result(
              command, project.name(), end.report(), end.probed(), end.back(), end.exitCode()));
    }
    return end.exitCode();
  }

  private End drive(long run, long documents, Listener told) {
    String named = open.runName(run);
    Path folder = open.folder(run);
    RunProgress progress = TransformCommand.progress(invocation, open, documents);
    TransformReport report;
    try (Stopping.Scope stopping = invocation.stopping().calling(transforming::stop)) {
      report = transforming.run(run, named, Optional.of(RunFolder.at(folder)), progress.and(told));
    } finally {
      progress.end();
    }
    text(TransformText.result(report, invocation.style()));
    return probes.follow(report.run().run().state()) ? looked(report, folder) : new End(report);
  }

  /** What the probes find is the run's as well; a process that dies meanwhile leaves a remark. */
  private End looked(TransformReport report, Path folder) {
    Run run = report.run().run();
    Aftermath aftermath = new Aftermath(open.project().database(), open.project().settings());
    aftermath.note(run.id(), Optional.of(RunProbes.NOT_TO_THE_END));
    ProbeResult found = probes.after(RunProbes.place(folder, run), failing(run));
    if (found.consequence().isEmpty()) {
      aftermath.note(run.id(), Optional.empty());
      return new End(report, Optional.of(found), Optional.empty());
    }
    TransformReport failed = report.with(aftermath.fail(run.id(), found.reason()));
    RunFolder.at(folder).summary(failed);
    boolean back = found.consequence().equals(Optional.of(OnBreach.ROLL_BACK));
    return new End(
        failed, Optional.of(found), back ? takeBack(run.id(), folder) : Optional.empty());
  }

  private String failing(Run run) {
    return "The run failed; what it wrote stays. When the service is mended: "
        + invocation.style().plumb()
        + " resume "
        + run.name()
        + "\n  To take it back: "
        + invocation.style().plumb()
        + " rollback "
        + run.name();
  }

  /** The whole run; what somebody has changed since is kept, as by any rollback. */
  private Optional<DocumentRollbackReport> takeBack(long run, Path folder) {
    DocumentRollback rollback = open.rollback();
    DocumentRollbackPlan plan = rollback.plan(run, DocumentRollbackOptions.whole(), looked -> {});
    if (plan.nothingToDo()) {
      text("  There is nothing to take back: no document is as the run left it.\n");
      return Optional.empty();
    }
    RunProgress progress = TransformCommand.progress(invocation, open, plan.toWrite());
    try (Stopping.Scope stopping = invocation.stopping().calling(rollback::stop)) {
      DocumentRollbackReport report =
          rollback.run(plan, Optional.of(RunFolder.at(folder)), progress);
      progress.end();
      text("\n" + RunText.result(report.run(), invocation.style()));
      return Optional.of(report);
    } finally {
      progress.end();
    }
  }

  private void text(String text) {
    if (!invocation.json()) {
      print(text);
      invocation.terminal().out().flush();
    }
  }

  private void print(String text) {
    invocation.terminal().out().print(text);
  }
}
