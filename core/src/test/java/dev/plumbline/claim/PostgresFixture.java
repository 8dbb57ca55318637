package dev.plumbline.claim;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.parser.Parsed;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.parser.Statement;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;

/** Statements that are run for others that are claimed. */
record PostgresFixture(TestDatabase database) {
  static final PostgresParser PARSER = new PostgresParser();

  static List<Statement> statements(String sql) {
    Parsed parsed = PARSER.parse(sql);
    if (!parsed.errors().isEmpty()) {
      throw new IllegalArgumentException(parsed.errors().toString());
    }
    return parsed.statements();
  }

  static List<Claim> claims(String sql) {
    PostgresClaims claims = new PostgresClaims(PARSER);
    claims.add("", statements(sql));
    return claims.standing();
  }

  void run(String sql) {
    database.execute(statements(sql).stream().map(Statement::text).toArray(String[]::new));
  }

  List<FalseClaim> check(List<Claim> claims) {
    try (Session session =
        Database.of(JdbcUrl.parse(database.url())).openForReading(Timeouts.READING)) {
      return new ClaimCheck(PARSER).check(session, claims);
    }
  }

  /** What is false of the claims of statements, as people read it: {@code table t: missing}. */
  List<String> wrong(String sql) {
    return check(claims(sql)).stream().map(f -> f.claim().subject() + ": " + f.found()).toList();
  }
}
