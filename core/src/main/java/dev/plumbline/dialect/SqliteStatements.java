package dev.plumbline.dialect;

import dev.plumbline.dialect.SqlScan.Kind;
import dev.plumbline.dialect.SqlScan.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a text's statements begin and end, as SQLite's shell finds them: a trigger's ends with
 * {@code ;END;}, any other with a semicolon ({@code sqlite3_complete}).
 */
public final class SqliteStatements {
  private final SqlScan scan;
  private final List<Token> tokens;

  private SqliteStatements(SqlScan scan) {
    this.scan = scan;
    this.tokens = scan.code();
  }

  /**
   * A statement without its semicolon.
   *
   * @param first its first token among those of {@link SqlScan#code()}
   * @param end the one after its last
   */
  public record Range(int first, int end) {}

  /** The statements, in order; empty ones are left out. */
  public static List<Range> split(SqlScan scan) {
    return new SqliteStatements(scan).split();
  }

  private List<Range> split() {
    List<Range> statements = new ArrayList<>();
    int first = 0;
    for (int at = 0; at <= tokens.size(); at++) {
      if (at == tokens.size() || ends(first, at)) {
        if (first < at) {
          statements.add(new Range(first, at));
        }
        first = at + 1;
      }
    }
    return statements;
  }

  private boolean ends(int first, int at) {
    if (!word(at).equals(";")) {
      return false;
    }
    return !isTrigger(first) || (word(at - 1).equals("end") && word(at - 2).equals(";"));
  }

  private boolean isTrigger(int first) {
    int kind = word(first + 1).equals("temp") || word(first + 1).equals("temporary") ? 2 : 1;
    return word(first).equals("create") && word(first + kind).equals("trigger");
  }

  /** A token in lower case; empty where there is none or it is quoted. */
  private String word(int index) {
    if (index < 0 || index >= tokens.size()) {
      return "";
    }
    Token token = tokens.get(index);
    return token.kind() == Kind.WORD || token.kind() == Kind.SYMBOL
        ? scan.text(token).toLowerCase(Locale.ROOT)
        : "";
  }
}
