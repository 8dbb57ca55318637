package dev.plumbline.transform;

import dev.plumbline.database.Session;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Places;
import dev.plumbline.journal.Run;
import java.util.Optional;

/**
 * Makes sure that a run is gone on with, and taken back, where it writes: a transform's file may
 * name another place by now, through a variable, and one account's documents must not be written
 * into another's.
 *
 * @param now the place that the transform's file names
 */
record KeptPlace(String now) {

  /** A run begins here. */
  void keep(Session session, long run) {
    new Places(session).keep(run, now);
  }

  /**
   * @param movedTo where the run's documents are by now, if somebody says so
   * @throws PlumblineException 78 if the run's place is another one; 64 if they are said to be
   *     where this is not
   */
  void require(Session session, Run run, Optional<String> movedTo) {
    movedTo.ifPresent(this::requireHere);
    Optional<String> kept = new Places(session).find(run.id());
    if (movedTo.isEmpty() && kept.isPresent() && !kept.get().equals(now)) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          "Run "
              + run.name()
              + " is about "
              + kept.get()
              + ", but by the environment its transform's file now names "
              + now
              + ".",
          "No document was read there, and nothing was changed.",
          "Set the variables as they were when the run began. If it is the same documents, which"
              + " have only moved, say so: --moved-to '"
              + now
              + "'");
    }
  }

  /** From now on the run's documents are here. */
  void moved(Session session, long run, String to) {
    requireHere(to);
    new Journal(session).create();
    keep(session, run);
  }

  private void requireHere(String to) {
    if (!to.equals(now)) {
      throw new PlumblineException(
          ErrorCode.USAGE,
          "The documents are said to have moved to `"
              + to
              + "`, but the transform's file names "
              + now
              + ".",
          "Nothing was changed.",
          "Set the variables so that the file names the place, and write it just so:"
              + " --moved-to '"
              + now
              + "'");
    }
  }
}
