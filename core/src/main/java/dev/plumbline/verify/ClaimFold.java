package dev.plumbline.verify;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.Origin;
import dev.plumbline.claim.PostgresClaims;
import dev.plumbline.claim.SqliteClaims;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqlScan;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.dialect.SqliteStatements;
import dev.plumbline.layout.ToolText;
import dev.plumbline.parser.Parsed;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.parser.SyntaxError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds texts of SQL, in the order in which they were applied, into the claims that must hold after
 * the last. Not thread-safe.
 */
sealed interface ClaimFold {

  /**
   * A migration's text.
   *
   * @param source what its claims are to say that they come from
   */
  record Text(String source, String sql) {}

  /** Reads texts beforehand, which is most of the work: several at once. */
  void read(List<Text> texts);

  /** Folds a text that was applied as a whole; what of it cannot be read claims nothing. */
  void surely(Text text);

  /** Folds a text of which anything may have been applied: it cancels claims and makes none. */
  void perhaps(Text text);

  List<Claim> standing();

  /** Where a text cannot be read first. */
  Optional<SyntaxError> unreadable(Text text);

  /**
   * @param path the schemas that the tool searches for a name without one; empty: the usual ones
   */
  static ClaimFold of(Dialect dialect, PostgresParser parser, List<String> path) {
    return switch (dialect) {
      case PostgresDialect postgres -> new OnPostgres(parser, path);
      case SqliteDialect sqlite -> new OnSqlite();
    };
  }

  private static SyntaxError placeholder(Text text, int offset) {
    return new SyntaxError(
        "it holds a placeholder, whose value is not known here",
        dev.plumbline.parser.Position.of(text.sql(), offset));
  }

  /** By PostgreSQL's own parser. */
  final class OnPostgres implements ClaimFold {
    private final PostgresParser parser;
    private final PostgresClaims claims;
    private final Map<String, Parsed> read = new HashMap<>();

    OnPostgres(PostgresParser parser, List<String> path) {
      this.parser = parser;
      this.claims = new PostgresClaims(parser, path);
    }

    @Override
    public void read(List<Text> texts) {
      List<Parsed> parsed = parser.parseAll(texts.stream().map(Text::sql).toList());
      for (int i = 0; i < texts.size(); i++) {
        read.put(texts.get(i).sql(), parsed.get(i));
      }
    }

    private Parsed parsed(Text text) {
      return read.computeIfAbsent(text.sql(), parser::parse);
    }

    @Override
    public void surely(Text text) {
      claims.add(
          text.source(), parsed(text).statements(), statement -> ToolText.isOpen(statement.text()));
    }

    @Override
    public void perhaps(Text text) {
      claims.addPerhaps(text.source(), parsed(text).statements());
    }

    @Override
    public List<Claim> standing() {
      return claims.standing();
    }

    @Override
    public Optional<SyntaxError> unreadable(Text text) {
      return parsed(text).errors().stream()
          .findFirst()
          .or(
              () ->
                  parsed(text).statements().stream()
                      .filter(statement -> ToolText.isOpen(statement.text()))
                      .findFirst()
                      .map(open -> placeholder(text, open.start())));
    }
  }

  /** By SQLite's own rules of where a statement ends. */
  final class OnSqlite implements ClaimFold {
    private final SqliteClaims claims = new SqliteClaims();

    @Override
    public void read(List<Text> texts) {} // nothing takes long

    @Override
    public void surely(Text text) {
      for (Origin origin : origins(text)) {
        if (ToolText.isOpen(origin.statement())) {
          claims.addPerhaps(List.of(origin));
        } else {
          claims.add(List.of(origin));
        }
      }
    }

    @Override
    public void perhaps(Text text) {
      claims.addPerhaps(origins(text));
    }

    @Override
    public List<Claim> standing() {
      return claims.standing();
    }

    @Override
    public Optional<SyntaxError> unreadable(Text text) {
      return SqlScan.of(text.sql())
          .unterminated()
          .map(
              flaw ->
                  new SyntaxError(
                      flaw.what(), dev.plumbline.parser.Position.of(text.sql(), flaw.offset())))
          .or(
              () ->
                  origins(text).stream()
                      .filter(origin -> ToolText.isOpen(origin.statement()))
                      .findFirst()
                      .map(origin -> placeholder(text, origin.start())));
    }

    private static List<Origin> origins(Text text) {
      SqlScan scan = SqlScan.of(text.sql());
      List<SqlScan.Token> tokens = scan.code();
      List<Origin> origins = new ArrayList<>();
      for (SqliteStatements.Range range : SqliteStatements.split(scan)) {
        int start = tokens.get(range.first()).start();
        String statement = text.sql().substring(start, tokens.get(range.end() - 1).end());
        origins.add(new Origin(text.source(), start, statement));
      }
      return origins;
    }
  }
}
