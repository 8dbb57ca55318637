package dev.plumbline.execution;

import dev.plumbline.database.Database;
import dev.plumbline.journal.HeldLease;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Lease;
import dev.plumbline.run.RunState;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * What is found of a run after its work is done, such as that a service which reads its result is
 * worse than before. It is entered in the journal under the run's lease, which nobody may hold.
 */
public final class Aftermath {
  private final Database database;
  private final Settings settings;

  public Aftermath(Database database, Settings settings) {
    this.database = database;
    this.settings = settings;
  }

  /**
   * The run has failed after all: it can be resumed, and ends as succeeded only if it comes through
   * then.
   *
   * @param why what the journal keeps as its error
   * @return what the journal has of it now
   * @throws dev.plumbline.error.PlumblineException 75 if another process works on the run
   */
  public RunReport fail(long run, String why) {
    return enter(
        run,
        (journal, lease) -> {
          journal.transition(lease, RunState.SUCCEEDED, RunState.FAILED);
          journal.note(lease, OptionalLong.empty(), Optional.of(why));
        });
  }

  /**
   * The run stays as it ended, with something to say of it.
   *
   * @param what what the journal keeps as its error; empty: there is no longer anything to say
   * @return what the journal has of it now
   * @throws dev.plumbline.error.PlumblineException 75 if another process works on the run
   */
  public RunReport note(long run, Optional<String> what) {
    return enter(run, (journal, lease) -> journal.note(lease, OptionalLong.empty(), what));
  }

  private RunReport enter(long run, BiConsumer<Journal, Lease> entry) {
    try (Sessions sessions = new Sessions(database, settings.writing());
        HeldLease held = HeldLease.take(database, run, settings.lease())) {
      sessions.transaction(
          session -> {
            entry.accept(new Journal(session), held.lease());
            return true;
          });
    }
    return new Execution(database, settings).look(run);
  }
}
