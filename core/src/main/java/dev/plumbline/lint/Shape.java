package dev.plumbline.lint;

import dev.plumbline.parser.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a tree as a text in which two ways to write the same are equal: without places, aliases,
 * qualifiers and casts, and with operands of {@code =} and {@code AND} in one order. It may call
 * different what is the same in the end, such as a join and a subquery.
 */
public final class Shape {
  /** What does not change the result. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "location", "alias", "inh", "relpersistence", "funcformat", "schemaname", "sortClause");

  private Shape() {}

  /** The text. */
  public static String of(Node node) {
    return switch (node) {
      case Node.Leaf leaf -> leaf.value();
      case Node.Place place -> "";
      case Node.Items items ->
          items.items().stream().map(Shape::of).collect(Collectors.joining(",", "[", "]"));
      case Node.Fields fields -> {
        Map.Entry<String, Node> only = fields.only().orElse(null);
        yield only == null ? fields(fields) : wrapped(only.getKey(), only.getValue(), fields);
      }
    };
  }

  private static String wrapped(String kind, Node body, Node.Fields whole) {
    return switch (kind) {
      case "ColumnRef" -> column(body);
      case "TypeCast" -> of(body.at("arg"));
      case "ResTarget" -> of(body.at("val"));
      case "RangeVar" -> body.text("relname");
      case "SubLink" ->
          body.text("subLinkType") + of(body.at("testexpr")) + of(body.at("subselect"));
      case "SelectStmt" -> fields((Node.Fields) body);
      case "A_Expr" -> operator(body);
      case "BoolExpr" -> bool(body);
      case "FuncCall" -> call(body);
      case "CoalesceExpr" -> coalesce(body);
      default -> fields(whole);
    };
  }

  private static String column(Node reference) {
    List<String> names = Trees.names(reference.at("fields"));
    return names.isEmpty() ? "*" : names.getLast();
  }

  private static String operator(Node expression) {
    String name = String.join(".", Trees.names(expression.at("name")));
    Stream<String> operands = Stream.of(of(expression.at("lexpr")), of(expression.at("rexpr")));
    boolean symmetric = Set.of("=", "<>", "+", "*").contains(name);
    return "("
        + (symmetric ? operands.sorted() : operands)
            .collect(Collectors.joining(" " + expression.text("kind") + name + " "))
        + ")";
  }

  private static String bool(Node expression) {
    String operator = expression.text("boolop");
    return expression.at("args").items().stream()
        .map(Shape::of)
        .sorted()
        .collect(Collectors.joining(" " + operator + " ", operator + "(", ")"));
  }

  /** {@code count(1)} is {@code count(*)}. */
  private static String call(Node call) {
    List<String> names = Trees.names(call.at("funcname"));
    String name = names.isEmpty() ? "" : names.getLast();
    List<Node> arguments = call.at("args").items();
    boolean counts = name.equals("count") && arguments.size() == 1;
    return counts && arguments.getFirst().has("A_Const")
        ? "count(*)"
        : name
            + (call.is("agg_distinct") ? " distinct" : "")
            + "("
            + (call.is("agg_star")
                ? "*"
                : arguments.stream().map(Shape::of).collect(Collectors.joining(",")))
            + ")"
            + (call.has("agg_filter") ? "filter" + of(call.at("agg_filter")) : "")
            + (call.has("over") ? "over" + of(call.at("over")) : "");
  }

  /** A count is never NULL: what stands in for it changes nothing. */
  private static String coalesce(Node body) {
    List<Node> arguments = body.at("args").items();
    String first = of(arguments.getFirst());
    return first.contains("[count(") || first.startsWith("count(")
        ? first
        : arguments.stream().map(Shape::of).collect(Collectors.joining(",", "coalesce(", ")"));
  }

  private static String fields(Node.Fields fields) {
    return fields.fields().entrySet().stream()
        .filter(field -> !LEFT_OUT.contains(field.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .map(field -> field.getKey() + of(field.getValue()))
        .collect(Collectors.joining(" ", "{", "}"));
  }
}
