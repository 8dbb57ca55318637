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

  @Parameters(
      paramLabel = "RUN",
      converter = RunReference.Reading.class,
      description = "The run, as `plumb runs` lists it: 7, or d7 for documents.")
  RunReference run = new RunReference(false, 0);

  ShowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    try (OpenProject open = OpenProject.of(invocation, run)) {
      OpenJournal.requireRun(open, run);
      RunReport report = new Execution(open.database(), open.settings()).look(run.id());
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
