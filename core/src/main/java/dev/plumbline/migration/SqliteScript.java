package dev.plumbline.migration;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.SqlScan;
import dev.plumbline.dialect.SqlScan.Kind;
import dev.plumbline.dialect.SqlScan.Token;
import dev.plumbline.dialect.SqliteStatements;
import dev.plumbline.error.Problem;
import dev.plumbline.migration.SqlStatement.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A migration's statements for SQLite, and what may not stand among them. */
final class SqliteScript {
  private static final Set<String> TRANSACTION =
      Set.of("begin", "commit", "end", "rollback", "savepoint", "release");
  private static final Set<String> ALONE = Set.of("vacuum", "pragma", "attach", "detach");

  private final Fragment sql;
  private final SqlScan scan;
  private final List<Token> tokens;
  private final List<Problem> problems;
  private final Places places;

  private SqliteScript(Fragment sql, List<Problem> problems) {
    this.sql = sql;
    this.scan = SqlScan.of(sql.text());
    this.tokens = scan.code();
    this.problems = problems;
    this.places = new Places(sql);
  }

  static List<SqlStatement> read(Fragment sql, List<Problem> problems) {
    return new SqliteScript(sql, problems).read();
  }

  private List<SqlStatement> read() {
    scan.unterminated()
        .ifPresent(flaw -> problem(flaw.offset(), flaw.what(), Optional.of(flaw.next())));
    return SqliteStatements.split(scan).stream().map(this::statement).toList();
  }

  private SqlStatement statement(SqliteStatements.Range range) {
    int first = range.first();
    int start = tokens.get(first).start();
    if (TRANSACTION.contains(word(first))) {
      problem(
          start,
          "a migration has no transaction control of its own",
          Optional.of("Leave it out: each step and its record commit in one transaction."));
    }
    if (word(first).equals(".")) {
      problem(
          start,
          "this is a command of SQLite's shell, not SQL",
          Optional.of("Leave it out, or write what it does as SQL."));
    }
    String text = sql.text().substring(start, tokens.get(range.end() - 1).end());
    return new SqlStatement(
        new Fragment(text, places.at(start), 1), Optional.empty(), place(first, range.end()));
  }

  /** {@code defer_foreign_keys} holds to the end of the transaction that it is set in. */
  private Place place(int first, int end) {
    boolean deferring =
        IntStream.range(first, end).anyMatch(i -> word(i).equals("defer_foreign_keys"));
    return ALONE.contains(word(first)) && !deferring ? Place.ALONE : Place.TOGETHER;
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

  private void problem(int offset, String what, Optional<String> suggestion) {
    int end = sql.text().indexOf('\n', offset);
    String here = sql.text().substring(offset, end < 0 ? sql.text().length() : end).strip();
    problems.add(new Problem(sql.at(offset), what, here, suggestion));
  }
}
