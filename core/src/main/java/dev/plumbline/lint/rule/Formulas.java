package dev.plumbline.lint.rule;

import dev.plumbline.dialect.SqlScan;
import dev.plumbline.dialect.SqlScan.Kind;
import dev.plumbline.dialect.SqlScan.Token;
import dev.plumbline.lint.Body;
import dev.plumbline.lint.Body.Value;
import dev.plumbline.lint.Body.Write;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Trees;
import dev.plumbline.parser.Node;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Turns what a trigger function computes into an expression of the row: {@code NEW.user_id}, where
 * the update's condition sets it equal to {@code user_id}, becomes {@code t.user_id}; a variable
 * becomes the query that filled it.
 */
final class Formulas {
  private final Body body;
  private final Relation table;
  private final String alias;

  /** What a column of the row is called in the function, such as {@code new.user_id}. */
  private final Map<String, String> columns = new HashMap<>();

  private Formulas(Body body, Relation table, Write write) {
    this.body = body;
    this.table = table;
    this.alias = write.alias();
    equalities(write.condition());
  }

  /** The expression for a column; empty where the function's way to it cannot be followed. */
  static Optional<String> ofTrigger(Body body, Relation table, String column) {
    List<String> found = new ArrayList<>();
    for (Write write : body.writes()) {
      boolean meant =
          write.column().equals(column)
              && write.table().map(t -> t.same(table)).orElse(true)
              && !Trees.columns(write.value().tree()).contains(column);
      if (meant) {
        new Formulas(body, table, write).of(write.value(), 0).ifPresent(found::add);
      }
    }
    return found.stream().distinct().count() == 1
        ? Optional.of(found.getFirst())
        : Optional.empty();
  }

  /** Whether what the function computes for a column can never be NULL. */
  static boolean isNeverNull(Body body, Relation table, String column) {
    return ofTrigger(body, table, column)
        .map(sql -> sql.toLowerCase(Locale.ROOT).strip())
        .filter(sql -> sql.matches("(?s)\\(?\\s*(select\\s+)?(count|coalesce)\\s*\\(.*"))
        .filter(Formulas::isOneTerm)
        .isPresent();
  }

  /** Whether the first parenthesis closes at the end: what stands in it is all there is. */
  private static boolean isOneTerm(String sql) {
    int depth = 0;
    for (int i = 0; i < sql.length(); i++) {
      depth += sql.charAt(i) == '(' ? 1 : sql.charAt(i) == ')' ? -1 : 0;
      if (depth == 0 && sql.charAt(i) == ')') {
        return i == sql.length() - 1;
      }
    }
    return false;
  }

  private void equalities(Node condition) {
    condition
        .all("A_Expr")
        .filter(e -> e.text("kind").equals("AEXPR_OP"))
        .filter(e -> Trees.names(e.at("name")).equals(List.of("=")))
        .forEach(
            e -> {
              equality(e.at("lexpr"), e.at("rexpr"));
              equality(e.at("rexpr"), e.at("lexpr"));
            });
  }

  /** {@code user_id = NEW.user_id}, or {@code user_id = v_user}. */
  private void equality(Node left, Node right) {
    List<String> ours = Trees.names(left.at("ColumnRef").at("fields"));
    List<String> theirs = Trees.names(right.at("ColumnRef").at("fields"));
    boolean own =
        ours.size() == 1 ? !isForeign(ours) : ours.size() == 2 && ours.getFirst().equals(alias);
    if (own && !theirs.isEmpty() && isForeign(theirs)) {
      columns.putIfAbsent(String.join(".", theirs), ours.getLast());
    }
  }

  /** Whether a name is the trigger's row or a variable. */
  private boolean isForeign(List<String> names) {
    return List.of("new", "old").contains(names.getFirst())
        || body.variables().containsKey(names.getFirst());
  }

  private Optional<String> of(Value value, int depth) {
    return depth > body.variables().size() || value.sql().isEmpty()
        ? Optional.empty()
        : substitute(value.sql().get(), depth);
  }

  private Optional<String> substitute(String sql, int depth) {
    SqlScan scan = SqlScan.of(sql);
    List<Token> code = scan.code();
    StringBuilder result = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < code.size(); i++) {
      Token token = code.get(i);
      if (token.kind() != Kind.WORD || isAfterDot(scan, code, i)) {
        continue;
      }
      boolean dotted = i + 2 < code.size() && scan.text(code.get(i + 1)).equals(".");
      String first = scan.text(token).toLowerCase(Locale.ROOT);
      String name =
          dotted ? first + "." + scan.text(code.get(i + 2)).toLowerCase(Locale.ROOT) : first;
      Optional<String> replacement = replacement(first, name, dotted, depth);
      if (replacement.isEmpty() && isForeign(List.of(first))) {
        return Optional.empty();
      }
      if (replacement.isPresent()) {
        result.append(sql, copied, token.start()).append(replacement.get());
        copied = dotted ? code.get(i + 2).end() : token.end();
        i += dotted ? 2 : 0;
      }
    }
    String text = result.append(sql.substring(copied)).toString();
    boolean query = text.stripLeading().toLowerCase(Locale.ROOT).startsWith("select ");
    return Optional.of(query ? "(" + text.strip() + ")" : text);
  }

  private static boolean isAfterDot(SqlScan scan, List<Token> code, int at) {
    return at > 0 && scan.text(code.get(at - 1)).equals(".");
  }

  private Optional<String> replacement(String first, String name, boolean dotted, int depth) {
    String column = columns.get(name);
    if (column != null) {
      return Optional.of(table.sql() + "." + Table.quoted(column));
    }
    if (dotted && first.equals("new") && isOwnRow()) {
      return Optional.of(table.sql() + "." + Table.quoted(name.substring("new.".length())));
    }
    if (dotted && first.equals(alias) && !alias.equals(table.name())) {
      return Optional.of(table.sql() + "." + name.substring(alias.length() + 1));
    }
    List<Value> assigned = dotted ? null : body.variables().get(first);
    return assigned != null && assigned.size() == 1
        ? of(assigned.getFirst(), depth + 1).map(sql -> sql.startsWith("(") ? sql : "(" + sql + ")")
        : Optional.empty();
  }

  /** Whether the write is to {@code NEW} itself, whose columns are the row's. */
  private boolean isOwnRow() {
    return alias.equals("new");
  }
}
