package dev.plumbline.lint;

import dev.plumbline.dialect.SqlScan;
import dev.plumbline.lint.Body.Manner;
import dev.plumbline.lint.Body.Value;
import dev.plumbline.lint.Body.Write;
import dev.plumbline.parser.Node;
import dev.plumbline.parser.Parsed;
import dev.plumbline.parser.Plpgsql;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.parser.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the body of a function in PL/pgSQL. For one function. */
final class BodyReader {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("\\s*([\\w$\"]+)(?:\\.([\\w$\"]+))?\\s*:?=\\s*(.*)", Pattern.DOTALL);

  private final PostgresParser parser;
  private final Map<String, List<Value>> variables = new HashMap<>();
  private final List<Write> writes = new ArrayList<>();

  private BodyReader(PostgresParser parser) {
    this.parser = parser;
  }

  /** What a function does; empty where it is not in PL/pgSQL, or PostgreSQL refuses it. */
  static Optional<Body> read(PostgresParser parser, Statement function) {
    if (!function.isPlpgsql()
        || !(parser.parsePlpgsql(function) instanceof Plpgsql.Body(Node tree))) {
      return Optional.empty();
    }
    BodyReader reader = new BodyReader(parser);
    tree.all("PLpgSQL_var").forEach(reader::declared);
    tree.all("PLpgSQL_stmt_assign")
        .forEach(assign -> reader.assigned(assign.at("expr").at("PLpgSQL_expr").text("query")));
    tree.all("PLpgSQL_stmt_execsql").forEach(reader::executed);
    tree.all("PLpgSQL_stmt_fors").forEach(reader::looped);
    return Optional.of(new Body(shape(function), reader.variables, reader.writes));
  }

  /** The body's words, without comments and layout, and without the usual schema. */
  private static String shape(Statement function) {
    String body =
        function.tree().at("options").items().stream()
            .map(option -> option.at("DefElem"))
            .filter(option -> option.text("defname").equals("as"))
            .flatMap(option -> option.at("arg").all("String"))
            .map(string -> string.text("sval"))
            .collect(Collectors.joining(" "));
    SqlScan scan = SqlScan.of(body);
    return scan.code().stream()
        .map(
            token ->
                token.kind() == SqlScan.Kind.WORD
                    ? scan.text(token).toLowerCase(Locale.ROOT)
                    : scan.text(token))
        .collect(Collectors.joining(" "))
        .replace("public . ", "");
  }

  private void declared(Node variable) {
    variables.computeIfAbsent(variable.text("refname"), name -> new ArrayList<>());
  }

  private void assigned(String query) {
    Matcher matcher = ASSIGNMENT.matcher(query);
    if (!matcher.matches()) {
      return;
    }
    String target = folded(matcher.group(1));
    String expression = matcher.group(3);
    Optional<Value> value = expression(expression);
    if (value.isPresent() && matcher.group(2) == null) {
      assign(target, value.get());
    } else if (value.isPresent() && target.equals("new")) {
      newRow(folded(matcher.group(2)), value.get());
    }
  }

  private static String folded(String name) {
    return name.startsWith("\"") ? name.replace("\"", "") : name.toLowerCase(Locale.ROOT);
  }

  private Optional<Value> expression(String sql) {
    return parse("SELECT " + sql)
        .map(
            statement ->
                statement.tree().at("targetList").items().getFirst().at("ResTarget").at("val"))
        .map(tree -> new Value(tree, Optional.of(sql.strip())));
  }

  private Optional<Statement> parse(String sql) {
    Parsed parsed = parser.parse(sql);
    return parsed.statements().size() == 1 && parsed.errors().isEmpty()
        ? Optional.of(parsed.statements().getFirst())
        : Optional.empty();
  }

  private void assign(String variable, Value value) {
    variables.computeIfAbsent(variable, name -> new ArrayList<>()).add(value);
  }

  private void newRow(String column, Value value) {
    writes.add(new Write(Optional.empty(), "new", Manner.NEW_ROW, column, value, Node.Fields.NONE));
  }

  private void executed(Node node) {
    String sql = node.at("sqlstmt").at("PLpgSQL_expr").text("query");
    Optional<Statement> statement = parse(sql);
    if (statement.isEmpty()) {
      return;
    }
    switch (statement.get().kind()) {
      case "SelectStmt" -> selectedInto(statement.get(), node.at("target"));
      case "UpdateStmt" -> updated(statement.get());
      case "InsertStmt" -> inserted(statement.get().tree());
      default -> {}
    }
  }

  /** {@code SELECT a, b INTO x, NEW.y FROM …}. */
  private void selectedInto(Statement select, Node target) {
    if (target.has("PLpgSQL_rec")) {
      assign(target.at("PLpgSQL_rec").text("refname"), new Value(select.tree(), Optional.empty()));
      return;
    }
    Clauses clauses = new Clauses(select.text());
    List<String> items = clauses.selected();
    List<Node> fields = target.at("PLpgSQL_row").at("fields").items();
    for (int i = 0; i < fields.size(); i++) {
      Optional<String> sql =
          items.size() == fields.size()
              ? Optional.of("SELECT " + items.get(i) + " " + clauses.afterSelected())
              : Optional.empty();
      Value value = new Value(select.tree(), sql.map(String::strip));
      String name = fields.get(i).text("name");
      if (name.startsWith("new.")) {
        newRow(name.substring("new.".length()), value);
      } else {
        assign(name, value);
      }
    }
  }

  private void looped(Node loop) {
    parse(loop.at("query").at("PLpgSQL_expr").text("query"))
        .ifPresent(
            query ->
                assign(
                    loop.at("var").at("PLpgSQL_rec").text("refname"),
                    new Value(query.tree(), Optional.empty())));
  }

  private void updated(Statement update) {
    Node tree = update.tree();
    List<String> texts = new Clauses(update.text()).assigned();
    List<Node> targets = tree.at("targetList").items();
    boolean standsAlone = texts.size() == targets.size() && tree.at("fromClause").items().isEmpty();
    for (int i = 0; i < targets.size(); i++) {
      Node target = targets.get(i).at("ResTarget");
      Optional<String> sql = standsAlone ? Optional.of(texts.get(i)) : Optional.empty();
      write(tree, Manner.UPDATE, target, sql, tree.at("whereClause"));
    }
  }

  private void inserted(Node tree) {
    tree.at("onConflictClause")
        .at("targetList")
        .items()
        .forEach(
            target ->
                write(
                    tree,
                    Manner.UPSERT,
                    target.at("ResTarget"),
                    Optional.empty(),
                    Node.Fields.NONE));
    for (Node column : tree.at("cols").items()) {
      Node relation = tree.at("relation");
      writes.add(
          new Write(
              Optional.of(Relation.of(relation)),
              relation.text("relname"),
              Manner.INSERT,
              column.at("ResTarget").text("name"),
              new Value(tree, Optional.empty()),
              Node.Fields.NONE));
    }
  }

  private void write(
      Node statement, Manner manner, Node target, Optional<String> sql, Node condition) {
    Node relation = statement.at("relation");
    String alias = relation.at("alias").text("aliasname");
    writes.add(
        new Write(
            Optional.of(Relation.of(relation)),
            alias.isEmpty() ? relation.text("relname") : alias,
            manner,
            target.text("name"),
            new Value(target.at("val"), sql),
            condition));
  }
}
