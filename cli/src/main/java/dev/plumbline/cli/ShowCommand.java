package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.Execution;
import dev.plumbline.execution.RunReport;
import dev.plumbline.report.RunJson;
import dev.plumbline.report.RunText;
import picocli.CommandLine.Parameters;

/** {@code plumb show RUN}: one run's record. */
@picocli.CommandLine.Command(
    name = "show",
    description = {
      "Shows what the journal knows of a run: what it did, to which rows, when, by whom, and by"
          + " which definition.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false)
final class ShowCommand implements Command {
  private final Invocation invocation;

  @Parameters(paramLabel = "RUN", description = "The run's number, as `plumb runs` lists it.")
  long run;

  ShowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    try (OpenProject open = OpenProject.orOnlyDatabase(invocation)) {
      OpenJournal.requireRun(open, run);
      RunReport report = new Execution(open.database(), open.settings()).look(run);
      invocation
          .terminal()
          .out()
          .print(
              invocation.json()
                  ? RunJson.record(open.project().name(), open.database().label(), report)
                  : RunText.record(report, invocation.style()));
      return ExitCode.OK;
    }
  }
}
