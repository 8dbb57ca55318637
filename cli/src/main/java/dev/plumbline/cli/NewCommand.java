package dev.plumbline.cli;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Auditor;
import dev.plumbline.audit.Counts;
import dev.plumbline.error.ExitCode;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.project.MigrationTemplate.Purpose;
import dev.plumbline.project.NewMigration;
import dev.plumbline.project.Project;
import dev.plumbline.project.ProjectReader;
import dev.plumbline.report.NewMigrationText;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb new}: a migration from the template. */
@picocli.CommandLine.Command(
    name = "new",
    description = {
      "Writes migrations/<next version>_NAME.sql: the six steps, and a checklist that Plumbline"
          + " reads. It writes no other file and nothing in a database.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false,
    footer = {
      "",
      "Nothing applies the file before all that it leaves open is filled in.",
      "",
      "  plumb new fill_total_lessons --invariant enrollment-total-lessons"
    })
final class NewCommand implements Command {
  private final Invocation invocation;

  @Parameters(paramLabel = "NAME", arity = "1", description = "What it does, such as add_index.")
  String name = "";

  @Option(
      names = "--invariant",
      paramLabel = "NAME",
      description =
          "What it is to make true; repeatable. With --database or --env its violations are counted"
              + " for the expectation.")
  List<String> invariants = List.of();

  NewCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    Project project = ProjectReader.read(invocation.directory(), invocation.readOptions());
    List<Purpose> purposes = purposes(project);
    NewMigration migration = NewMigration.of(project, name, purposes, Clock.systemUTC());
    migration.write();
    invocation
        .terminal()
        .out()
        .print(
            invocation.json()
                ? NewMigrationText.json(project.name(), migration, purposes)
                : NewMigrationText.of(migration, purposes, invocation.style()));
    return ExitCode.OK;
  }

  private List<Purpose> purposes(Project project) {
    List<Invariant> named =
        invariants.isEmpty()
            ? List.of()
            : project.invariants(invariants.stream().distinct().toList());
    boolean databaseGiven =
        invocation.options().database != null || invocation.options().env != null;
    return databaseGiven && !named.isEmpty()
        ? counted(named)
        : named.stream().map(i -> new Purpose(i.name(), OptionalLong.empty())).toList();
  }

  private List<Purpose> counted(List<Invariant> named) {
    try (OpenProject open = OpenProject.of(invocation)) {
      Auditor auditor = new Auditor(open.database(), open.reading());
      return invocation
          .waiting(
              "counting violations",
              () ->
                  auditor.audit(
                      open.project().name(), named, AuditOptions.standard().withSamples(0)))
          .results()
          .stream()
          .map(AuditResult::orThrow)
          .map(NewCommand::purpose)
          .toList();
    }
  }

  private static Purpose purpose(AuditResult result) {
    return new Purpose(
        result.invariant().name(),
        result.counts().map(Counts::violations).map(OptionalLong::of).orElse(OptionalLong.empty()));
  }
}
