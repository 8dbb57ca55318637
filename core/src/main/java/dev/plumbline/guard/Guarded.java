package dev.plumbline.guard;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.GuardColumn;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Exactly;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Columns as guards take them. */
final class Guarded {
  private static final Set<String> WHOLE_NUMBERS = Set.of("smallint", "integer", "bigint");

  private static final Set<String> FLOATS = Set.of("real", "double precision");

  private Guarded() {}

  static GuardColumn column(Dialect dialect, Column column) {
    return new GuardColumn(
        column.name(),
        column.type(),
        !column.notNull(),
        (left, right) -> Exactly.differ(dialect, column, left, right));
  }

  /** Whether equal values of each pair have equal texts, whatever the session's settings. */
  static List<Boolean> hashed(List<Column> left, List<Column> right) {
    return IntStream.range(0, left.size())
        .mapToObj(i -> hashed(left.get(i), right.get(i)))
        .toList();
  }

  private static boolean hashed(Column left, Column right) {
    boolean numbers = WHOLE_NUMBERS.contains(left.type()) && WHOLE_NUMBERS.contains(right.type());
    boolean uuids = left.type().equals("uuid") && right.type().equals("uuid");
    return numbers || uuids || (isText(left) && isText(right));
  }

  /**
   * Whether two columns call the same values equal. Where one calls equal what the other tells
   * apart, keys that are collected in the one are lost to the other.
   *
   * @param ofTable whether both are columns of tables: a query's column shows no collation
   */
  static boolean alike(Column left, Column right, boolean ofTable) {
    boolean asText = left.exact() == Column.Comparison.TEXT;
    boolean sameCase = asText == (right.exact() == Column.Comparison.TEXT);
    boolean sameCollation = !ofTable || left.exact() == right.exact();
    return sameCase
        && sameCollation
        && FLOATS.contains(left.type()) == FLOATS.contains(right.type());
  }

  private static boolean isText(Column column) {
    return column.exact() == Column.Comparison.PLAIN
        && (column.type().equals("text") || column.type().startsWith("character varying"));
  }
}
