package dev.plumbline.cli;

import dev.plumbline.dialect.Key;
import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.journal.Run;
import dev.plumbline.report.RollbackJson;
import dev.plumbline.report.RollbackText;
import dev.plumbline.report.RunJson;
import dev.plumbline.report.RunText;
import dev.plumbline.rollback.Rollback;
import dev.plumbline.rollback.RollbackOptions;
import dev.plumbline.rollback.RollbackPlan;
import dev.plumbline.run.Listener;
import dev.plumbline.transform.DocumentRollbackOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb rollback RUN}: the plan, or with {@code --commit} a run that takes another back. */
@picocli.CommandLine.Command(
    name = "rollback",
    description = {
      "Shows how a run would be taken back: what it changed is restored, and kept where somebody"
          + " else has changed it since. With --commit it is done, as a run of its own that can be"
          + " taken back as well.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false,
    footer = {
      "",
      "Exit code 0: planned, or restored and verified. 1: conflicts are kept. 75: busy, or paused.",
      "",
      "  plumb rollback 3",
      "  plumb rollback 3 --key 42 --commit",
      "  plumb rollback d7 --merge"
    })
final class RollbackCommand implements Command {
  /** Enough that requests of some 100 ms use up what the usual limits allow. */
  private static final int WORKERS = 4;

  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN",
      converter = RunReference.Reading.class,
      description = "The run, as `plumb runs` lists it: 7, or d7 for documents.")
  RunReference run = new RunReference(false, 0);

  @Option(names = "--commit", description = "Does it. Without this nothing is written.")
  boolean commit;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "Only the row with this key, or the document with this id; a composite one with commas."
              + " Repeatable.")
  List<String> keys = new ArrayList<>();

  @Option(
      names = "--merge",
      description =
          "Of documents: what was changed since the run is carried into the old shape, where the"
              + " transform declares its inverse.")
  boolean merge;

  @Option(
      names = "--moved-to",
      paramLabel = "PLACE",
      description =
          "Of documents: they have moved there since the run, as the error writes it that asks.")
  @Nullable String movedTo;

  RollbackCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    RollbackOptions options = RollbackOptions.of(keys.stream().map(this::key).toList());
    try (OpenProject open = OpenProject.of(invocation, run)) {
      OpenJournal.requireRun(open, run);
      Optional<Run> transform = OpenJournal.transform(open, run);
      if (transform.isPresent()) {
        return new DocumentRollbackRun(invocation, open, transform.get(), run)
            .run(
                new DocumentRollbackOptions(
                    options.keys(), merge, WORKERS, Optional.ofNullable(movedTo)),
                commit);
      }
      requireOfRows();
      Rollback rollback = new Rollback(open.database(), open.settings());
      if (commit) {
        open.requireMayCommit();
      }
      RollbackPlan plan =
          invocation.waiting("comparing rows", () -> rollback.plan(run.id(), options));
      return commit && !plan.nothingToDo() ? commit(open, rollback, plan) : show(open, plan);
    }
  }

  /** A document outside of a database has one id, with whatever is in it. */
  private Key key(String text) {
    return run.documents() ? KeyFlag.id(text) : KeyFlag.parse(text);
  }

  private void requireOfRows() {
    MovedTo.requireNone(movedTo, run);
    if (merge) {
      throw UsageErrors.usage(
          "--merge is for runs over documents; run " + run + " is about rows.",
          "Leave it out: a column that was changed since is kept.");
    }
  }

  private ExitCode show(OpenProject open, RollbackPlan plan) {
    if (invocation.json()) {
      print(RollbackJson.plan(open.project().name(), open.database().label(), plan));
      return plan.exitCode();
    }
    print(RollbackText.of(plan, invocation.style(), invocation.options().verbose));
    if (!plan.nothingToDo()) {
      print("Nothing was written. To do it, add --commit.\n");
    }
    return plan.exitCode();
  }

  private ExitCode commit(OpenProject open, Rollback rollback, RollbackPlan plan) {
    RunNews news = new RunNews(invocation, open.project());
    RunReport report =
        news.run(
            news.about(
                "rollback",
                plan.run().plan().invariant(),
                Optional.empty(),
                plan.restored(),
                OptionalInt.empty()),
            told -> run(rollback, plan, told));
    print(
        invocation.json()
            ? RunJson.run("rollback", open.project().name(), open.database().label(), report)
            : RunText.result(report, invocation.style()));
    return report.exitCode();
  }

  private RunReport run(Rollback rollback, RollbackPlan plan, Listener told) {
    RunProgress progress = invocation.progress(plan.restored());
    try (Stopping.Scope stopping = invocation.stopping().calling(rollback::stop)) {
      return rollback.run(plan, progress.and(told));
    } finally {
      progress.end();
    }
  }

  private void print(String text) {
    invocation.terminal().out().print(text);
  }
}
