package dev.plumbline.lint;

import dev.plumbline.lint.Change.Called;
import dev.plumbline.lint.Change.ColumnRenamed;
import dev.plumbline.lint.Change.Dropped;
import dev.plumbline.lint.Change.FunctionMade;
import dev.plumbline.lint.Change.IndexMade;
import dev.plumbline.lint.Change.ObjectMade;
import dev.plumbline.lint.Change.Other;
import dev.plumbline.lint.Change.RowsWritten;
import dev.plumbline.lint.Change.RowsWritten.Writing;
import dev.plumbline.lint.Change.SettingSet;
import dev.plumbline.lint.Change.TableMade;
import dev.plumbline.lint.Change.TableRenamed;
import dev.plumbline.lint.Change.Transaction;
import dev.plumbline.lint.Change.TriggerMade;
import dev.plumbline.parser.EmbeddedSql;
import dev.plumbline.parser.Node;
import dev.plumbline.parser.Plpgsql;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.parser.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads out of a statement's tree what it does. For one statement. */
final class ChangeReader {
  private final PostgresParser parser;
  private final Statement statement;

  /** The file's text, or that of a statement in a body: what the tree's places are offsets of. */
  private final String sql;

  /** Where a statement in a body stands in the file; its own places mean nothing there. */
  private final Optional<Integer> place;

  private final List<Change> changes = new ArrayList<>();

  private ChangeReader(
      PostgresParser parser, Statement statement, String sql, Optional<Integer> place) {
    this.parser = parser;
    this.statement = statement;
    this.sql = sql;
    this.place = place;
  }

  /** What a statement of a file does. */
  static List<Change> read(PostgresParser parser, Statement statement, String text) {
    return new ChangeReader(parser, statement, text, Optional.empty()).read();
  }

  private List<Change> read() {
    Node tree = statement.tree();
    switch (statement.kind()) {
      case "CreateStmt" -> table(tree);
      case "CreateTableAsStmt" -> tableOfQuery(tree);
      case "AlterTableStmt" -> changes.addAll(new AlterTableReader(tree, statement, place).read());
      case "IndexStmt" -> index(tree);
      case "CreateTrigStmt" -> trigger(tree);
      case "CreateFunctionStmt" -> function(tree);
      case "DropStmt" -> drops(tree);
      case "ViewStmt" -> made("VIEW", Relation.of(tree.at("view")));
      case "CreateSeqStmt" -> made("SEQUENCE", Relation.of(tree.at("sequence")));
      case "CreateEnumStmt", "CreateRangeStmt" ->
          made("TYPE", Relation.of(Trees.names(tree.at("typeName"))));
      case "CompositeTypeStmt" -> made("TYPE", Relation.of(tree.at("typevar")));
      case "CreateDomainStmt" -> made("DOMAIN", Relation.of(Trees.names(tree.at("domainname"))));
      case "CreatePolicyStmt" -> made("POLICY", new Relation("", tree.text("policy_name")));
      case "CreateSchemaStmt" -> made("SCHEMA", new Relation("", tree.text("schemaname")));
      case "CreateExtensionStmt" -> made("EXTENSION", new Relation("", tree.text("extname")));
      case "RuleStmt" -> made("RULE", new Relation("", tree.text("rulename")));
      case "TransactionStmt" ->
          changes.add(new Transaction(tree.text("kind"), at(statement.start())));
      case "VariableSetStmt" -> setting(tree);
      case "UpdateStmt", "InsertStmt", "DeleteStmt", "MergeStmt", "SelectStmt", "CallStmt" ->
          rows(tree);
      case "CopyStmt" -> copy(tree);
      case "TruncateStmt" -> truncate(tree);
      case "DoStmt" -> block();
      case "RenameStmt" -> rename(tree);
      default -> other(tree);
    }
    return changes;
  }

  private void made(String kind, Relation object) {
    changes.add(new ObjectMade(kind, object, at(statement.start())));
  }

  private int at(int offset) {
    return place.orElse(offset);
  }

  private int at(Node tree) {
    return at(Trees.start(tree).orElse(statement.start()));
  }

