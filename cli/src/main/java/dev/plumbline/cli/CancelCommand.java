package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.run.RunState;
import picocli.CommandLine.Parameters;

/** {@code plumb cancel RUN}. */
@picocli.CommandLine.Command(
    name = "cancel",
    description = {
      "Ends a run for good, at the end of its batch. What it has changed stays; plumb rollback takes it back.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false)
final class CancelCommand implements Command {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN",
      converter = RunReference.Reading.class,
      description = "The run, as `plumb runs` lists it: 7, or d7 for documents.")
  RunReference run = new RunReference(false, 0);

  CancelCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    return RunRequest.send(invocation, "cancel", run, RunState.CANCELLING);
  }
}
