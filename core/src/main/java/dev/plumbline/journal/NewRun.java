package dev.plumbline.journal;

import dev.plumbline.dialect.Key;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a run is about to do.
 *
 * @param kind what sort of run
 * @param invariant the invariant's name, the transform's, or the migration's file
 * @param definition the text of its file, with which the run goes on whatever becomes of the file
 * @param scope what part of it
 * @param strategy how the work is cut into slices
 * @param batchSize the rows of a batch, where somebody said so
 * @param reverts the run that it takes back
 * @param planned how many rows it expects to change
 * @param partOf the migration's step that it is, where it is one; not read back: see {@link Steps}
 */
public record NewRun(
    Kind kind,
    String invariant,
    String definition,
    String checksum,
    Scope scope,
    Strategy strategy,
    OptionalInt batchSize,
    int workers,
    OptionalLong reverts,
    long planned,
    Optional<PartOf> partOf) {

  /**
   * A step of a migration's run that is a run itself.
   *
   * @param run the migration's
   * @param n the step's number in it, from 1
   */
  public record PartOf(long run, int n) {}

  /** What sort of run. */
  public enum Kind {
    REPAIR,
    ROLLBACK,
    /** Documents, each transformed and proven. */
    TRANSFORM,
    /** A migration's steps, one after the other. */
    MIGRATION,
    /** The steps that take a migration back. */
    UNDO;

    /** Whether it consists of a migration file's steps. */
    public boolean hasSteps() {
      return switch (this) {
        case MIGRATION, UNDO -> true;
        case REPAIR, ROLLBACK, TRANSFORM -> false;
      };
    }
  }

  /** How the work is cut into slices. */
  public enum Strategy {
    /** A list of violating keys, made at the start. */
    WORKLIST,
    /** Ranges of the table's key, one after the other. */
    SCAN,
    /** The batches of another run, backwards. */
    BATCHES,
    /** The steps of a migration's file. */
    STEPS
  }

  /**
   * What part of the invariant a run is about.
   *
   * @param where a further condition; of a transform: the place after which it begins
   * @param keys only these keys; empty: all
   * @param limit at most so many
   */
  public record Scope(Optional<String> where, List<Key> keys, OptionalLong limit) {
    public Scope {
      keys = List.copyOf(keys);
    }

    public static Scope whole() {
      return new Scope(Optional.empty(), List.of(), OptionalLong.empty());
    }

    public boolean isWhole() {
      return where.isEmpty() && keys.isEmpty() && limit.isEmpty();
    }
  }
}
