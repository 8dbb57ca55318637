package dev.plumbline.migration;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.ClaimCheck;
import dev.plumbline.claim.FalseClaim;
import dev.plumbline.claim.Origin;
import dev.plumbline.claim.PostgresClaims;
import dev.plumbline.claim.SqliteClaims;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.parser.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether statements had the effect that they claim. One that ends without an error may have had
 * none: {@code IF NOT EXISTS} over another object, an error that a {@code DO} block swallows, an
 * index that is invalid.
 */
final class Effects {
  private final Dialect dialect;
  private final List<Part> parts;
  private final ClaimCheck check = new ClaimCheck(PostgresScript.PARSER);

  /**
   * @param parts all of a file
   */
  Effects(Dialect dialect, List<Part> parts) {
    this.dialect = dialect;
    this.parts = parts;
  }

  /**
   * Compares what the file claims up to the end of a part with the catalogue, as the session sees
   * it.
   *
   * @return what was seen, as a sentence; empty where nothing is claimed
   * @throws PlumblineException 2 if a statement had not the effect that it claims
   */
  String prove(Session session, Part.Sql part) {
    return prove(session, claims(part.n()));
  }

  /** The same for the whole file. */
  String proveAll(Session session) {
    return prove(session, claims(parts.size()));
  }

  /** Whether a part's statements need not be run: all that they claim is there. */
  boolean hold(Session session, Part.Sql part) {
    List<Claim> own =
        claims(part.n()).stream()
            .filter(claim -> statement(part, claim.origin()).isPresent())
            .toList();
    return !own.isEmpty() && check.check(session, own).isEmpty();
  }

  private String prove(Session session, List<Claim> claims) {
    List<FalseClaim> wrong = check.check(session, claims);
    if (wrong.isEmpty()) {
      return claims.isEmpty()
          ? ""
          : claims.size() == 1 ? "1 claim holds" : claims.size() + " claims hold";
    }
    throw new PlumblineException(
        ErrorCode.FAILED,
        wrong.stream().map(this::described).collect(Collectors.joining("\n")),
        "The step is not recorded as done; where it ran in a transaction, that was rolled back.",
        wrong.stream().map(FalseClaim::next).distinct().collect(Collectors.joining(" "))
            + " Then go on with the same command.");
  }

  private String described(FalseClaim wrong) {
    return place(wrong.claim().origin()).map(p -> p + ": ").orElse("")
        + "the statement ended without an error, but not with its effect: "
        + wrong.claim().subject()
        + " "
        + wrong.found();
  }

  /** What a {@code DO} block's body makes is found within the block. */
  private Optional<String> place(Origin origin) {
    List<SqlStatement> all = sql(parts.size()).flatMap(p -> p.statements().stream()).toList();
    return Stream.concat(
            all.stream().filter(statement -> statement.sql().text().equals(origin.statement())),
            all.stream().filter(statement -> statement.sql().text().contains(origin.statement())))
        .findFirst()
        .map(SqlStatement::sql)
        .map(sql -> sql.at(sql.text().indexOf(origin.statement())).toString());
  }

  private static Optional<SqlStatement> statement(Part.Sql part, Origin origin) {
    return part.statements().stream()
        .filter(statement -> statement.sql().text().equals(origin.statement()))
        .findFirst();
  }

  /** What must hold when the parts up to a number are done. */
  private List<Claim> claims(int upTo) {
    List<SqlStatement> statements = sql(upTo).flatMap(part -> part.statements().stream()).toList();
    return switch (dialect) {
      case PostgresDialect postgres -> {
        PostgresClaims claims = new PostgresClaims(PostgresScript.PARSER);
        claims.add("", trees(statements));
        yield claims.standing();
      }
      case SqliteDialect sqlite -> {
        SqliteClaims claims = new SqliteClaims();
        claims.add(statements.stream().map(s -> new Origin("", 0, s.sql().text())).toList());
        yield claims.standing();
      }
    };
  }

  private Stream<Part.Sql> sql(int upTo) {
    return parts.stream()
        .filter(part -> part.n() <= upTo)
        .flatMap(part -> part instanceof Part.Sql sql ? Stream.of(sql) : Stream.empty());
  }

  private static List<Statement> trees(List<SqlStatement> statements) {
    List<Statement> trees = new ArrayList<>();
    statements.forEach(statement -> statement.tree().ifPresent(trees::add));
    return trees;
  }
}
