package dev.plumbline.cli;

import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.NewRun.Kind;
import dev.plumbline.journal.Run;
import java.util.Optional;
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

  /** The run of a transform that a run is, or that it takes back, or takes back again. */
  static Optional<Run> transform(OpenProject open, RunReference run) {
    return ask(
        open,
        Optional.empty(),
        journal ->
            Optional.of(origin(journal, journal.find(run.id())))
                .filter(origin -> origin.plan().kind() == Kind.TRANSFORM));
  }

  /** The run at the beginning of rollbacks and rollbacks of rollbacks; itself if it is none. */
  static Run origin(Journal journal, Run run) {
    Run origin = run;
    while (origin.plan().kind() == Kind.ROLLBACK && origin.plan().reverts().isPresent()) {
      origin = journal.find(origin.plan().reverts().getAsLong());
    }
    return origin;
  }

  /** Writes a request into the journal. */
  static <T> T request(OpenProject open, Function<Session, T> request) {
    try (Session session = open.database().openForWriting(Timeouts.WRITING)) {
      return request.apply(session);
    }
  }
}
