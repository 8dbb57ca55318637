package dev.plumbline.cli;

import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.journal.Journal;
import java.util.function.Function;

/** The journal of a project's database, for as long as one look or one request takes. */
final class OpenJournal {
  private OpenJournal() {}

  /**
   * Asks the journal something.
   *
   * @param none the answer where no journal was made yet
   */
  static <T> T ask(OpenProject open, T none, Function<Journal, T> question) {
    try (Session session = open.database().openForReading(open.reading())) {
      Journal journal = new Journal(session);
      return journal.exists() ? question.apply(journal) : none;
    }
  }

  /**
   * Makes sure that there is such a run.
   *
   * @throws dev.plumbline.error.PlumblineException (usage) if there is none
   */
  static void requireRun(OpenProject open, RunReference run) {
    boolean known =
        ask(
            open,
            false,
            journal -> {
              journal.find(run.id());
              return true;
            });
    if (!known) {
      throw UsageErrors.usage(
          "There is no run " + run + ": nothing was ever written here.",
          "List the runs with: plumb runs");
    }
  }

  /** Writes a request into the journal. */
  static <T> T request(OpenProject open, Function<Session, T> request) {
    try (Session session = open.database().openForWriting(Timeouts.WRITING)) {
      return request.apply(session);
    }
  }
}
