package dev.plumbline.execution;

import dev.plumbline.audit.AuditResult;
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

  /** The fresh audit that ended the run; empty where none was made. */
  default Optional<AuditResult> verified() {
    return Optional.empty();
  }
}
