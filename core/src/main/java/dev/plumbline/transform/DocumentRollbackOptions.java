package dev.plumbline.transform;

import dev.plumbline.dialect.Key;
import java.util.List;
import java.util.Optional;

/**
 * What part of a run over documents to take back, and how.
 *
 * @param keys only these documents; empty: all
 * @param merge whether what somebody has changed since is carried into the old shape
 * @param workers how many batches at once
 * @param movedTo where the documents are by now, if not where the run wrote them
 */
public record DocumentRollbackOptions(
    List<Key> keys, boolean merge, int workers, Optional<String> movedTo) {
  public DocumentRollbackOptions {
    keys = keys.stream().distinct().toList();
  }

  public DocumentRollbackOptions(List<Key> keys, boolean merge, int workers) {
    this(keys, merge, workers, Optional.empty());
  }

  /** The whole run; what was changed since is kept. */
  public static DocumentRollbackOptions whole() {
    return new DocumentRollbackOptions(List.of(), false, 1);
  }
}
