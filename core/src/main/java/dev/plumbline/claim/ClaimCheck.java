package dev.plumbline.claim;

import dev.plumbline.database.PostgresObjects;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.parser.PostgresParser;
import java.util.List;
import java.util.Optional;

/**
 * Compares claims with the live catalogue. It reads only, works within the caller's transaction, if
 * there is one, and sees what that has not committed yet. A definition is called false only where
 * it is certainly another one. May be used by any number of threads.
 */
public final class ClaimCheck {
  private final PostgresParser parser;

  public ClaimCheck(PostgresParser parser) {
    this.parser = parser;
  }

  /** Where what a claim is about lies in the live catalogue; empty if it is not there. */
  public Optional<Place> find(Session session, Claim claim) {
    return switch (session.dialect()) {
      case PostgresDialect postgres ->
          new PostgresPlaces(
                  new Lookup(
                      LiveObjects.of(List.of(claim), new PostgresObjects(session)),
                      new Printed(parser)))
              .find(claim.subject());
      case SqliteDialect sqlite -> new SqliteCheck(session).place(claim.subject());
    };
  }

  /** The claims that are not true, in the order of the claims. */
  public List<FalseClaim> check(Session session, List<Claim> claims) {
    return switch (session.dialect()) {
      case PostgresDialect postgres ->
          new PostgresCheck(
                  LiveObjects.of(claims, new PostgresObjects(session)), new Printed(parser))
              .check(claims);
      case SqliteDialect sqlite -> new SqliteCheck(session).check(claims);
    };
  }
}
