package dev.plumbline.migration;

import dev.plumbline.dialect.SqlScan;
import dev.plumbline.parser.Node;
import dev.plumbline.parser.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Statements that change nothing but the session in which they are run. */
final class SessionSetting {
  /**
   * The pragmas of SQLite that are forgotten with the connection, and {@code ATTACH}. {@code
   * defer_foreign_keys} is not among them: it ends with its transaction.
   *
   * @see <a href="https://www.sqlite.org/pragma.html">SQLite's pragmas</a>
   */
  private static final Set<String> PRAGMAS =
      Set.of(
          "automatic_index",
          "busy_timeout",
          "cache_size",
          "case_sensitive_like",
          "cell_size_check",
          "checkpoint_fullfsync",
          "foreign_keys",
          "fullfsync",
          "ignore_check_constraints",
          "legacy_alter_table",
          "recursive_triggers",
          "reverse_unordered_selects",
          "secure_delete",
          "synchronous",
          "temp_store",
          "trusted_schema",
          "writable_schema");

  private SessionSetting() {}

  /** Whether what comes after it in the file relies on it. */
  static boolean is(SqlStatement statement) {
    return statement
        .tree()
        .map(SessionSetting::ofPostgres)
        .orElseGet(() -> ofSqlite(SqlScan.of(statement.sql().text())));
  }

  private static boolean ofPostgres(Statement statement) {
    return switch (statement.kind()) {
      case "VariableSetStmt" -> !statement.tree().is("is_local");
      case "SelectStmt" -> setsConfig(statement.tree());
      default -> false;
    };
  }

  /** {@code SELECT pg_catalog.set_config('search_path', '', false)}, as pg_dump writes it. */
  private static boolean setsConfig(Node select) {
    List<Node> calls = select.all("FuncCall").toList();
    return !calls.isEmpty()
        && !select.has("fromClause")
        && calls.stream().allMatch(SessionSetting::setsForSession);
  }

  private static boolean setsForSession(Node call) {
    List<String> name = call.at("funcname").all("String").map(s -> s.text("sval")).toList();
    List<Node> arguments = call.at("args").items();
    return name.getLast().equals("set_config")
        && arguments.size() == 3
        && arguments.get(2).all("A_Const").anyMatch(SessionSetting::isFalse);
  }

  private static boolean isFalse(Node constant) {
    return constant.has("boolval") && !constant.at("boolval").is("boolval");
  }

  private static boolean ofSqlite(SqlScan scan) {
    List<String> words =
        scan.code().stream().map(token -> scan.text(token).toLowerCase(Locale.ROOT)).toList();
    return switch (words.getFirst()) {
      case "attach", "detach" -> true;
      case "pragma" -> words.stream().limit(4).anyMatch(PRAGMAS::contains);
      default -> false;
    };
  }
}
