package dev.plumbline.lint;

import java.util.List;

/**
 * When a trigger fires.
 *
 * @param columns those of {@code UPDATE OF}; empty for any
 */
public record TriggerEvents(boolean insert, boolean update, boolean delete, List<String> columns) {
  // trigger.h: TRIGGER_TYPE_INSERT, _DELETE, _UPDATE
  private static final int INSERT = 4;
  private static final int DELETE = 8;
  private static final int UPDATE = 16;

  public TriggerEvents {
    columns = List.copyOf(columns);
  }

  static TriggerEvents of(int bits, List<String> columns) {
    return new TriggerEvents(
        (bits & INSERT) != 0, (bits & UPDATE) != 0, (bits & DELETE) != 0, columns);
  }
}
