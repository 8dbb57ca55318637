package dev.plumbline.journal;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.run.RunState;

/**
 * What other processes ask of a run: to pause, or to be cancelled. They hold no lease; the process
 * that does reads the request with its next checkpoint.
 */
public final class Requests {
  private final Session session;
  private final Dialect dialect;

  public Requests(Session session) {
    this.session = session;
    this.dialect = session.dialect();
  }

  /**
   * Asks the process that works on a run for something, or does it where none does.
   *
   * @param wish {@code PAUSING} or {@code CANCELLING}
   * @return the state in which the run is then
   * @throws PlumblineException 64 if the run's state does not allow it
   */
  public RunState ask(long id, RunState wish) {
    Run run = new Journal(session).find(id);
    if (wish == RunState.CANCELLING && run.plan().kind().hasSteps()) {
      throw notHalfway(run);
    }
    if (run.state() == wish && run.leaseLive()) {
      return wish;
    }
    if (run.state() != wish && !run.state().mayBecome(wish)) {
      throw new PlumblineException(
          ErrorCode.USAGE,
          "Run "
              + run.name()
              + " is "
              + run.state().word()
              + ": it cannot go over to "
              + wish.word()
              + ".",
          "Nothing was changed.",
          "Look at it with: plumb show " + run.name());
    }
    RunState end = wish == RunState.PAUSING ? RunState.PAUSED : RunState.CANCELLED;
    RunState to = run.leaseLive() ? wish : end;
    long changed =
        session.execute(
            Sql.of(
                "UPDATE {} SET state = {}{} WHERE id = {} AND state = {}",
                dialect.journalTable("runs"),
                Sql.value(to.word()),
                to.active() ? Sql.empty() : Sql.of(", finished_at = {}", dialect.timestamp()),
                id,
                Sql.value(run.state().word())));
    return changed == 1 ? to : ask(id, wish);
  }

  /** What its steps have made so far would stay, and nothing would be recorded as done. */
  private static PlumblineException notHalfway(Run run) {
    return new PlumblineException(
        ErrorCode.USAGE,
        "Run "
            + run.name()
            + " is the migration "
            + run.plan().invariant()
            + ", which has steps that are done.",
        "Nothing was changed.",
        "Go on with it: plumb migrate --commit. Or take it back: plumb undo --commit. To stop it"
            + " for now: plumb pause "
            + run.name());
  }
}
