package dev.plumbline.lint.rule;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Name;
import dev.plumbline.invariant.Derive;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Shape;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.parser.Node;
import dev.plumbline.parser.Parsed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An expression of the row that gives a column its value.
 *
 * @param sql as people read it
 * @param shape equal for two ways to write the same
 */
record Formula(String sql, String shape) {

  /** A formula in SQL; empty if it cannot be read. */
  static Optional<Formula> of(String sql, Surroundings around) {
    Parsed parsed = around.parser().parse("SELECT " + sql);
    return parsed.errors().isEmpty() && parsed.statements().size() == 1
        ? parsed.statements().getFirst().tree().at("targetList").items().stream()
            .findFirst()
            .map(target -> of(target.at("ResTarget").at("val"), sql))
        : Optional.empty();
  }

  static Formula of(Node tree, String sql) {
    return new Formula(sql.replaceAll("\\s+", " ").strip(), Shape.of(tree));
  }

  /**
   * What an invariant says of a column; empty where it reads from a query, or not of this column.
   */
  static Optional<Formula> of(Derive derive, String column, Surroundings around) {
    return derive.columns().entrySet().stream()
        .filter(entry -> Relation.written(entry.getKey().text()).name().equals(column))
        .map(Map.Entry::getValue)
        .findFirst()
        .flatMap(expression -> sql(derive, expression))
        .flatMap(sql -> of(sql, around));
  }

  private static Optional<String> sql(Derive derive, Fragment expression) {
    if (derive.source().isEmpty()) {
      return Optional.of(expression.text());
    }
    Derive.Source source = derive.source().get();
    String from = source.from().text().strip();
    if (!from.matches("[\\w.\"]+") || !source.empty().isEmpty()) {
      return Optional.empty();
    }
    String condition =
        source.by().entrySet().stream()
            .map(by -> equality(derive, from, by))
            .collect(Collectors.joining(" AND "));
    return Optional.of(
        "(SELECT " + expression.text() + " FROM " + from + " WHERE " + condition + ")");
  }

  private static String equality(Derive derive, String from, Map.Entry<Name, Name> by) {
    return from + "." + by.getKey() + " = " + derive.table() + "." + by.getValue();
  }

  boolean same(Formula other) {
    return shape.equals(other.shape);
  }

  /** The invariants that derive a column of a table. */
  static List<Derive> deriving(Relation table, String column, Surroundings around) {
    return around.invariants().stream()
        .filter(Derive.class::isInstance)
        .map(Derive.class::cast)
        .filter(derive -> Relation.written(derive.table().text()).same(table))
        .filter(
            derive ->
                derive.columns().keySet().stream()
                    .anyMatch(name -> Relation.written(name.text()).name().equals(column)))
        .toList();
  }
}
