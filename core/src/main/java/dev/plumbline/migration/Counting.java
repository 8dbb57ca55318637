package dev.plumbline.migration;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Auditor;
import dev.plumbline.audit.Counts;
import dev.plumbline.audit.Violation;
import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.migration.Migration.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Counts what a migration expects and what must hold before it goes on. */
final class Counting {
  private static final int NAMED = 3;

  private final Database database;
  private final Timeouts reading;
  private final Invariants invariants;

  Counting(Database database, Timeouts reading, Invariants invariants) {
    this.database = database;
    this.reading = reading;
    this.invariants = invariants;
  }

  /**
   * Compares what the file expects with what is there, as the session sees it.
   *
   * @return what was found, as a sentence
   * @throws PlumblineException 2 if a count is off
   */
  String expect(Session session, List<Expectation> expectations) {
    List<String> found = new ArrayList<>();
    for (Expectation expectation : expectations) {
      AuditResult result = look(session, invariants.named(expectation.invariant().invariant()));
      long violations = counts(result).violations();
      if (!expectation.rows().holds(violations)) {
        throw off(expectation, violations);
      }
      found.add(rows(violations) + " " + result.invariant().name() + ", as expected");
    }
    return String.join("; ", found);
  }

  private AuditResult look(Session session, Invariant invariant) {
    return new Auditor(database, reading)
        .auditIn(session, "", List.of(invariant), AuditOptions.standard())
        .results()
        .getFirst()
        .orThrow();
  }

  private static String rows(long violations) {
    return violations == 1 ? "1 row violates" : count(violations) + " rows violate";
  }

  private static PlumblineException off(Expectation expectation, long violations) {
    String name = expectation.invariant().invariant();
    return new PlumblineException(
        ErrorCode.FAILED,
        expectation.invariant().position()
            + ": "
            + expectation.rows().text()
            + " rows were expected to violate "
            + name
            + ", but "
            + (violations == 1 ? "1 does." : count(violations) + " do."),
        "Nothing was changed.",
        "Look at them: plumb audit "
            + name
            + ". If they are what is to be filled, correct the line: -- plumb:expect "
            + violations
            + " rows violate "
            + name);
  }

  /**
   * Looks afresh whether invariants hold, without tolerance.
   *
   * @return one result for each
   * @throws PlumblineException 2 if one does not hold, naming rows
   */
  List<AuditResult> verify(List<Invariant> all) {
    List<AuditResult> results =
        new Auditor(database, reading).audit("", all, AuditOptions.standard()).results();
    results.forEach(AuditResult::orThrow);
    List<AuditResult> wrong = results.stream().filter(r -> counts(r).violations() > 0).toList();
    if (!wrong.isEmpty()) {
      String names = wrong.stream().map(r -> r.invariant().name()).collect(Collectors.joining(" "));
      throw new PlumblineException(
          ErrorCode.FAILED,
          wrong.stream().map(Counting::named).collect(Collectors.joining("\n")),
          "The steps before are done and recorded; no constraint was made, and the migration is"
              + " not recorded as applied.",
          "See all of them: plumb audit "
              + names
              + ". When they are mended: plumb migrate --commit, which backfills and verifies"
              + " again.");
    }
    return results;
  }

  /** Such as {@code 1 row violates x: id = 7}; values are the audit's to show. */
  private static String named(AuditResult result) {
    long violations = counts(result).violations();
    String keys =
        result.samples().stream()
            .limit(NAMED)
            .map(violation -> "\n  " + key(result, violation))
            .collect(Collectors.joining());
    return rows(violations)
        + " "
        + result.invariant().name()
        + ":"
        + keys
        + (violations > NAMED ? "\n  … and " + count(violations - NAMED) + " more" : "");
  }

  private static String key(AuditResult result, Violation violation) {
    List<String> names = result.key().isEmpty() ? result.columns() : result.key();
    return names.stream()
        .map(name -> name + " = " + violation.values().get(result.columns().indexOf(name)))
        .collect(Collectors.joining(", "));
  }

  /** What a result without violations shows. */
  static String proof(AuditResult result) {
    Counts counts = counts(result);
    String of =
        counts.population().isPresent() ? " of " + count(counts.population().getAsLong()) : "";
    return "0" + of + " violate";
  }

  static Counts counts(AuditResult result) {
    return result.counts().orElseThrow();
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
