package dev.plumbline.invariant;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Exactly;
import java.util.List;
import java.util.stream.IntStream;

/** SQL expressions that the queries of several kinds share. */
final class Expressions {
  private final Dialect dialect;

  Expressions(Dialect dialect) {
    this.dialect = dialect;
  }

  /** A column of a relation. */
  Sql column(String relation, String name) {
    return Sql.of("{}.{}", relation, dialect.quote(name));
  }

  List<Sql> columns(String relation, List<Column> columns) {
    return columns.stream().map(c -> column(relation, c.name())).toList();
  }

  Sql as(Sql expression, String label) {
    return Sql.of("{} AS {}", expression, dialect.quote(label));
  }

  /** Whether two values of a column differ: NULL-safe, numbers by value, text by bytes. */
  Sql differ(Column column, Sql left, Sql right) {
    return Exactly.differ(dialect, column, left, right);
  }

  /** All pairs equal by {@code =}. */
  Sql equal(List<Sql> left, List<Sql> right) {
    return Sql.join(
        " AND ",
        IntStream.range(0, left.size())
            .mapToObj(i -> Sql.of("{} = {}", left.get(i), right.get(i)))
            .toList());
  }

  Sql anyNull(List<Sql> expressions) {
    return expressions.isEmpty()
        ? Sql.of("FALSE")
        : Sql.of(
            "({})",
            Sql.join(" OR ", expressions.stream().map(e -> Sql.of("{} IS NULL", e)).toList()));
  }

  Sql list(List<Sql> items) {
    return Sql.join(", ", items);
  }

  Sql value(Value value) {
    return new Literals(dialect).value(value);
  }
}
