package dev.plumbline.cli;

import dev.plumbline.backup.Backup.Planned;
import dev.plumbline.cli.MigrationProbes.Probing;
import dev.plumbline.cli.MigrationTurns.Turn;
import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.Execution;
import dev.plumbline.journal.Backups;
import dev.plumbline.lint.LintReport;
import dev.plumbline.lint.LintSource;
import dev.plumbline.lint.Linter;
import dev.plumbline.lint.rule.Rules;
import dev.plumbline.migration.Done;
import dev.plumbline.migration.History;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
      "Exit code 0: planned, or applied. 2: a step failed, or would, or a probe is beyond its",
      "threshold. 75: busy, or paused.",
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
      OpenMigrations migrations = OpenMigrations.upTo(open, until);
      Migrate migrate = migrations.migrate();
      if (!commit) {
        return plan(open, migrate, until);
      }
      open.requireMayCommit();
      return commit(open, migrations, migrate, until);
    }
  }

  private ExitCode plan(OpenProject open, Migrate migrate, Optional<Version> until) {
    History history = migrate.history();
    List<Migration> again = migrate.unsettled(history);
    List<MigrationPlan> plans =
        invocation.waiting("looking for what is pending", () -> migrate.plan(until));
    Optional<Planned> backup = TakenFirst.plan(invocation, open, plans.isEmpty());
    ExitCode exit = ExitCode.worst(plans.stream().map(MigrationPlan::exitCode).toList());
    if (invocation.json()) {
      print(
          MigrationJson.plans(
              open.project().name(), open.database().label(), backup, again, plans, exit));
    } else if (plans.isEmpty() && again.isEmpty()) {
      print(MigrationText.nothing(history.applied()));
    } else {
      again.stream()
          .flatMap(migration -> history.of(migration.version()).stream())
          .forEach(entry -> print(MigrationText.unsettled(entry, invocation.style())));
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

  private ExitCode commit(
      OpenProject open, OpenMigrations migrations, Migrate migrate, Optional<Version> until) {
    History history = migrate.history();
    List<Migration> pending = migrate.pending(history, until);
    List<Migration> again = migrate.unsettled(history);
    if (pending.isEmpty() && again.isEmpty() && !invocation.json()) {
      print(MigrationText.nothing(history.applied()));
    }
    MigrationProbes probes =
        new MigrationProbes(open, migrations.undo(), invocation.readOptions(), history);
    Map<Version, Probing> probing =
        probes.read(Stream.concat(again.stream(), pending.stream()).toList());
    Optional<Backups.Entry> backup = TakenFirst.take(invocation, open, pending.isEmpty());
    List<Turn> turns = new ArrayList<>();
    again.forEach(m -> turns.add(lookAgain(open, history, m, probing.get(m.version()))));
    for (Migration m : pending) {
      turns.add(
          new Turn(
              m,
              m.label(),
              progress -> migrate.run(m, backup, progress),
              migrate::stop,
              Optional.ofNullable(probing.get(m.version()))));
    }
    return new MigrationTurns(invocation, open, "migrate").take(turns);
  }

  /** Nothing is left of it but the look at the service. */
  private static Turn lookAgain(
      OpenProject open, History history, Migration migration, @Nullable Probing probing) {
    long run = history.of(migration.version()).orElseThrow().run().id();
    return new Turn(
        migration,
        migration.label() + " is applied; its service is looked at again",
        progress ->
            Optional.of(
                new Done(migration, new Execution(open.database(), open.settings()).look(run), 0)),
        () -> {},
        Optional.ofNullable(probing));
  }

  private void print(String text) {
    invocation.terminal().out().print(text);
  }
}
