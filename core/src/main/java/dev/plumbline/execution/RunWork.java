package dev.plumbline.execution;

import dev.plumbline.audit.AuditResult;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.run.Work;
import java.util.Optional;

/**
 * The work of a run that the journal knows.
 *
 * @param <S> a slice of the work
 */
public interface RunWork<S> extends Work<S> {

  /** Gives what was set aside another chance, before a failed run goes on. */
  void again();

  /**
   * How many batches are worked on at once. Where a database takes one writer at a time, more than
   * one would only wait for each other.
   *
   * @param asked as many as were asked for
   */
  default int workers(Dialect journal, int asked) {
    return journal.writesAlone() ? 1 : asked;
  }

  /** The fresh audit that ended the run; empty where none was made. */
  default Optional<AuditResult> verified() {
    return Optional.empty();
  }
}
