package dev.plumbline.claim;

import dev.plumbline.parser.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares an expression as written with the one that PostgreSQL prints. It prints what it
 * understood: with casts, with {@code = ANY (ARRAY[…])} for {@code IN}, with comparisons for {@code
 * BETWEEN}, and with constants of some types in a form of their own.
 */
final class Expressions {
  private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric");
  private static final Set<String> TEXTS = Set.of("text", "varchar");

  private Expressions() {}

  /** Whether it is {@code NULL}, cast or not. */
  static boolean isNull(Node expression) {
    return bare(expression).at("A_Const").is("isnull");
  }

  static Likeness likeness(Node written, Node printed) {
    return structure(written, printed).and(columns(written, printed));
  }

  /** Whatever else is printed differently, the columns are not. */
  private static Likeness columns(Node written, Node printed) {
    Optional<Set<String>> one = columns(written);
    Optional<Set<String>> other = columns(printed);
    boolean known = one.isPresent() && other.isPresent();
    return known ? Likeness.of(one.equals(other)) : Likeness.UNSURE;
  }

  /** The columns' names; empty where one may be meant without being named. */
  private static Optional<Set<String>> columns(Node expression) {
    Set<String> found = new HashSet<>();
    return collectColumns(expression, found) ? Optional.of(found) : Optional.empty();
  }

  /** Whether the columns of all parts are known. */
  private static boolean collectColumns(Node node, Set<String> found) {
    return switch (node) {
      case Node.Leaf leaf -> true;
      case Node.Place place -> true;
      case Node.Items items -> items.items().stream().allMatch(i -> collectColumns(i, found));
      case Node.Fields fields ->
          fields.fields().entrySet().stream()
              .allMatch(field -> collectColumns(field.getKey(), field.getValue(), found));
    };
  }

  private static boolean collectColumns(String name, Node value, Set<String> found) {
    return switch (name) {
      case "SubLink", "A_Star", "A_Indirection" -> false;
      case "ColumnRef" -> {
        found.add(Trees.strings(value.at("fields")).getLast());
        yield collectColumns(value, found);
      }
      default -> collectColumns(value, found);
    };
  }

  private static Likeness structure(Node written, Node printed) {
    Node one = plain(bare(written));
    Node other = plain(bare(printed));
    if (!one.kind().equals(other.kind())) {
      return Likeness.UNSURE;
    }
    Node a = one.at(one.kind());
    Node b = other.at(one.kind());
    return switch (one.kind()) {
      case "A_Const" -> constant(written, a, printed, b);
      case "ColumnRef" -> column(a, b);
      case "BoolExpr" -> junction(a, b);
      case "A_Expr" -> operation(a, b);
      case "FuncCall" -> call(a, b);
      case "NullTest" ->
          Likeness.of(a.text("nulltesttype").equals(b.text("nulltesttype")))
              .and(structure(a.at("arg"), b.at("arg")));
      case "CoalesceExpr" -> each(a.at("args"), b.at("args"));
      case "A_ArrayExpr" -> each(a.at("elements"), b.at("elements"));
      default -> Shapes.same(one, other) ? Likeness.SAME : Likeness.UNSURE;
    };
  }

  private static Likeness each(Node written, Node printed) {
    return Likeness.each(written.items(), printed.items(), Likeness.UNSURE, Expressions::structure);
  }

  /** Without the casts around it. */
  private static Node bare(Node expression) {
    Node inner = expression;
    while (inner.has("TypeCast")) {
      inner = inner.at("TypeCast").at("arg");
    }
    return inner;
  }

  // --- as PostgreSQL understands them ---------------------------------------------------------

  /** {@code IN} and {@code BETWEEN} as what they stand for. */
  private static Node plain(Node expression) {
    Node operation = expression.at("A_Expr");
    List<Node> right = operation.at("rexpr").at("List").at("items").items();
    return switch (operation.text("kind")) {
      case "AEXPR_IN" -> in(operation, right);
      case "AEXPR_BETWEEN" -> between("AND_EXPR", ">=", "<=", operation, right);
      case "AEXPR_NOT_BETWEEN" -> between("OR_EXPR", "<", ">", operation, right);
      default -> expression;
    };
  }

  private static Node in(Node operation, List<Node> right) {
    boolean constants = right.stream().allMatch(item -> bare(item).has("A_Const"));
    if (right.size() == 1) {
      return operation("AEXPR_OP", operator(operation), operation.at("lexpr"), right.getFirst());
    }
    if (!constants) {
      return node("InList", operation); // printed as an array, as comparisons, or as both
    }
    boolean not = operator(operation).equals("<>");
    Node array = node("A_ArrayExpr", node("elements", new Node.Items(right)));
    return operation(
        not ? "AEXPR_OP_ALL" : "AEXPR_OP_ANY", operator(operation), operation.at("lexpr"), array);
  }

  private static Node between(
      String junction, String low, String high, Node operation, List<Node> right) {
    Node left = operation.at("lexpr");
    List<Node> both =
        List.of(
            operation("AEXPR_OP", low, left, right.getFirst()),
            operation("AEXPR_OP", high, left, right.getLast()));
    return node(
        "BoolExpr",
        Trees.with(node("boolop", new Node.Leaf(junction)), "args", new Node.Items(both)));
  }

  private static Node node(String name, Node value) {
    return Trees.with(Node.Fields.NONE, name, value);
  }

