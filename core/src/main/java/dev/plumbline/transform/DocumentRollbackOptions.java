package dev.plumbline.transform;

import dev.plumbline.dialect.Key;
import java.util.List;

/**
 * What part of a run over documents to take back, and how.
 *
 * @param keys only these documents; empty: all
 * @param merge whether what somebody has changed since is carried into the old shape
 * @param workers how many batches at once
 */
public record DocumentRollbackOptions(List<Key> keys, boolean merge, int workers) {
  public DocumentRollbackOptions {
    keys = keys.stream().distinct().toList();
  }

  /** The whole run; what was changed since is kept. */
  public static DocumentRollbackOptions whole() {
    return new DocumentRollbackOptions(List.of(), false, 1);
  }
}
