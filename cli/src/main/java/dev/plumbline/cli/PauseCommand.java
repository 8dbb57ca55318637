package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.run.RunState;
import picocli.CommandLine.Parameters;

/** {@code plumb pause RUN}. */
@picocli.CommandLine.Command(
    name = "pause",
    description = {"Asks a run to stop at the end of its batch; plumb resume goes on with it.", ""},
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false)
final class PauseCommand implements Command {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN",
      converter = RunReference.Reading.class,
      description = "The run, as `plumb runs` lists it: 7, or d7 for documents.")
  RunReference run = new RunReference(false, 0);

  PauseCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    return RunRequest.send(invocation, "pause", run, RunState.PAUSING);
  }
}
