package dev.plumbline.guard;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Problem;
import dev.plumbline.parser.Node;
import dev.plumbline.parser.Parsed;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.parser.Statement;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The user's SQL, read to see whether a trigger can keep it true: what it says must follow from the
 * rows that the triggers see, and from nothing else. What does not is added to the problems.
 */
final class UserSql {
  private static final String BEFORE_EXPRESSION = "SELECT ";

  /** Built in, and marked STABLE only since some of their forms look at the session's settings. */
  private static final Set<String> DETERMINED =
      Set.of(
          "age",
          "array_agg",
          "array_to_json",
          "array_to_string",
          "concat",
          "concat_ws",
          "date",
          "date_part",
          "date_trunc",
          "extract",
          "format",
          "json_agg",
          "json_build_array",
          "json_build_object",
          "json_object_agg",
          "jsonb_agg",
          "jsonb_build_array",
          "jsonb_build_object",
          "jsonb_object_agg",
          "row_to_json",
          "string_agg",
          "timestamptz",
          "timezone",
          "to_char",
          "to_date",
          "to_json",
          "to_jsonb",
          "to_number",
          "to_timestamp",
          "to_tsquery",
          "to_tsvector");

  private static final Set<String> CLOCK_WORDS = Set.of("now", "today", "tomorrow", "yesterday");

  private final Session session;
  private final PostgresParser parser;
  private final List<Problem> problems;

  UserSql(Session session, PostgresParser parser, List<Problem> problems) {
    this.session = session;
    this.parser = parser;
    this.problems = problems;
  }

  PostgresParser parser() {
    return parser;
  }

