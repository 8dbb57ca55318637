package dev.plumbline.cli;

import dev.plumbline.backup.Backup.Planned;
import dev.plumbline.cli.MigrationTurns.Turn;
import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.Backups;
import dev.plumbline.lint.LintReport;
import dev.plumbline.lint.LintSource;
import dev.plumbline.lint.Linter;
import dev.plumbline.lint.rule.Rules;
import dev.plumbline.migration.Migrate;
import dev.plumbline.migration.Migration;
import dev.plumbline.migration.MigrationPlan;
import dev.plumbline.migration.Version;
import dev.plumbline.project.MigrationFolder;
import dev.plumbline.report.BackupText;
import dev.plumbline.report.LintText;
import dev.plumbline.report.MigrationJson;
import dev.plumbline.report.MigrationText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code plumb migrate}: the plan, or with {@code --commit} the six steps of each migration. */
@picocli.CommandLine.Command(
    name = "migrate",
    description = {
      "Shows what the pending migrations would do: each step, each statement with its locks, the"
          + " rows that are expected beside those that are there. With --commit they are applied,"
          + " and each is recorded only when all of its steps are proven.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false,
    footer = {
      "",
      "Exit code 0: planned, or applied. 2: a step failed, or would. 75: busy, or paused.",
      "78: a file was edited after it had been applied, is missing, or comes out of order.",
      "",
      "  plumb migrate",
      "  plumb migrate --to 018 --commit"
    })
final class MigrateCommand implements Command {
  private final Invocation invocation;

  @Option(names = "--commit", description = "Does it. Without this nothing is written.")
  boolean commit;

  @Option(names = "--to", paramLabel = "VERSION", description = "The last one to apply.")
  @Nullable String to;

  @Option(
      names = "--explain",
      description = "With the plan, what the lint finds in it and the safer SQL.")
  boolean explain;

  MigrateCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    Optional<Version> until = OpenMigrations.version(to);
    try (OpenProject open = OpenProject.of(invocation)) {
      Migrate migrate = OpenMigrations.upTo(open, until).migrate();
      if (!commit) {
        return plan(open, migrate, until);
      }
      open.requireMayCommit();
      return commit(open, migrate, until);
    }
  }

  private ExitCode plan(OpenProject open, Migrate migrate, Optional<Version> until) {
    List<MigrationPlan> plans =
        invocation.waiting("looking for what is pending", () -> migrate.plan(until));
    Optional<Planned> backup = TakenFirst.plan(invocation, open, plans.isEmpty());
    ExitCode exit = ExitCode.worst(plans.stream().map(MigrationPlan::exitCode).toList());
    if (invocation.json()) {
      print(
          MigrationJson.plans(open.project().name(), open.database().label(), backup, plans, exit));
    } else if (plans.isEmpty()) {
      print(MigrationText.nothing(migrate.history().applied()));
    } else {
      backup.ifPresent(planned -> print(BackupText.planned(planned)));
      plans.forEach(plan -> print(MigrationText.plan(plan, invocation.style())));
      if (explain) {
        print(
            LintText.of(findings(open, until, plans), invocation.style(), Invocation::source)
                + "\n");
      }
      print("Nothing was written. To do it, add --commit.\n");
    }
    return exit;
  }

  /** The files that are applied already only tell what was there before. */
  private static LintReport findings(
      OpenProject open, Optional<Version> until, List<MigrationPlan> plans) {
    Set<Path> pending =
        plans.stream().map(plan -> plan.migration().file()).collect(Collectors.toSet());
    List<LintSource> sources =
        MigrationFolder.read(open.project(), until).stream()
            .map(m -> new LintSource(m.file(), m.text(), "", true, pending.contains(m.file())))
            .toList();
    return new Linter(Rules.ALL, open.project().invariants(), Optional.empty(), false)
        .lint(sources);
  }

  private ExitCode commit(OpenProject open, Migrate migrate, Optional<Version> until) {
    List<Migration> pending = migrate.pending(migrate.history(), until);
    if (pending.isEmpty() && !invocation.json()) {
      print(MigrationText.nothing(migrate.history().applied()));
    }
    Optional<Backups.Entry> backup = TakenFirst.take(invocation, open, pending.isEmpty());
    return new MigrationTurns(invocation, open, "migrate")
        .take(
            pending.stream()
                .map(m -> new Turn(m, m.label(), progress -> migrate.run(m, backup, progress)))
                .toList(),
            migrate::stop);
  }

  private void print(String text) {
    invocation.terminal().out().print(text);
  }
}
