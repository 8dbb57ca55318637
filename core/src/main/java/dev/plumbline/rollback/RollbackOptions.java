package dev.plumbline.rollback;

import dev.plumbline.dialect.Key;
import java.util.List;

/**
 * What part of a run to take back.
 *
 * @param keys only the rows with these keys, of whichever table the run changed; empty: all
 */
public record RollbackOptions(List<Key> keys) {
  public RollbackOptions {
    keys = List.copyOf(keys);
  }

  /** The whole run. */
  public static RollbackOptions whole() {
    return new RollbackOptions(List.of());
  }
}
