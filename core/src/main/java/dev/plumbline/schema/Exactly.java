package dev.plumbline.schema;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;

/** Compares values of a column: NULL-safe, numbers by value, text by bytes. */
public final class Exactly {
  private Exactly() {}

  /** Whether two values of a column differ. */
  public static Sql differ(Dialect dialect, Column column, Sql left, Sql right) {
    return Sql.of(
        "{} IS DISTINCT FROM {}",
        comparable(dialect, column, left),
        comparable(dialect, column, right));
  }

  /** Whether two values of a column are the same. */
  public static Sql same(Dialect dialect, Column column, Sql left, Sql right) {
    return Sql.of(
        "{} IS NOT DISTINCT FROM {}",
        comparable(dialect, column, left),
        comparable(dialect, column, right));
  }

  private static Sql comparable(Dialect dialect, Column column, Sql value) {
    return switch (column.exact()) {
      case PLAIN -> value;
      case BYTES -> dialect.byBytes(value);
      case TEXT -> dialect.text(value);
    };
  }
}
