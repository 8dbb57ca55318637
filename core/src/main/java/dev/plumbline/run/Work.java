package dev.plumbline.run;

import dev.plumbline.error.PlumblineException;
import java.util.List;
import java.util.Optional;

/**
 * What a run does. The loop asks for slices, has them applied, each in one transaction, and at the
 * end has the whole verified.
 *
 * @param <S> a slice of the work
 */
public interface Work<S> {

  /** What applying a slice brought. */
  record Applied(long rows, Signal signal) {}

  /** What somebody has asked of the run; read in the transaction of each batch. */
  enum Signal {
    GO_ON,
    PAUSE,
    CANCEL
  }

  /**
   * What the verification found.
   *
   * @param remaining violations in the run's scope
   * @param fresh those of them that a further pass may repair
   */
  record Verified(long remaining, long fresh) {}

  /**
   * Reads from the journal what is done already; called before the first slice and after an outage.
   */
  void reload();

  /**
   * The next slice of about that many rows; empty when none is left. One thread at a time calls it.
   */
  Optional<S> next(int rows);

  /**
   * Does a slice: data, before-images and checkpoint in one transaction. Several threads may call
   * it.
   *
   * @throws dev.plumbline.error.DatabaseException if the transaction failed; nothing of it remains
   */
  Applied apply(S slice);

  /** The slice in parts; empty where it is a single row. */
  List<S> split(S slice);

  /** Sets a single row aside with its error, and marks it as done with. */
  void quarantine(S single, PlumblineException error);

  /** Looks again, freshly, at everything in the run's scope. */
  Verified verify();

  /** Prepares a further pass over what the verification found. */
  void prepareNextPass();

  /**
   * The run goes from one state to another, unless somebody has asked for something else meanwhile.
   *
   * @return the state in which it then is: {@code to}, or {@code PAUSING} or {@code CANCELLING}
   * @throws PlumblineException if somebody else has taken the run over
   */
  RunState transition(RunState from, RunState to);
}
