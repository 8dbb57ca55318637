package dev.plumbline.lint;

import dev.plumbline.parser.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads columns and constraints out of parse trees. */
final class Definitions {
  private Definitions() {}

  /** A node {@code ColumnDef}. */
  static ColumnDefinition column(Node tree) {
    List<Node> constraints =
        tree.at("constraints").items().stream().map(c -> c.at("Constraint")).toList();
    return new ColumnDefinition(
        tree.text("colname"),
        constraints.stream().anyMatch(Definitions::demandsValue),
        constraints.stream()
            .filter(c -> c.text("contype").equals("CONSTR_DEFAULT"))
            .map(c -> c.at("raw_expr"))
            .findFirst(),
        Trees.isSerial(tree.at("typeName"))
            || constraints.stream().anyMatch(Definitions::fillsItself),
        tree);
  }

  private static boolean demandsValue(Node constraint) {
    return switch (constraint.text("contype")) {
      case "CONSTR_NOTNULL", "CONSTR_PRIMARY" -> true;
      default -> false;
    };
  }

  private static boolean fillsItself(Node constraint) {
    return switch (constraint.text("contype")) {
      case "CONSTR_GENERATED", "CONSTR_IDENTITY" -> true;
      default -> false;
    };
  }

  /** The constraints that stand with a column, {@code NOT NULL} excepted. */
  static Stream<Constraint> constraintsOf(Node columnDef) {
    return columnDef.at("constraints").items().stream()
        .map(c -> c.at("Constraint"))
        .flatMap(c -> constraint(c, List.of(columnDef.text("colname"))).stream())
        .filter(c -> c.kind() != Constraint.Kind.NOT_NULL);
  }

  /** A node {@code Constraint}; empty for what demands nothing of a row, such as a default. */
  static Optional<Constraint> constraint(Node tree, List<String> ownColumns) {
    return kind(tree.text("contype"))
        .map(
            kind ->
                new Constraint(
                    kind,
                    tree.text("conname"),
                    ownColumns.isEmpty() ? columns(kind, tree) : ownColumns,
                    tree.is("skip_validation"),
                    !tree.text("indexname").isEmpty(),
                    tree));
  }

  private static Optional<Constraint.Kind> kind(String contype) {
    return Optional.ofNullable(
        switch (contype) {
          case "CONSTR_PRIMARY" -> Constraint.Kind.PRIMARY_KEY;
          case "CONSTR_UNIQUE" -> Constraint.Kind.UNIQUE;
          case "CONSTR_CHECK" -> Constraint.Kind.CHECK;
          case "CONSTR_FOREIGN" -> Constraint.Kind.FOREIGN_KEY;
          case "CONSTR_EXCLUSION" -> Constraint.Kind.EXCLUDE;
          case "CONSTR_NOTNULL" -> Constraint.Kind.NOT_NULL;
          default -> null;
        });
  }

  private static List<String> columns(Constraint.Kind kind, Node tree) {
    return switch (kind) {
      case PRIMARY_KEY, UNIQUE, NOT_NULL -> Trees.names(tree.at("keys"));
      case FOREIGN_KEY -> Trees.names(tree.at("fk_attrs"));
      case CHECK -> Trees.columns(tree.at("raw_expr"));
      case EXCLUDE -> Trees.columns(tree.at("exclusions"));
    };
  }
}