  /**
   * @throws PlumblineException (78) where the build has no parser
   */
  static PostgresParser requireParser() {
    if (!PostgresParser.isAvailable()) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          "A guard must read the invariant's SQL as PostgreSQL does, and this build of Plumbline"
              + " has no parser for it: npm was missing when it was built.",
          "Nothing was changed.",
          "Install Node.js, which brings npm, and build again: ./mvnw -Dmaven.test.skip=true"
              + " package");
    }
    return new PostgresParser();
  }

  /** Reads an expression or a condition over one row or the rows of one group. */
  Node expression(Fragment fragment, String instead) {
    Node tree = tree(fragment, BEFORE_EXPRESSION);
    check(fragment, tree, BEFORE_EXPRESSION.length(), instead);
    return tree;
  }

  /** Reads a query; what its FROM may hold is for the caller to say. */
  Node query(Fragment fragment) {
    Node tree = tree(fragment, "");
    check(
        fragment,
        tree,
        0,
        "write the query over tables joined in FROM, so that each row leads to its key");
    return tree;
  }

  private Node tree(Fragment fragment, String before) {
    Parsed parsed = parser.parse(before + fragment.text());
    if (!parsed.errors().isEmpty() || parsed.statements().size() != 1) {
      refuse(fragment, 0, "this cannot be read as one piece of SQL", "write it so that it can");
      return Node.Fields.NONE;
    }
    Statement statement = parsed.statements().getFirst();
    return statement.tree();
  }

  private void check(Fragment fragment, Node tree, int offset, String instead) {
    tree.all("SubLink")
        .findFirst()
        .ifPresent(
            node ->
                refuse(
                    fragment,
                    at(node, offset),
                    "a guard cannot follow a subquery: writes to its tables would go unseen",
                    instead));
    tree.all("SQLValueFunction")
        .findFirst()
        .ifPresent(
            node ->
                refuse(
                    fragment,
                    at(node, offset),
                    "a guard cannot keep true what changes by itself: no write tells that the"
                        + " clock or the user has changed",
                    "compare with a column instead"));
    tree.all("TypeCast")
        .filter(UserSql::isClock)
        .findFirst()
        .ifPresent(
            node ->
                refuse(
                    fragment,
                    at(node, offset),
                    "a guard cannot keep true what changes by itself: this text stands for the"
                        + " clock",
                    "compare with a column instead"));
    tree.all("FuncCall").forEach(call -> function(fragment, call, offset));
  }

  private static boolean isClock(Node cast) {
    String text = cast.at("arg").at("A_Const").at("sval").text("sval");
    return CLOCK_WORDS.contains(text.strip().toLowerCase(Locale.ROOT));
  }

  private void function(Fragment fragment, Node call, int offset) {
    List<String> name = names(call.at("funcname"));
    if (name.isEmpty()) {
      return;
    }
    if (call.has("over")) {
      refuse(
          fragment,
          at(call, offset),
          "a guard cannot follow a window function: one row changes what it gives for others",
          "use an aggregate with `from` and `by`");
      return;
    }
    boolean oneArgumentAge = name.getLast().equals("age") && call.at("args").items().size() == 1;
    Volatility found = volatility(name);
    if (found.undetermined() || oneArgumentAge) {
      refuse(
          fragment,
          at(call, offset),
          "a guard needs the same result from the same rows, and the database calls "
              + String.join(".", name)
              + "() "
              + (found.isVolatile() ? "VOLATILE" : "STABLE"),
          found.builtIn()
              ? "compare with a column instead"
              : "if it depends on nothing but its arguments, declare it IMMUTABLE");
    }
  }

  /**
   * @param known whether there is such a function
   */
  private record Volatility(
      String name, boolean known, boolean isVolatile, boolean immutable, boolean builtIn) {
    boolean undetermined() {
      return known && (isVolatile || (!immutable && !(builtIn && DETERMINED.contains(name))));
    }
  }

  private Volatility volatility(List<String> name) {
    return session.one(
        Sql.of(
            """
            SELECT count(*) > 0, coalesce(bool_or(provolatile = 'v'), false),
                   coalesce(CASE WHEN bool_and(n.nspname = 'pg_catalog')
                     THEN bool_or(provolatile = 'i') ELSE bool_and(provolatile = 'i') END, false),
                   coalesce(bool_and(n.nspname = 'pg_catalog'), true)
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE p.proname = {} AND {}""",
            Sql.value(name.getLast()),
            name.size() > 1
                ? Sql.of("n.nspname = {}", Sql.value(name.get(name.size() - 2)))
                : Sql.of("pg_function_is_visible(p.oid)")),
        row ->
            new Volatility(name.getLast(), row.truth(1), row.truth(2), row.truth(3), row.truth(4)));
  }

  /** Whether an aggregate is called, which makes one row of several. */
  Optional<Node> aggregate(Node tree) {
    return tree.all("FuncCall")
        .filter(call -> call.is("agg_star") || isAggregate(names(call.at("funcname"))))
        .findFirst();
  }

  private boolean isAggregate(List<String> name) {
    return !name.isEmpty()
        && session.one(
            Sql.of(
                "SELECT EXISTS (SELECT 1 FROM pg_proc WHERE proname = {} AND prokind = 'a')",
                Sql.value(name.getLast())),
            row -> row.truth(1));
  }

  void refuse(Fragment fragment, int offset, String what, String instead) {
    problems.add(new Problem(fragment.at(offset), what, fragment.text(), Optional.of(instead)));
  }

  static int at(Node node, int offset) {
    return Math.max(node.location().orElse(offset) - offset, 0);
  }

  /** The parts of a name. */
  static List<String> names(Node list) {
    return list.items().stream().map(part -> part.at("String").text("sval")).toList();
  }

  /**
   * The columns of a table that a piece of SQL may mean: those whose name stands in it, and all
   * where it says {@code *} or names the row as a whole.
   */
  static List<Column> mentioned(Table table, Stream<Node> trees) {
    Set<String> names =
        trees
            .flatMap(tree -> tree.all("ColumnRef"))
            .map(
                reference ->
                    reference.at("fields").items().stream().anyMatch(f -> f.has("A_Star"))
                        ? "*"
                        : names(reference.at("fields")).getLast())
            .collect(Collectors.toSet());
    boolean unknown =
        names.contains("*")
            || names.stream()
                .anyMatch(n -> table.columns().stream().noneMatch(c -> c.name().equals(n)));
    return unknown
        ? table.columns()
        : table.columns().stream().filter(c -> names.contains(c.name())).toList();
  }
}
