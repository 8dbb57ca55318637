package dev.plumbline.execution;

import dev.plumbline.database.Session;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Lease;
import dev.plumbline.journal.Run;
import dev.plumbline.run.RunState;

/** Brings a run that is taken over into a state from which the loop can go on. */
final class Resume {
  private Resume() {}

  /**
   * @return the state from which to run; {@code CANCELLED} where a cancellation that was
   *     interrupted is carried out instead
   * @throws PlumblineException 64 if the run has ended for good
   */
  static RunState prepare(Session session, Run run, Lease lease) {
    Journal journal = new Journal(session);
    return switch (run.state()) {
      case PLANNED, PAUSED, RUNNING, VERIFYING, FAILED -> run.state();
      case PAUSING -> journal.transition(lease, RunState.PAUSING, RunState.PAUSED);
      case CANCELLING -> journal.transition(lease, RunState.CANCELLING, RunState.CANCELLED);
      case SUCCEEDED, CANCELLED ->
          throw new PlumblineException(
              ErrorCode.USAGE,
              "Run "
                  + run.name()
                  + (run.state() == RunState.SUCCEEDED ? " has succeeded" : " was cancelled")
                  + ": there is nothing to resume.",
              "Nothing was changed.",
              "Look at it with: plumb show " + run.name());
    };
  }
}
