package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.Run;
import dev.plumbline.notice.Subject;
import dev.plumbline.report.DocumentRollbackJson;
import dev.plumbline.report.DocumentRollbackText;
import dev.plumbline.run.Listener;
import dev.plumbline.transform.DocumentRollback;
import dev.plumbline.transform.DocumentRollbackOptions;
import dev.plumbline.transform.DocumentRollbackPlan;
import dev.plumbline.transform.DocumentRollbackReport;
import dev.plumbline.transform.RunFolder;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Taking back what a transform wrote: the plan, a run, or going on with one. */
final class DocumentRollbackRun {
  private final Invocation invocation;
  private final OpenProject open;
  private final Run transform;
  private final RunReference run;

  /**
   * @param transform the run of the transform at the beginning, whose definition says where the
   *     documents are
   * @param run what is taken back, or gone on with
   */
  DocumentRollbackRun(Invocation invocation, OpenProject open, Run transform, RunReference run) {
    this.invocation = invocation;
    this.open = open;
    this.transform = transform;
    this.run = run;
  }

  ExitCode run(DocumentRollbackOptions options, boolean commit) {
    if (commit) {
      open.requireMayCommit();
    }
    try (OpenTransform in = transform()) {
      DocumentRollback rollback = in.rollback();
      DocumentRollbackPlan plan = plan(in, rollback, options);
      return commit && !plan.nothingToDo() ? commit(in, rollback, plan) : show(plan);
    }
  }

  /**
   * Goes on with a rollback.
   *
   * @param movedTo where the documents are by now, if not where it began
   */
  ExitCode resume(Run found, Optional<String> movedTo) {
    try (OpenTransform in = transform()) {
      DocumentRollback rollback = in.rollback();
      movedTo.ifPresent(to -> rollback.moved(run.id(), to));
      RunReference reverted = new RunReference(run.documents(), found.plan().reverts().orElse(0));
      RunNews news = new RunNews(invocation, open.project());
      return print(
          "resume",
          told(
              in,
              rollback,
              news,
              news.about(found),
              found.plan().planned() - found.changed(),
              listener -> rollback.resume(run.id(), folder(in, reverted), listener)));
    }
  }

  private OpenTransform transform() {
    return OpenTransform.of(
        invocation, open, transform.plan().invariant(), transform.plan().definition());
  }

  private DocumentRollbackPlan plan(
      OpenTransform in, DocumentRollback rollback, DocumentRollbackOptions options) {
    RunProgress progress = progress(in, 0);
    try {
      return rollback.plan(run.id(), options, progress::looked);
    } finally {
      progress.end();
    }
  }

  private ExitCode show(DocumentRollbackPlan plan) {
    if (invocation.json()) {
      out(DocumentRollbackJson.plan(open.project().name(), plan));
      return plan.exitCode();
    }
    out(DocumentRollbackText.plan(plan, invocation.style()));
    out(ending(plan));
    return plan.exitCode();
  }

  private static String ending(DocumentRollbackPlan plan) {
    if (plan.active().isPresent()) {
      return "No document was written.\n";
    }
    return plan.nothingToDo()
        ? "Nothing to do.\n"
        : "No document was written. To do it, add --commit.\n";
  }

  private ExitCode commit(OpenTransform in, DocumentRollback rollback, DocumentRollbackPlan plan) {
    long documents = plan.toWrite();
    RunNews news = new RunNews(invocation, open.project());
    Subject subject =
        news.about(
            "rollback",
            plan.run().plan().invariant(),
            Optional.empty(),
            documents,
            OptionalInt.empty());
    return print(
        "rollback",
        told(
            in,
            rollback,
            news,
            subject,
            documents,
            listener -> rollback.run(plan, folder(in, run), listener)));
  }

  /** Drives it to its end, and has the webhooks told. */
  private DocumentRollbackReport told(
      OpenTransform in,
      DocumentRollback rollback,
      RunNews news,
      Subject subject,
      long documents,
      Function<Listener, DocumentRollbackReport> work) {
    return news.telling(
        subject,
        listener -> {
          RunProgress progress = progress(in, documents);
          try (Stopping.Scope stopping = invocation.stopping().calling(rollback::stop)) {
            return work.apply(progress.and(listener));
          } finally {
            progress.end();
          }
        },
        report -> RunNews.ending(report.run(), report.run().exitCode()));
  }

  private ExitCode print(String command, DocumentRollbackReport report) {
    out(
        invocation.json()
            ? DocumentRollbackJson.result(command, open.project().name(), report)
            : DocumentRollbackText.result(report, invocation.style()));
    return report.run().exitCode();
  }

  private static Optional<RunFolder> folder(OpenTransform in, RunReference reverted) {
    return Optional.of(RunFolder.at(in.journal().runFolder(reverted.toString())));
  }

  private RunProgress progress(OpenTransform in, long documents) {
    return new RunProgress(
        invocation.terminal().err(),
        invocation.terminal().redraws(),
        documents,
        System::nanoTime,
        "documents",
        in::requests);
  }

  private void out(String text) {
    invocation.terminal().out().print(text);
  }
}
