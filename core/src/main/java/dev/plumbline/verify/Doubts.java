package dev.plumbline.verify;

import dev.plumbline.claim.Claim;
import dev.plumbline.database.PostgresDoubts;
import dev.plumbline.database.PostgresDoubts.OfTable;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.schema.TableName;
import dev.plumbline.verify.Finding.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What in the catalogue does not do what its name promises, whoever made it. What a false claim
 * tells already is not told again.
 */
final class Doubts {
  private final Dialect dialect;
  private final List<Claim> claims;
  private final List<Finding> told;
  private final List<Finding> findings = new ArrayList<>();

  private Doubts(Dialect dialect, List<Claim> claims, List<Finding> told) {
    this.dialect = dialect;
    this.claims = claims;
    this.told = List.copyOf(told);
  }

  /**
   * @param claims of all migrations, the half-done and the pending ones too
   */
  static List<Finding> of(Session session, List<Claim> claims, List<Finding> told) {
    return switch (session.dialect()) {
      case PostgresDialect postgres ->
          new Doubts(postgres, claims, told).of(new PostgresDoubts(session));
      case SqliteDialect sqlite -> List.of(); // knows no such states
    };
  }

  private List<Finding> of(PostgresDoubts live) {
    for (OfTable index : live.invalidIndexes()) {
      String name = dialect.quote(index.schema()) + "." + dialect.quote(index.name());
      add(
          Sort.INVALID_INDEX,
          "index",
          index,
          "is invalid: a build that failed left it behind. Every write pays for it, and no query"
              + " uses it",
          "REINDEX INDEX CONCURRENTLY "
              + name
              + "; or, if nobody needs it, DROP INDEX CONCURRENTLY "
              + name);
    }
    for (OfTable constraint : live.notValidated()) {
      if (claims.stream().noneMatch(saysNotValid(constraint))) {
        add(
            Sort.NOT_VALIDATED,
            "constraint",
            constraint,
            "holds for new rows only: the rows from before it were never checked",
            "ALTER TABLE " + table(constraint) + " VALIDATE CONSTRAINT " + quoted(constraint));
      } else {
        add(
            Sort.NOT_VALIDATED,
            "constraint",
            constraint,
            "was made NOT VALID, and no later migration validates it",
            "Write a migration with ALTER TABLE "
                + table(constraint)
                + " VALIDATE CONSTRAINT "
                + quoted(constraint));
      }
    }
    for (OfTable trigger : live.disabledTriggers()) {
      if (claims.stream().noneMatch(saysDisabled(trigger))) {
        add(
            Sort.DISABLED_TRIGGER,
            "trigger",
            trigger,
            "is switched off, and no migration says so",
            "ALTER TABLE " + table(trigger) + " ENABLE TRIGGER " + quoted(trigger));
      }
    }
    return findings;
  }

  private String table(OfTable object) {
    return dialect.quote(object.schema()) + "." + dialect.quote(object.table());
  }

  private String quoted(OfTable object) {
    return dialect.quote(object.name());
  }

  private static Predicate<Claim> saysNotValid(OfTable constraint) {
    return claim ->
        claim instanceof Claim.ConstraintExists c && !c.validated() && isAbout(c, constraint);
  }

  private static Predicate<Claim> saysDisabled(OfTable trigger) {
    return claim ->
        claim instanceof Claim.TriggerExists t
            && t.firing().filter(firing -> firing.equals("D")).isPresent()
            && isAbout(t, trigger);
  }

  private static boolean isAbout(Claim claim, OfTable object) {
    return claim.subject().name().name().equals(object.name())
        && claim.subject().on().filter(on -> on.name().equals(object.table())).isPresent();
  }

  private void add(Sort sort, String kind, OfTable object, String what, String next) {
    String table = String.join(".", TableName.usual(object.schema(), object.table()));
    String about = kind + " " + object.name() + " on " + table;
    boolean known =
        told.stream()
            .filter(finding -> finding.sort() == Sort.FALSE_CLAIM)
            .anyMatch(finding -> finding.about().equals(about));
    if (!known) {
      Optional<String> maker =
          claims.stream()
              .filter(claim -> !(claim instanceof Claim.Absent) && isAbout(claim, object))
              .map(claim -> claim.origin().source())
              .reduce((first, last) -> last);
      findings.add(
          new Finding(
              sort,
              Optional.empty(),
              maker,
              Optional.empty(),
              about,
              what + maker.map(revision -> " (migration " + revision + ")").orElse(""),
              next));
    }
  }
}