  private void table(Node tree) {
    List<ColumnDefinition> columns = new ArrayList<>();
    List<Constraint> constraints = new ArrayList<>();
    for (Node element : tree.at("tableElts").items()) {
      if (element.has("ColumnDef")) {
        columns.add(Definitions.column(element.at("ColumnDef")));
        Definitions.constraintsOf(element.at("ColumnDef")).forEach(constraints::add);
      } else if (element.has("Constraint")) {
        Definitions.constraint(element.at("Constraint"), List.of()).ifPresent(constraints::add);
      }
    }
    Node relation = tree.at("relation");
    changes.add(
        new TableMade(
            Relation.of(relation),
            tree.is("if_not_exists"),
            false,
            columns,
            constraints,
            tree,
            at(relation)));
  }

  private void tableOfQuery(Node tree) {
    Node relation = tree.at("into").at("rel");
    changes.add(
        new TableMade(
            Relation.of(relation),
            tree.is("if_not_exists"),
            true,
            List.of(),
            List.of(),
            tree,
            at(relation)));
  }

  private void index(Node tree) {
    List<String> columns =
        tree.at("indexParams").items().stream()
            .map(item -> item.at("IndexElem").text("name"))
            .filter(name -> !name.isEmpty())
            .toList();
    changes.add(
        new IndexMade(
            Relation.of(tree.at("relation")),
            tree.text("idxname"),
            tree.is("unique"),
            tree.is("concurrent"),
            tree.is("if_not_exists"),
            columns,
            tree,
            at(statement.start())));
  }

  private void trigger(Node tree) {
    changes.add(
        new TriggerMade(
            Relation.of(tree.at("relation")),
            tree.text("trigname"),
            Relation.of(Trees.names(tree.at("funcname"))),
            (tree.at("timing").number().orElse(0) & 2) != 0,
            TriggerEvents.of(tree.at("events").number().orElse(0), Trees.names(tree.at("columns"))),
            at(statement.start())));
  }

  private void function(Node tree) {
    changes.add(
        new FunctionMade(
            Relation.of(Trees.names(tree.at("funcname"))),
            tree.is("replace"),
            Trees.type(tree.at("returnType")).equals("trigger"),
            isVolatile(tree),
            place.isPresent() ? Optional.empty() : BodyReader.read(parser, statement),
            at(statement.start())));
  }

  private static boolean isVolatile(Node function) {
    return function.at("options").items().stream()
        .map(option -> option.at("DefElem"))
        .filter(option -> option.text("defname").equals("volatility"))
        .allMatch(option -> option.at("arg").at("String").text("sval").equals("volatile"));
  }

  private void drops(Node tree) {
    String kind =
        tree.text("removeType").replace("OBJECT_", "").replace('_', ' ').toUpperCase(Locale.ROOT);
    for (Node object : tree.at("objects").items()) {
      List<String> names = objectNames(object);
      boolean onTable = List.of("TRIGGER", "POLICY", "RULE").contains(kind) && names.size() > 1;
      changes.add(
          new Dropped(
              kind,
              onTable ? new Relation("", names.getLast()) : Relation.of(names),
              onTable
                  ? Optional.of(Relation.of(names.subList(0, names.size() - 1)))
                  : Optional.empty(),
              tree.is("missing_ok"),
              at(statement.start())));
    }
  }

  /** The parts of a dropped object's name, in whichever form its kind has them. */
  private static List<String> objectNames(Node object) {
    return switch (object.kind()) {
      case "List" -> Trees.names(object.at("List").at("items"));
      case "ObjectWithArgs" -> Trees.names(object.at("ObjectWithArgs").at("objname"));
      case "TypeName" -> Trees.names(object.at("TypeName").at("names"));
      case "String" -> List.of(object.at("String").text("sval"));
      default -> List.of();
    };
  }

  private void rename(Node tree) {
    made("RENAMED", new Relation("", tree.text("newname")));
    Relation table = Relation.of(tree.at("relation"));
    String to = tree.text("newname");
    String what = tree.text("renameType");
    if (what.equals("OBJECT_TABLE")) {
      changes.add(new TableRenamed(table, to, at(statement.start())));
    } else if (what.equals("OBJECT_COLUMN") && tree.text("relationType").equals("OBJECT_TABLE")) {
      changes.add(new ColumnRenamed(table, tree.text("subname"), to, at(statement.start())));
    } else {
      other(tree);
    }
  }

