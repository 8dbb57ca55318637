package dev.plumbline.dialect;

import java.util.List;

/**
 * A guard as SQL.
 *
 * @param statements what makes it, in order
 * @param objects what they make, and the columns that it reads: they must stay as they are
 */
public record GuardSql(List<String> statements, List<Made> objects) {
  public GuardSql {
    statements = List.copyOf(statements);
    objects = List.copyOf(objects);
  }

  /** What sort of object it is. */
  public enum Sort {
    FUNCTION,
    TRIGGER,
    TABLE,
    /** Of a table of the user's; no part of the guard, but named in its functions. */
    COLUMN
  }

  /**
   * An object of a guard.
   *
   * @param name unquoted
   * @param on the table that a trigger or a column is on, as in SQL; empty for the others
   */
  public record Made(Sort sort, String name, String on) {}
}
