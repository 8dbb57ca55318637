package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Run;
import dev.plumbline.report.RunJson;
import dev.plumbline.report.RunText;
import java.util.List;

/** {@code plumb runs}: the journal, a line for each run. */
@picocli.CommandLine.Command(
    name = "runs",
    description = {"Lists all that Plumbline ever wrote in this database, newest first.", ""},
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false)
final class RunsCommand implements Command {
  private final Invocation invocation;

  RunsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    try (OpenProject open = OpenProject.orOnlyDatabase(invocation)) {
      List<Run> runs = OpenJournal.ask(open, List.of(), Journal::list);
      invocation
          .terminal()
          .out()
          .print(
              invocation.json()
                  ? RunJson.list(open.project().name(), open.database().label(), runs)
                  : RunText.list(runs, invocation.style()));
      return ExitCode.OK;
    }
  }
}