  private void other(Node tree) {
    changes.add(new Other(statement.kind(), tree, at(statement.start())));
  }

  private void setting(Node tree) {
    String value =
        tree.all("A_Const")
            .map(constant -> constant.at("sval").text("sval"))
            .findFirst()
            .orElse("");
    changes.add(new SettingSet(tree.text("name"), value, at(statement.start())));
  }

  /** The statement itself and those in its WITH clause. */
  private void rows(Node tree) {
    written(statement.kind(), tree);
    for (String kind : List.of("UpdateStmt", "InsertStmt", "DeleteStmt", "MergeStmt")) {
      tree.all(kind).forEach(inner -> written(kind, inner));
    }
    tree.all("FuncCall")
        .map(call -> Relation.of(Trees.names(call.at("funcname"))))
        .distinct()
        .forEach(function -> changes.add(new Called(function, at(statement.start()))));
    if (tree.at("intoClause").has("rel")) {
      Node relation = tree.at("intoClause").at("rel");
      changes.add(
          new TableMade(
              Relation.of(relation), false, true, List.of(), List.of(), tree, at(relation)));
    }
  }

  private void written(String kind, Node tree) {
    switch (kind) {
      case "UpdateStmt" -> written(Writing.UPDATE, targets(tree.at("targetList")), tree);
      case "DeleteStmt" -> written(Writing.DELETE, List.of(), tree);
      case "MergeStmt" ->
          written(
              Writing.MERGE,
              tree.at("mergeWhenClauses").items().stream()
                  .flatMap(when -> targets(when.at("MergeWhenClause").at("targetList")).stream())
                  .distinct()
                  .toList(),
              tree);
      case "InsertStmt" -> {
        List<String> columns =
            Stream.concat(
                    targets(tree.at("cols")).stream(),
                    targets(tree.at("onConflictClause").at("targetList")).stream())
                .distinct()
                .toList();
        written(Writing.INSERT, columns, tree);
      }
      default -> {}
    }
  }

  private void written(Writing writing, List<String> columns, Node tree) {
    Node relation = tree.at("relation");
    changes.add(
        new RowsWritten(
            Relation.of(relation), writing, columns, tree, sql, place.isPresent(), at(relation)));
  }

  private static List<String> targets(Node list) {
    return list.items().stream().map(target -> target.at("ResTarget").text("name")).toList();
  }

  private void copy(Node tree) {
    if (tree.is("is_from")) {
      written(Writing.COPY, Trees.names(tree.at("attlist")), tree);
    }
  }

  private void truncate(Node tree) {
    for (Node relation : tree.at("relations").items()) {
      Node table = relation.at("RangeVar");
      changes.add(
          new RowsWritten(
              Relation.of(table),
              Writing.TRUNCATE,
              List.of(),
              tree,
              sql,
              place.isPresent(),
              at(table)));
    }
  }

  /** The statements in a {@code DO} block, each at its line of the file. */
  private void block() {
    if (!statement.isPlpgsql() || !(parser.parsePlpgsql(statement) instanceof Plpgsql.Body body)) {
      return;
    }
    for (EmbeddedSql embedded : body.embedded()) {
      if (embedded.form() == EmbeddedSql.Form.STATEMENT) {
        int line = offsetOfLine(embedded.line());
        for (Statement inner : parser.parse(embedded.sql()).statements()) {
          changes.addAll(new ChangeReader(parser, inner, embedded.sql(), Optional.of(line)).read());
        }
      }
    }
  }

  private int offsetOfLine(int line) {
    int offset = statement.bodyStart().orElse(statement.start());
    for (int passed = 1; passed < line; passed++) {
      int end = sql.indexOf('\n', offset);
      if (end < 0) {
        break;
      }
      offset = end + 1;
    }
    while (offset < sql.length() && Character.isWhitespace(sql.charAt(offset))) {
      offset++;
    }
    return offset;
  }
}
