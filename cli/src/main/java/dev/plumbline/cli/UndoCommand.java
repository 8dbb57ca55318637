package dev.plumbline.cli;

import dev.plumbline.backup.Backup.Planned;
import dev.plumbline.cli.MigrationTurns.Turn;
import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.Backups;
import dev.plumbline.migration.Undo;
import dev.plumbline.migration.UndoPlan;
import dev.plumbline.migration.Version;
import dev.plumbline.report.BackupText;
import dev.plumbline.report.MigrationJson;
import dev.plumbline.report.MigrationText;
import java.util.List;
import java.util.Optional;
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
  private static final String NOTHING = "Nothing to do: no migration after it is applied.\n";

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
    Optional<Planned> backup = TakenFirst.plan(invocation, open, plans.isEmpty());
    ExitCode exit = ExitCode.worst(plans.stream().map(UndoPlan::exitCode).toList());
    if (invocation.json()) {
      print(
          MigrationJson.undoPlans(
              open.project().name(), open.database().label(), backup, plans, exit));
    } else if (plans.isEmpty()) {
      print(NOTHING);
    } else {
      backup.ifPresent(planned -> print(BackupText.planned(planned)));
      plans.forEach(plan -> print(MigrationText.undo(plan, invocation.style())));
      print("Nothing was written. To do it, add --commit.\n");
    }
    return exit;
  }

  private ExitCode commit(OpenProject open, Undo undo, List<UndoPlan> plans) {
    if (plans.isEmpty() && !invocation.json()) {
      print(NOTHING);
    }
    Optional<Backups.Entry> backup = TakenFirst.take(invocation, open, plans.isEmpty());
    return new MigrationTurns(invocation, open, "undo")
        .take(plans.stream().map(plan -> turn(undo, plan, backup)).toList());
  }

  private static Turn turn(Undo undo, UndoPlan plan, Optional<Backups.Entry> backup) {
    return new Turn(
        plan.migration(),
        "Taking back " + plan.migration().label(),
        progress -> Optional.of(undo.run(plan, backup, progress)),
        undo::stop,
        Optional.empty());
  }

  private void print(String text) {
    invocation.terminal().out().print(text);
  }
}
