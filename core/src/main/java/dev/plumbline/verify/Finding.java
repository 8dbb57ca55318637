package dev.plumbline.verify;

import dev.plumbline.error.ExitCode;
import dev.plumbline.error.Position;
import java.util.Optional;

/**
 * Something that is recorded and not so, or could not be looked at.
 *
 * @param tracker whose record it is about, by its tool's label; empty: of none
 * @param revision the migration that answers for it
 * @param place where its file says so
 * @param about what it is about: an object, or the migration itself
 * @param what what was found, as the rest of a sentence
 * @param next what to do about it, a sentence or more
 * @param recovery of a false claim: what makes it true
 */
public record Finding(
    Sort sort,
    Optional<String> tracker,
    Optional<String> revision,
    Optional<Position> place,
    String about,
    String what,
    String next,
    Optional<Recovery> recovery) {

  /** One that no statement mends by itself. */
  Finding(
      Sort sort,
      Optional<String> tracker,
      Optional<String> revision,
      Optional<Position> place,
      String about,
      String what,
      String next) {
    this(sort, tracker, revision, place, about, what, next, Optional.empty());
  }

  /** A claim that is not true. */
  static Finding ofClaim(
      Tracked tracked,
      String revision,
      Optional<Position> place,
      String about,
      String what,
      Recovery recovery) {
    String statements = String.join("; ", recovery.statements());
    return new Finding(
        Sort.FALSE_CLAIM,
        Optional.of(tracked.label()),
        Optional.of(revision),
        place,
        about,
        what,
        statements.isEmpty()
            ? "Look at what is there, and make it as the migration says by hand."
            : (recovery.byHand()
                    ? "By hand, after a look at what is there: "
                    : "plumb verify --commit runs: ")
                + statements,
        Optional.of(recovery));
  }

  /** What is wrong. */
  public enum Sort {
    /** An applied migration says that something is there, or gone, and it is not so. */
    FALSE_CLAIM(ExitCode.FAILED),
    /** The tool recorded that the migration failed. */
    FAILED_MIGRATION(ExitCode.FAILED),
    /** The migration began and did not end. */
    HALF_DONE(ExitCode.FAILED),
    /** A build that failed left the index behind. */
    INVALID_INDEX(ExitCode.FAILED),
    /** Rows from before the constraint were never checked. */
    NOT_VALIDATED(ExitCode.WARNING),
    DISABLED_TRIGGER(ExitCode.WARNING),
    /** The file is not the one that was applied. */
    EDITED(ExitCode.WARNING),
    /** What is recorded cannot be looked at: its file is not there. */
    MISSING_FILE(ExitCode.WARNING),
    /** None of a tool's files were found, or none of its migrations can be looked at. */
    NOT_LOOKED_AT(ExitCode.WARNING),
    /** It comes before one that is recorded, and is not recorded itself. */
    SKIPPED(ExitCode.WARNING),
    /** Its file is there, and all that it makes; nothing is recorded. */
    NOT_RECORDED(ExitCode.WARNING),
    /** The tool's own lock is held. */
    LOCKED(ExitCode.WARNING),
    /** Nobody claims the object. */
    UNCLAIMED(ExitCode.WARNING),
    /** Another catalogue has it otherwise. */
    DRIFT(ExitCode.FAILED),
    /** Another catalogue prints it otherwise, which may mean the same. */
    PERHAPS_DRIFT(ExitCode.WARNING);

    private final ExitCode exitCode;

    Sort(ExitCode exitCode) {
      this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
      return exitCode;
    }
  }
}
