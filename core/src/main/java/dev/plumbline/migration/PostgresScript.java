package dev.plumbline.migration;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Problem;
import dev.plumbline.migration.SqlStatement.Place;
import dev.plumbline.parser.MetaCommand;
import dev.plumbline.parser.Node;
import dev.plumbline.parser.Parsed;
import dev.plumbline.parser.ParserUnavailableException;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.parser.Statement;
import dev.plumbline.parser.SyntaxError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements as PostgreSQL's own parser finds them. */
final class PostgresScript {
  /** One for all: an instance of the module takes a moment and some memory to make. */
  static final PostgresParser PARSER = new PostgresParser();

  private final Fragment sql;
  private final List<Problem> problems;

  private PostgresScript(Fragment sql, List<Problem> problems) {
    this.sql = sql;
    this.problems = problems;
  }

  static List<SqlStatement> read(Fragment sql, List<Problem> problems) {
    return new PostgresScript(sql, problems).read();
  }

  private List<SqlStatement> read() {
    Parsed parsed = parse();
    parsed.errors().forEach(this::unread);
    parsed.metaCommands().forEach(this::forPsql);
    List<SqlStatement> statements = new ArrayList<>();
    Places places = new Places(sql);
    for (Statement statement : parsed.statements()) {
      requirePlace(statement);
      statements.add(
          new SqlStatement(
              new Fragment(statement.text(), places.at(statement.start()), 1),
              Optional.of(statement),
              place(statement)));
    }
    return statements;
  }

  private Parsed parse() {
    try {
      return PARSER.parse(sql.text());
    } catch (ParserUnavailableException e) {
      List<String> lines = String.valueOf(e.getMessage()).lines().toList();
      throw new PlumblineException(
          ErrorCode.UNREACHABLE, lines.get(0), lines.get(1), lines.get(2), e);
    }
  }

  private void unread(SyntaxError error) {
    problem(
        error.at().offset(),
        "PostgreSQL would not read this: " + error.message(),
        "Correct the statement.");
  }

  private void forPsql(MetaCommand command) {
    problem(
        command.at().offset(),
        "`\\" + command.name() + "` is a command of psql, not SQL",
        "Leave it out, or write what it does as SQL.");
  }

  private void requirePlace(Statement statement) {
    switch (statement.kind()) {
      case "TransactionStmt" ->
          problem(
              statement.start(),
              "a migration has no transaction control of its own",
              "Leave it out: each step and its record commit in one transaction.");
      case "CopyStmt" -> {
        if (statement.tree().text("filename").isEmpty()) {
          problem(
              statement.start(),
              "COPY to or from the client has no place in a migration",
              "Write INSERT statements, or load the data with psql.");
        }
      }
      default -> {}
    }
  }

  /**
   * What cannot run in a transaction block. A value added to an enum can, but cannot be used before
   * it is committed (<a href="https://www.postgresql.org/docs/current/sql-altertype.html">ALTER
   * TYPE</a>); so it is committed at once.
   */
  private static Place place(Statement statement) {
    Node tree = statement.tree();
    return switch (statement.kind()) {
      case "IndexStmt" -> tree.is("concurrent") ? Place.ALONE_PATIENTLY : Place.TOGETHER;
      case "DropStmt" -> tree.is("concurrent") ? Place.ALONE_PATIENTLY : Place.TOGETHER;
      case "ReindexStmt" -> reindex(tree);
      case "VacuumStmt" -> vacuum(tree);
      case "AlterEnumStmt" ->
          tree.text("oldVal").isEmpty() ? Place.ALONE : Place.TOGETHER; // or a rename
      case "AlterTableStmt" ->
          detachesConcurrently(tree)
              ? Place.ALONE
              : validatesOnly(tree) ? Place.APART : Place.TOGETHER;
      case "ClusterStmt" -> tree.has("relation") ? Place.TOGETHER : Place.ALONE;
      case "CreatedbStmt",
          "DropdbStmt",
          "AlterSystemStmt",
          "CreateTableSpaceStmt",
          "DropTableSpaceStmt",
          "CreateSubscriptionStmt",
          "DropSubscriptionStmt" ->
          Place.ALONE;
      default -> Place.TOGETHER;
    };
  }

  private static Place reindex(Node tree) {
    if (option(tree, "concurrently")) {
      return Place.ALONE_PATIENTLY;
    }
    return switch (tree.text("kind")) {
      case "REINDEX_OBJECT_INDEX", "REINDEX_OBJECT_TABLE" -> Place.TOGETHER;
      default -> Place.ALONE;
    };
  }

  private static Place vacuum(Node tree) {
    if (!tree.is("is_vacuumcmd")) {
      return Place.TOGETHER; // ANALYZE
    }
    return option(tree, "full") ? Place.ALONE : Place.ALONE_PATIENTLY;
  }

  private static boolean option(Node tree, String name) {
    return tree.all("DefElem").anyMatch(option -> option.text("defname").equals(name));
  }

  /** It reads the whole table, under a lock that lets others read and write. */
  private static boolean validatesOnly(Node tree) {
    return tree.all("AlterTableCmd")
        .allMatch(command -> command.text("subtype").equals("AT_ValidateConstraint"));
  }

  private static boolean detachesConcurrently(Node tree) {
    return tree.all("AlterTableCmd")
        .anyMatch(
            command ->
                command.text("subtype").equals("AT_DetachPartition")
                    && command.all("PartitionCmd").anyMatch(p -> p.is("concurrent")));
  }

  private void problem(int offset, String what, String suggestion) {
    int end = sql.text().indexOf('\n', offset);
    String here = sql.text().substring(offset, end < 0 ? sql.text().length() : end).strip();
    problems.add(new Problem(sql.at(offset), what, here, Optional.of(suggestion)));
  }
}
