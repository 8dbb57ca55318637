package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Aftermath;
import dev.plumbline.execution.RunReport;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.NewRun;
import dev.plumbline.journal.Run;
import dev.plumbline.project.InvariantReader;
import dev.plumbline.repair.Repair;
import dev.plumbline.report.RunJson;
import dev.plumbline.report.RunText;
import dev.plumbline.rollback.Rollback;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.transform.Transforming;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb resume RUN}: goes on with a run that was committed, from its last batch. */
@picocli.CommandLine.Command(
    name = "resume",
    description = {
      "Goes on with a run that was paused, killed, or failed, from its last committed batch. Rows"
          + " that were set aside get another chance.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false)
final class ResumeCommand implements Command {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN",
      converter = RunReference.Reading.class,
      description = "The run, as `plumb runs` lists it: 7, or d7 for documents.")
  RunReference run = new RunReference(false, 0);

  @Option(
      names = "--moved-to",
      paramLabel = "PLACE",
      description =
          "Of documents: they have moved there since the run, as the error writes it that asks.")
  @Nullable String movedTo;

  ResumeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    try (OpenProject open = OpenProject.of(invocation, run)) {
      OpenJournal.requireRun(open, run);
      Run found = OpenJournal.request(open, session -> new Journal(session).find(run.id()));
      if (found.plan().kind() == NewRun.Kind.TRANSFORM) {
        return transform(open, found);
      }
      Optional<Run> transform = OpenJournal.transform(open, run);
      if (transform.isPresent()) {
        requireNotTakenBack(open, found);
        return new DocumentRollbackRun(invocation, open, transform.get(), run)
            .resume(found, Optional.ofNullable(movedTo));
      }
      MovedTo.requireNone(movedTo, run);
      RunNews news = new RunNews(invocation, open.project());
      RunReport report = news.run(news.about(found), told -> resume(open, found, told));
      invocation
          .terminal()
          .out()
          .print(
              invocation.json()
                  ? RunJson.run("resume", open.project().name(), open.database().label(), report)
                  : RunText.result(report, invocation.style()));
      return report.exitCode();
    }
  }

  private RunReport resume(OpenProject open, Run found, Listener told) {
    RunProgress progress = invocation.progress(found.plan().planned() - found.changed());
    Listener both = progress.and(told);
    try {
      return switch (found.plan().kind()) {
        case REPAIR -> repair(new Repair(open.database(), open.settings()), found, both);
        case ROLLBACK -> rollback(new Rollback(open.database(), open.settings()), both);
        case MIGRATION -> throw goOnWith(found, "migrate");
        case UNDO -> throw goOnWith(found, "undo");
        case TRANSFORM -> throw new IllegalStateException("is resumed by itself");
      };
    } finally {
      progress.end();
    }
  }

  /** It would write again what somebody has decided to take back. */
  private static void requireNotTakenBack(OpenProject open, Run found) {
    OpenJournal.request(open, session -> new Journal(session).takenBackBy(found.id()))
        .ifPresent(
            back -> {
              throw UsageErrors.usage(
                  "Run " + found.name() + " was taken back by run " + back.name() + ".",
                  found.plan().kind() == NewRun.Kind.TRANSFORM
                      ? "To transform the documents again, begin a new run: plumb transform "
                          + found.plan().invariant()
                          + " --commit"
                      : "To take run "
                          + found.named(found.plan().reverts().orElseThrow())
                          + " back again, begin a new rollback: plumb rollback "
                          + found.named(found.plan().reverts().orElseThrow())
                          + " --commit");
            });
  }

  private ExitCode transform(OpenProject open, Run found) {
    requireNotTakenBack(open, found);
    if (found.state() == RunState.SUCCEEDED && found.error().isPresent()) {
      // The process died while it watched: nobody knows yet whether the run has succeeded.
      new Aftermath(open.database(), open.settings()).fail(found.id(), found.error().get());
    }
    try (OpenTransform transform =
        OpenTransform.of(invocation, open, found.plan().invariant(), found.plan().definition())) {
      return transform(transform, found);
    }
  }

  private ExitCode transform(OpenTransform transform, Run found) {
    Transforming transforming = transform.transforming();
    Optional.ofNullable(movedTo).ifPresent(to -> transforming.moved(run.id(), to));
    try (RunProbes probes = new RunProbes(invocation, transform.probes())) {
      probes.goesOn(RunProbes.place(transform.folder(run.id()), found));
      return new TransformTurn(invocation, transform, transforming, probes)
          .take(run.id(), "resume", found.plan().planned());
    }
  }

  /** A migration goes on by its file, with all others that are pending. */
  private static PlumblineException goOnWith(Run run, String command) {
    return UsageErrors.usage(
        "Run " + run.name() + " is the migration " + run.plan().invariant() + ".",
        "Go on with it: plumb " + command + " --commit");
  }

  private RunReport repair(Repair repair, Run found, Listener listener) {
    try (Stopping.Scope stopping = invocation.stopping().calling(repair::stop)) {
      return repair.resume(run.id(), invariant(found), listener);
    }
  }

  private RunReport rollback(Rollback rollback, Listener listener) {
    try (Stopping.Scope stopping = invocation.stopping().calling(rollback::stop)) {
      return rollback.resume(run.id(), listener);
    }
  }

  /** By the definition that the run began with, whatever became of the file. */
  private static Invariant invariant(Run run) {
    return InvariantReader.read(
        Path.of("invariants", run.plan().invariant() + ".yaml"), run.plan().definition());
  }
}
