package dev.plumbline.rollback;

import dev.plumbline.dialect.Key;
import java.util.List;

/**
 * What part of a run to take back.
 *
 * @param keys only the rows with these keys, of whichever table the run changed; empty: all
 * @param undoing the migration that the run belongs to is being undone
 */
public record RollbackOptions(List<Key> keys, boolean undoing) {
  public RollbackOptions {
    keys = List.copyOf(keys);
  }

  /** Only the rows with these keys; empty: all. */
  public static RollbackOptions of(List<Key> keys) {
    return new RollbackOptions(keys, false);
  }

  /** The whole run. */
  public static RollbackOptions whole() {
    return of(List.of());
  }

  /** The whole run, as a part of undoing its migration. */
  public static RollbackOptions withItsMigration() {
    return new RollbackOptions(List.of(), true);
  }
}
