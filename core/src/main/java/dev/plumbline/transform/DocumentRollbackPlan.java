package dev.plumbline.transform;

import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.Run;
import java.util.List;
import java.util.Optional;

/**
 * Exactly what a rollback of documents will do, found out without writing anything.
 *
 * @param run the run that is taken back
 * @param place where the documents are, for people
 * @param restored documents that will be as they were before the run
 * @param inPart documents that will be so, or merged, but for what somebody has changed beside the
 *     text
 * @param already documents that are so already
 * @param merged documents that will have their old shape, with what was changed since
 * @param conflicts documents that will be kept as they are; with the four numbers before, all that
 *     the run has written in scope
 * @param kept the first of those that are kept, wholly or in part
 * @param mergedPaths the first of those that are merged, with what was changed since
 * @param active a run of the transform that has not ended; until it has, no other begins
 */
public record DocumentRollbackPlan(
    Run run,
    DocumentRollbackOptions options,
    String place,
    long restored,
    long inPart,
    long already,
    long merged,
    long conflicts,
    List<Kept> kept,
    List<Kept> mergedPaths,
    Optional<Run> active) {
  public DocumentRollbackPlan {
    kept = List.copyOf(kept);
    mergedPaths = List.copyOf(mergedPaths);
  }

  /**
   * A document that somebody has changed since.
   *
   * @param id as people write it
   * @param paths where in the document; a single empty one: the whole of it
   * @param why in words
   */
  public record Kept(String id, List<String> paths, String why) {
    public Kept {
      paths = List.copyOf(paths);
    }

    /** The reason, and where. */
    public String sentence() {
      return Reverted.sentence(why, paths);
    }
  }

  /** How many documents will be written. */
  public long toWrite() {
    return restored + inPart + merged;
  }

  /** Whether there is nothing to restore, so that a run would do nothing. */
  public boolean nothingToDo() {
    return toWrite() == 0;
  }

  /** How many documents will be kept, wholly or in part. */
  public long keeping() {
    return inPart + conflicts;
  }

  /** Planned; a warning where anything will be kept. */
  public ExitCode exitCode() {
    return keeping() > 0 ? ExitCode.WARNING : ExitCode.OK;
  }
}
