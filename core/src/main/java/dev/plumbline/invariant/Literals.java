package dev.plumbline.invariant;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;

/** Writes the values of the project's files as SQL. */
public final class Literals {
  private final Dialect dialect;

  public Literals(Dialect dialect) {
    this.dialect = dialect;
  }

  /** A literal, or the expression in parentheses. */
  public Sql value(Value value) {
    return switch (value) {
      case Value.Null none -> Sql.of("NULL");
      case Value.Bool bool -> Sql.of(bool.value() ? "TRUE" : "FALSE");
      case Value.Number number -> Sql.of(number.number().toPlainString());
      case Value.Text text -> Sql.of("{}", dialect.literal(text.text()));
      case Value.Expression expression -> Sql.of("({})", expression.sql());
    };
  }
}
