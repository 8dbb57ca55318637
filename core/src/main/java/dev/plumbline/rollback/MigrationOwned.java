package dev.plumbline.rollback;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Run;
import dev.plumbline.journal.Steps;
import java.util.OptionalLong;

/**
 * A run that is a step of a migration is not taken back by itself: the migration would stay
 * recorded, and its constraints in force, over rows that it no longer fills.
 */
final class MigrationOwned {
  private MigrationOwned() {}

  /**
   * @throws PlumblineException 64 if the run is a migration, or belongs to one that is not undone
   */
  static void requireFree(Session session, long run) {
    Journal journal = new Journal(session);
    Run found = journal.find(run);
    if (found.plan().kind().hasSteps()) {
      throw refused("Run " + run + " is the migration " + found.plan().invariant() + ".");
    }
    if (!journal.complete()) {
      return; // made before there were migrations
    }
    OptionalLong owner = new Steps(session, run).partOf();
    if (owner.isPresent() && !undone(session, owner.getAsLong())) {
      Run migration = journal.find(owner.getAsLong());
      throw refused(
          "Run "
              + run
              + " belongs to the migration "
              + migration.plan().invariant()
              + " (run "
              + migration.id()
              + ").");
    }
  }

  private static PlumblineException refused(String what) {
    return new PlumblineException(
        ErrorCode.USAGE,
        what,
        "Nothing was changed.",
        "Take the migration back as a whole: plumb undo");
  }

  private static boolean undone(Session session, long migration) {
    Dialect dialect = session.dialect();
    return session.one(
        Sql.of(
            "SELECT count(*) FROM {} WHERE reverts = {} AND kind = 'undo' AND state = 'succeeded'",
            dialect.journalTable("runs"),
            migration),
        row -> row.number(1) > 0);
  }
}
