package dev.plumbline.claim;

import dev.plumbline.parser.Node;
import dev.plumbline.parser.Parsed;
import dev.plumbline.parser.Plpgsql;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.parser.Statement;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Folds the statements in the body of a {@code DO}, those that must run and those that may. */
final class DoBody {
  /** Failures that a handler may swallow: the object is there already, as claimed. */
  private static final Set<String> THERE_ALREADY =
      Set.of(
          "duplicate_object",
          "duplicate_table",
          "duplicate_column",
          "duplicate_function",
          "duplicate_schema",
          "duplicate_alias",
          "others");

  /** What text put together at run time may do without touching a claim. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "(?is)[^\\p{L}]*(grant|revoke|analyze|vacuum|refresh|select|insert|update|delete|truncate"
              + "|notify|set|reset|create\\s+(?!or\\b)|alter\\s+\\w+\\s+\\S+\\s+owner\\b)"
              + "((?!\\b(drop|alter|rename|replace)\\b).)*");

  private final PostgresParser parser;
  private final PostgresClaims claims;

  DoBody(PostgresParser parser, PostgresClaims claims) {
    this.parser = parser;
    this.claims = claims;
  }

  void fold(Statement statement, Origin origin) {
    if (!statement.isPlpgsql()) {
      claims.forgetAll(); // another language, which can do anything
      return;
    }
    switch (parser.parsePlpgsql(statement)) {
      case Plpgsql.Body body -> new Walk(origin).block(body.tree().at("action"), true);
      case Plpgsql.Broken broken -> claims.forgetAll();
    }
  }

  /** One walk through a body. */
  private final class Walk {
    private final Origin origin;
    private boolean reached = true;

    Walk(Origin origin) {
      this.origin = origin;
    }

    void block(Node statement, boolean certain) {
      Node block = statement.at("PLpgSQL_stmt_block");
      List<Node> handlers =
          block.at("exceptions").at("PLpgSQL_exception_block").at("exc_list").items();
      boolean must = certain && handlers.stream().allMatch(Walk::expectsItThere);
      for (Node inner : block.at("body").items()) {
        statement(inner, must);
      }
      for (Node handler : handlers) {
        handler.at("PLpgSQL_exception").at("action").items().forEach(a -> statement(a, false));
      }
    }

    /** Whether a handler does nothing about a failure, and expects none but "is there already". */
    private static boolean expectsItThere(Node handler) {
      Node exception = handler.at("PLpgSQL_exception");
      boolean expected =
          exception.at("conditions").items().stream()
              .map(c -> c.at("PLpgSQL_condition").text("condname"))
              .allMatch(THERE_ALREADY::contains);
      boolean idle =
          exception.at("action").items().stream()
              .map(Node::kind)
              .allMatch(k -> k.equals("PLpgSQL_stmt_raise") || k.equals("PLpgSQL_stmt_null"));
      return expected && idle;
    }

    private void statement(Node statement, boolean certain) {
      boolean must = certain && reached;
      String kind = statement.kind();
      Node body = statement.at(kind);
      switch (kind) {
        case "PLpgSQL_stmt_block" -> block(statement, must);
        case "PLpgSQL_stmt_execsql" -> sql(query(body.at("sqlstmt")), must);
        case "PLpgSQL_stmt_dynexecute" -> execute(query(body.at("query")), must);
        case "PLpgSQL_stmt_return" -> reached = false;
        default -> within(body, kind);
      }
    }

    /** A condition or a loop: all in it may run, and may end the block. */
    private void within(Node body, String kind) {
      body.all("PLpgSQL_stmt_execsql").forEach(s -> sql(query(s.at("sqlstmt")), false));
      body.all("PLpgSQL_stmt_dynexecute").forEach(s -> execute(query(s.at("query")), false));
      body.all("PLpgSQL_expr").forEach(e -> called(e.text("query")));
      boolean leaves =
          body.all("PLpgSQL_stmt_return").findAny().isPresent()
              || body.all("PLpgSQL_stmt_exit").anyMatch(exit -> exit.has("label"))
              || kind.equals("PLpgSQL_stmt_exit");
      if (leaves) {
        reached = false;
      }
    }

    private static String query(Node expression) {
      return expression.at("PLpgSQL_expr").text("query");
    }

    private void sql(String text, boolean must) {
      Parsed parsed = parser.parse(text);
      if (must) {
        claims.surely(parsed.statements(), origin);
      } else {
        claims.perhaps(parsed.statements(), origin);
      }
    }

    /** {@code EXECUTE}: of a constant it is as if the statement stood there. */
    private void execute(String expression, boolean must) {
      List<Statement> select = parser.parse("SELECT " + expression).statements();
      Node tree = select.isEmpty() ? Node.Fields.NONE : select.getFirst().tree();
      List<Node> targets = tree.at("targetList").items();
      Node value =
          targets.isEmpty() ? Node.Fields.NONE : targets.getFirst().at("ResTarget").at("val");
      if (value.has("A_Const")) {
        sql(value.at("A_Const").at("sval").text("sval"), must);
      } else if (!isHarmless(tree)) {
        claims.forgetAll();
      }
    }

    /** Text put together: judged by the constants in it, of which the first must be the verb. */
    private static boolean isHarmless(Node tree) {
      List<String> constants =
          tree.having("sval")
              .map(n -> n.at("sval").text("sval"))
              .filter(text -> !text.isBlank())
              .toList();
      return !constants.isEmpty() && HARMLESS.matcher(String.join(" ", constants)).matches();
    }

    private void called(String query) {
      parser.parse("SELECT " + query).statements().forEach(s -> claims.calls(s.tree()));
      parser.parse(query).statements().forEach(s -> claims.calls(s.tree()));
    }
  }
}
