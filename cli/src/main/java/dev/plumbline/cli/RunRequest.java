package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.Requests;
import dev.plumbline.report.RunJson;
import dev.plumbline.run.RunState;

/** Asks a run for something; the process that works on it hears of it with its next batch. */
final class RunRequest {
  private RunRequest() {}

  static ExitCode send(Invocation invocation, String command, RunReference run, RunState wish) {
    try (OpenProject open = OpenProject.of(invocation, run)) {
      OpenJournal.requireRun(open, run);
      RunState state =
          OpenJournal.request(open, session -> new Requests(session).ask(run.id(), wish));
      invocation
          .terminal()
          .out()
          .print(
              invocation.json()
                  ? RunJson.state(
                      command,
                      open.project().name(),
                      open.database().label(),
                      run.id(),
                      state.word())
                  : sentence(run, state));
      return ExitCode.OK;
    }
  }

  private static String sentence(RunReference run, RunState state) {
    return switch (state) {
      case PAUSING, CANCELLING ->
          "Run " + run + " is " + state.word() + ": it stops at the end of its batch.\n";
      case PLANNED, RUNNING, PAUSED, VERIFYING, SUCCEEDED, FAILED, CANCELLED ->
          "Run " + run + " is " + state.word() + ".\n";
    };
  }
}
