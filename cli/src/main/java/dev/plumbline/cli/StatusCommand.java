package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.report.StatusJson;
import dev.plumbline.report.StatusText;
import dev.plumbline.status.Status;
import picocli.CommandLine.Option;

/** {@code plumb status}: where a project stands, on one screen. */
@picocli.CommandLine.Command(
    name = "status",
    description = {
      "Shows where the project stands: migrations, invariants with their last verdict, runs in"
          + " progress, guards, and what to do next. It only reads.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false,
    footer = {
      "",
      "Exit code 0: all is well, or merely pending. 1: something stands still half-way.",
      "2: a migration has failed, a guard is broken, or an audit found violations.",
      "",
      "  plumb status",
      "  plumb status --audit --format json"
    })
final class StatusCommand implements Command {
  private final Invocation invocation;

  @Option(
      names = "--audit",
      description = "Audits the invariants now, instead of showing what runs saw last.")
  boolean audit;

  StatusCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    try (OpenProject open = OpenProject.of(invocation)) {
      Status status = invocation.waiting("looking", () -> OpenMigrations.status(open, audit));
      invocation
          .terminal()
          .out()
          .print(
              invocation.json()
                  ? StatusJson.of(status)
                  : StatusText.of(status, invocation.style()));
      return status.exitCode();
    }
  }
}
