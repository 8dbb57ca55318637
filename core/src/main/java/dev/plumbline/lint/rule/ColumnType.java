package dev.plumbline.lint.rule;

import dev.plumbline.lint.Trees;
import dev.plumbline.parser.Node;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A column's type as written.
 *
 * @param limits what stands in parentheses, such as a length, or precision and scale
 * @param dimensions how many brackets follow
 */
record ColumnType(String name, List<Integer> limits, int dimensions) {
  private static final Set<String> GROWING =
      Set.of("varchar", "varbit", "timestamp", "timestamptz", "time", "timetz");
  private static final int NONE = -1;

  ColumnType {
    limits = List.copyOf(limits);
  }

  /** A node {@code TypeName}. */
  static ColumnType of(Node typeName) {
    return new ColumnType(
        Trees.type(typeName),
        typeName.at("typmods").items().stream()
            .map(item -> item.at("A_Const").at("ival"))
            .map(value -> value.at("ival").number().orElse(value.has("ival") ? NONE : 0))
            .toList(),
        typeName.at("arrayBounds").items().size());
  }

  /**
   * Whether PostgreSQL takes the rows as they are when a column becomes of another type. See "ALTER
   * TABLE", Notes, in its documentation.
   */
  boolean becomes(ColumnType other) {
    if (dimensions != other.dimensions) {
      return false;
    }
    if (Stream.of(name, other.name).allMatch(Set.of("text", "varchar")::contains)) {
      return other.limits.isEmpty() || (!limits.isEmpty() && grows(other));
    }
    if (name.equals("numeric") && other.name.equals("numeric")) {
      return other.limits.isEmpty()
          || (!limits.isEmpty() && scale() == other.scale() && grows(other));
    }
    if (name.equals(other.name)) {
      return limits.equals(other.limits)
          || (GROWING.contains(name)
              && (other.limits.isEmpty() || (!limits.isEmpty() && grows(other))));
    }
    return name.equals("cidr") && other.name.equals("inet");
  }

  private boolean grows(ColumnType other) {
    return other.limits.getFirst() >= limits.getFirst();
  }

  private int scale() {
    return limits.size() > 1 ? limits.get(1) : 0;
  }

  /** Whether any other text fits in. */
  boolean isUnlimitedText() {
    return limits.isEmpty() && Set.of("text", "varchar").contains(name);
  }

  boolean isTimestamp() {
    return Set.of("timestamp", "timestamptz").contains(name);
  }

  /** As PostgreSQL writes it. */
  String sql() {
    String usual =
        switch (name) {
          case "int4" -> "integer";
          case "int8" -> "bigint";
          case "int2" -> "smallint";
          case "bool" -> "boolean";
          case "float8" -> "double precision";
          case "float4" -> "real";
          case "bpchar" -> "char";
          default -> name;
        };
    String inside = String.join(", ", limits.stream().map(String::valueOf).toList());
    return usual + (limits.isEmpty() ? "" : "(" + inside + ")") + "[]".repeat(dimensions);
  }
}