  private static Node operation(String kind, String operator, Node left, Node right) {
    Node made = node("kind", new Node.Leaf(kind));
    made = Trees.with(made, "name", Trees.list(List.of(operator)));
    made = Trees.with(made, "lexpr", left);
    return node("A_Expr", Trees.with(made, "rexpr", right));
  }

  private static String operator(Node operation) {
    List<String> name = Trees.strings(operation.at("name"));
    return name.isEmpty() ? "" : name.getLast();
  }

  // --- node by node ---------------------------------------------------------------------------

  private static Likeness column(Node written, Node printed) {
    List<Node> a = written.at("fields").items();
    List<Node> b = printed.at("fields").items();
    if (a.getLast().has("A_Star") || b.getLast().has("A_Star")) {
      return Likeness.UNSURE;
    }
    return Likeness.of(Trees.string(a.getLast()).equals(Trees.string(b.getLast()))).and(rows(a, b));
  }

  /** {@code OLD} is not {@code NEW}; other qualifiers may be printed or not. */
  private static Likeness rows(List<Node> written, List<Node> printed) {
    if (written.size() != 2 || printed.size() != 2) {
      return Likeness.SAME;
    }
    String a = Trees.string(written.getFirst());
    String b = Trees.string(printed.getFirst());
    Set<String> rows = Set.of("old", "new");
    return rows.contains(a) && rows.contains(b) ? Likeness.of(a.equals(b)) : Likeness.SAME;
  }

  private static Likeness junction(Node written, Node printed) {
    String kind = written.text("boolop");
    if (!kind.equals(printed.text("boolop"))) {
      return Likeness.UNSURE;
    }
    return Likeness.each(
        flat(kind, written), flat(kind, printed), Likeness.UNSURE, Expressions::structure);
  }

  private static List<Node> flat(String kind, Node junction) {
    List<Node> flat = new ArrayList<>();
    for (Node argument : junction.at("args").items()) {
      Node inner = plain(bare(argument)).at("BoolExpr");
      if (!kind.equals("NOT_EXPR") && inner.text("boolop").equals(kind)) {
        flat.addAll(flat(kind, inner));
      } else {
        flat.add(argument);
      }
    }
    return flat;
  }

  private static Likeness operation(Node written, Node printed) {
    if (!sort(written).equals(sort(printed))) {
      return Likeness.UNSURE;
    }
    Likeness operator = Likeness.of(operator(written).equals(operator(printed)));
    boolean ofRows = written.at("lexpr").has("RowExpr") || printed.at("lexpr").has("RowExpr");
    if (ofRows) {
      return Likeness.UNSURE;
    }
    return operator
        .and(structure(written.at("lexpr"), printed.at("lexpr")))
        .and(structure(written.at("rexpr"), printed.at("rexpr")));
  }

  /** LIKE and its kin are operators by other names. */
  private static String sort(Node operation) {
    return switch (operation.text("kind")) {
      case "AEXPR_LIKE", "AEXPR_ILIKE", "AEXPR_SIMILAR" -> "AEXPR_OP";
      default -> operation.text("kind");
    };
  }

  private static Likeness call(Node written, Node printed) {
    List<String> a = Trees.strings(written.at("funcname"));
    List<String> b = Trees.strings(printed.at("funcname"));
    if (!a.getLast().equals(b.getLast())) {
      boolean both = isPlainCall(written) && isPlainCall(printed);
      return both ? Likeness.DIFFERENT : Likeness.UNSURE;
    }
    return each(written.at("args"), printed.at("args"));
  }

  private static boolean isPlainCall(Node call) {
    return call.text("funcformat").equals("COERCE_EXPLICIT_CALL");
  }

  // --- constants ------------------------------------------------------------------------------

  private static Likeness constant(Node written, Node a, Node printed, Node b) {
    if (a.is("isnull") || b.is("isnull")) {
      return a.is("isnull") && b.is("isnull") ? Likeness.SAME : Likeness.UNSURE;
    }
    String one = text(a);
    String other = text(b);
    if (one.equals(other)) {
      return Likeness.SAME;
    }
    Optional<String> type = castTo(printed);
    if (a.has("sval")) {
      boolean texts = b.has("sval") && type.filter(TEXTS::contains).isPresent();
      return texts && castTo(written).isEmpty() ? Likeness.DIFFERENT : Likeness.UNSURE;
    }
    boolean numbers = type.isEmpty() ? !b.has("sval") : NUMBERS.contains(type.get());
    Optional<BigDecimal> left = number(one);
    Optional<BigDecimal> right = number(other);
    if (!numbers || castTo(written).isPresent() || left.isEmpty() || right.isEmpty()) {
      return Likeness.UNSURE;
    }
    return Likeness.of(left.get().compareTo(right.get()) == 0);
  }

  private static Optional<String> castTo(Node expression) {
    return Optional.of(expression.at("TypeCast").at("typeName"))
        .filter(type -> !type.equals(Node.Fields.NONE))
        .map(type -> Trees.strings(type.at("names")).getLast());
  }

  /** A zero, {@code false} and an empty text are left out of the tree. */
  private static String text(Node constant) {
    if (constant.has("ival")) {
      String value = constant.at("ival").text("ival");
      return value.isEmpty() ? "0" : value;
    }
    if (constant.has("boolval")) {
      return constant.at("boolval").is("boolval") ? "true" : "false";
    }
    return constant.has("fval")
        ? constant.at("fval").text("fval")
        : constant.at("sval").text("sval") + constant.at("bsval").text("bsval");
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty(); // 1_000, 0x1F, NaN
    }
  }
}
