package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.migration.Done;
import dev.plumbline.migration.Undo;
import dev.plumbline.migration.UndoPlan;
import dev.plumbline.migration.Version;
import dev.plumbline.report.MigrationJson;
import dev.plumbline.report.MigrationText;
import dev.plumbline.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code plumb undo}: the plan, or with {@code --commit} takes migrations back. */
@picocli.CommandLine.Command(
    name = "undo",
    description = {
      "Shows how the last migration would be taken back: its undo section's statements, and the"
          + " rows that get their old values again. With --commit it is done. Rows that others"
          + " have changed since are kept.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false,
    footer = {
      "",
      "Exit code 0: planned, or taken back. 1: rows are kept that others have changed.",
      "75: busy, or paused. 78: the file does not say how it is taken back.",
      "",
      "  plumb undo",
      "  plumb undo --to 017 --commit"
    })
final class UndoCommand implements Command {
  private final Invocation invocation;

  @Option(names = "--commit", description = "Does it. Without this nothing is written.")
  boolean commit;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "The migration that stays the last (default: only the last is taken back).")
  @Nullable String to;

  UndoCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    Optional<Version> until = OpenMigrations.version(to);
    try (OpenProject open = OpenProject.of(invocation)) {
      Undo undo = new OpenMigrations(open).undo();
      if (commit) {
        open.requireMayCommit();
      }
      List<UndoPlan> plans = invocation.waiting("comparing rows", () -> undo.plan(until));
      return commit ? commit(open, undo, plans) : show(open, plans);
    }
  }

  private ExitCode show(OpenProject open, List<UndoPlan> plans) {
    ExitCode exit = ExitCode.worst(plans.stream().map(UndoPlan::exitCode).toList());
    if (invocation.json()) {
      print(MigrationJson.undoPlans(open.project().name(), open.database().label(), plans, exit));
    } else if (plans.isEmpty()) {
      print("Nothing to do: no migration after it is applied.\n");
    } else {
      plans.forEach(plan -> print(MigrationText.undo(plan, invocation.style())));
      print("Nothing was written. To do it, add --commit.\n");
    }
    return exit;
  }

  private ExitCode commit(OpenProject open, Undo undo, List<UndoPlan> plans) {
    List<Done> done = new ArrayList<>();
    Optional<PlumblineException> error = Optional.empty();
    try (Stopping.Scope stopping = invocation.stopping().calling(undo::stop)) {
      for (UndoPlan plan : plans) {
        Done one = takeBack(undo, plan);
        done.add(one);
        if (one.report().run().state() != RunState.SUCCEEDED) {
          break; // somebody said stop
        }
      }
    } catch (PlumblineException e) {
      if (!invocation.json()) {
        throw e;
      }
      error = Optional.of(e);
    }
    ExitCode exit =
        ExitCode.worst(
            Stream.concat(
                    done.stream().map(Done::exitCode),
                    error.stream().map(e -> ExitCode.of(e.code())))
                .toList());
    if (invocation.json()) {
      print(
          MigrationJson.done(
              "undo",
              open.project().name(),
              open.database().label(),
              done,
              Optional.empty(),
              error,
              exit));
    } else if (plans.isEmpty()) {
      print("Nothing to do: no migration after it is applied.\n");
    }
    return exit;
  }

  private Done takeBack(Undo undo, UndoPlan plan) {
    text(MigrationText.begins("Taking back " + plan.migration().label(), invocation.style()));
    StepProgress progress = new StepProgress(invocation);
    try {
      Done done = undo.run(plan, progress);
      progress.end();
      text(MigrationText.end(done, invocation.style()));
      return done;
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
