package dev.plumbline.audit;

import dev.plumbline.database.Database;
import dev.plumbline.database.Row;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.invariant.Agree;
import dev.plumbline.invariant.Compiler;
import dev.plumbline.invariant.Derive;
import dev.plumbline.invariant.DeriveQuery;
import dev.plumbline.invariant.Every;
import dev.plumbline.invariant.EveryQuery;
import dev.plumbline.invariant.Exist;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.invariant.Narrowing;
import dev.plumbline.invariant.None;
import dev.plumbline.invariant.ViolationQuery;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Columns;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The read-only look at a database: all invariants of one call in one snapshot, in a transaction in
 * which the server itself refuses to write. Memory stays flat whatever the number of violations.
 */
public final class Auditor {
  private static final long SLOW_FORM_MATTERS = 100_000;

  private final Database database;
  private final Timeouts timeouts;

  public Auditor(Database database, Timeouts timeouts) {
    this.database = database;
    this.timeouts = timeouts;
  }

  /**
   * Looks at each invariant in turn. One that cannot be looked at is blind, and does not keep the
   * others from being looked at.
   *
   * @throws dev.plumbline.error.DatabaseException if the database cannot be reached at all
   */
  public AuditReport audit(String project, List<Invariant> invariants, AuditOptions options) {
    try (Session session = database.openForReading(timeouts)) {
      return session.transaction(() -> auditIn(session, project, invariants, options));
    }
  }

  /** The same inside a reading transaction that the caller has open. */
  public AuditReport auditIn(
      Session session, String project, List<Invariant> invariants, AuditOptions options) {
    Instant at =
        session
            .one(Sql.of("SELECT {}", session.dialect().now()), row -> row.instant(1))
            .orElseThrow();
    List<AuditResult> results = new ArrayList<>();
    for (Invariant invariant : invariants) {
      results.add(look(session, invariant, options));
    }
    return new AuditReport(project, database.label(), at, results);
  }

  private static AuditResult look(Session session, Invariant invariant, AuditOptions options) {
    long start = System.nanoTime();
    try {
      return session.attempt(
          () ->
              invariant instanceof Exist exist
                  ? new ExistAudit(session).look(exist, options, start)
                  : new Look(session, invariant, options).result(start));
    } catch (PlumblineException e) {
      return new AuditResult(
          invariant,
          kind(invariant),
          Verdict.BLIND,
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          since(start),
          Optional.of(e));
    }
  }

  /** The kind's word in the project's files. */
  public static String kind(Invariant invariant) {
    return switch (invariant) {
      case Derive d -> "derive";
      case Every e -> "every";
      case None n -> "none";
      case Agree a -> "agree";
      case Exist e -> "exist";
    };
  }

  static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Eight numbers of a row, from a column on, as {@link ViolationQuery#counts} gives them. */
  static Counts counts(Row row, int from) throws SQLException {
    return new Counts(
        row.number(from),
        row.optionalNumber(from + 1),
        row.number(from + 2),
        row.number(from + 3),
        row.number(from + 4),
        row.number(from + 5),
        row.number(from + 6),
        row.optionalNumber(from + 7));
  }

  /** The look at one invariant. */
  private static final class Look {
    private final Session session;
    private final Invariant invariant;
    private final AuditOptions options;
    private final ViolationQuery query;
    private final List<String> columns;
    private final ViolationReader reader;

    Look(Session session, Invariant invariant, AuditOptions options) {
      this.session = session;
      this.invariant = invariant;
      this.options = options;
      Catalog catalog = Database.catalog(session);
      this.query = new Compiler(catalog, session.dialect()).compile(invariant);
      this.columns = shown(query);
      this.reader = new ViolationReader(session, query, options.narrowing(), columns);
    }

    AuditResult result(long start) {
      check();
      Narrowing narrowing = options.narrowing();
      Counts counts = session.one(query.counts(narrowing), row -> counts(row, 1));
      List<Segment> segments =
          query
              .segments(narrowing)
              .map(sql -> session.query(sql, row -> new Segment(row.optional(1), counts(row, 2))))
              .orElse(List.of());
      List<Violation> samples =
          counts.violations() == 0 ? List.of() : reader.samples(counts, options.samples());
      if (counts.violations() > 0) {
        options.sink().ifPresent(reader::stream);
      }
      return new AuditResult(
          invariant,
          kind(invariant),
          Verdicts.of(invariant.terms(), counts),
          Optional.of(counts),
          segments,
          query.key().stream().map(Column::name).toList(),
          columns,
          samples,
          notes(counts),
          since(start),
          Optional.empty());
    }

    private void check() {
      List<Problem> problems = new ArrayList<>();
      for (ViolationQuery.Check check : query.checks()) {
        session
            .first(check.query(), row -> row.required(1))
            .ifPresent(
                example ->
                    problems.add(
                        new Problem(
                            check.problem().position(),
                            check.problem().what() + ", for example " + example,
                            example,
                            check.problem().suggestion())));
      }
      if (!problems.isEmpty()) {
        throw new ProjectException(problems);
      }
    }

    private List<String> notes(Counts counts) {
      List<String> notes = new ArrayList<>();
      if (counts.population().orElse(-1) == 0) {
        notes.add("It looked at zero rows: there is nothing that could violate it.");
      }
      if (query.key().isEmpty() && counts.violations() > 0) {
        notes.add("The table has no primary key: violations are listed in no order.");
      }
      if (invariant instanceof Derive derive
          && derive.source().isEmpty()
          && counts.rows() >= SLOW_FORM_MATTERS
          && derive.columns().values().stream()
              .anyMatch(e -> e.text().toLowerCase(Locale.ROOT).contains("select"))) {
        notes.add(
            "The expression is a subquery computed row by row; written with `from` and `by` the"
                + " same is computed set by set, many times faster.");
      }
      return notes;
    }

    /** The key, what the kind shows by itself, and what {@code show} asks for. */
    private static List<String> shown(ViolationQuery query) {
      List<String> all = query.columns().stream().map(Column::name).toList();
      List<String> asked =
          query.invariant().terms().show().stream()
              .flatMap(n -> Columns.find(query.columns(), n.text()).stream())
              .map(Column::name)
              .toList();
      if (asked.isEmpty() || query instanceof DeriveQuery) {
        return all;
      }
      return Stream.of(
              query.key().stream().map(Column::name).toList(),
              query instanceof EveryQuery ? List.of("state") : List.<String>of(),
              asked)
          .flatMap(List::stream)
          .distinct()
          .toList();
    }
  }
}
