package dev.plumbline.lint;

import dev.plumbline.parser.Node;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Questions to parse trees that more than one place asks. */
public final class Trees {
  private static final Set<String> SERIAL =
      Set.of("serial", "serial4", "bigserial", "serial8", "smallserial", "serial2");

  private Trees() {}

  /** The texts of a list of names, {@code [{String: {sval: a}}, …]}. */
  public static List<String> names(Node list) {
    return list.items().stream()
        .map(item -> item.at("String").text("sval"))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** The columns that an expression reads: the last part of each reference. */
  public static List<String> columns(Node expression) {
    return expression
        .all("ColumnRef")
        .map(reference -> names(reference.at("fields")))
        .filter(parts -> !parts.isEmpty())
        .map(List::getLast)
        .distinct()
        .toList();
  }

  /** The tables that a statement or expression names, those that it writes included. */
  public static List<Relation> tables(Node tree) {
    return tree.having("relname").map(Relation::of).distinct().toList();
  }

  /** The first place that PostgreSQL noted in a tree, in the order of the text. */
  public static OptionalInt start(Node tree) {
    return tree.having("location")
        .flatMapToInt(node -> node.location().stream())
        .filter(offset -> offset >= 0)
        .min();
  }

  /** The type's own name, without its schema. */
  public static String type(Node typeName) {
    List<String> names = names(typeName.at("names"));
    return names.isEmpty() ? "" : names.getLast();
  }

  static boolean isSerial(Node typeName) {
    return SERIAL.contains(type(typeName));
  }

  /** Whether an expression is the same for every row: it reads neither columns nor tables. */
  public static boolean isConstant(Node expression) {
    return Stream.of("ColumnRef", "SubLink")
        .noneMatch(k -> expression.all(k).findAny().isPresent());
  }
}
