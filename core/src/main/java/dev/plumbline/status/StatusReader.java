package dev.plumbline.status;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Auditor;
import dev.plumbline.audit.Counts;
import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.guard.Guards;
import dev.plumbline.guard.Standing;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Run;
import dev.plumbline.migration.ChecklistPoint;
import dev.plumbline.migration.History;
import dev.plumbline.migration.Migrate;
import dev.plumbline.migration.Migration;
import dev.plumbline.migration.Phases;
import dev.plumbline.migration.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Looks up where a project stands, in one snapshot and only reading. It makes no journal, and runs
 * no audit unless it is told to.
 */
public final class StatusReader {
  private final Database database;
  private final Timeouts timeouts;
  private final String project;
  private final List<Invariant> invariants;
  private final Migrate migrate;
  private final List<Migration> files;
  private final List<Problem> unreadable;
  private final Phases phases;

  /**
   * @param files the project's migrations, by version
   * @param unreadable what is wrong in those files that are not among them
   */
  public StatusReader(
      Database database,
      Timeouts timeouts,
      String project,
      List<Invariant> invariants,
      Migrate migrate,
      List<Migration> files,
      List<Problem> unreadable,
      Phases phases) {
    this.database = database;
    this.timeouts = timeouts;
    this.project = project;
    this.invariants = List.copyOf(invariants);
    this.migrate = migrate;
    this.files = List.copyOf(files);
    this.unreadable = List.copyOf(unreadable);
    this.phases = phases;
  }

  /**
   * @param audit whether to audit the invariants instead of asking the journal
   */
  public Status read(boolean audit) {
    try (Session session = database.openForReading(timeouts)) {
      return session.transaction(() -> read(session, audit));
    }
  }

  private Status read(Session session, boolean audit) {
    Journal journal = new Journal(session);
    boolean any = journal.exists() && journal.complete();
    List<Run> runs = any ? journal.list() : List.of();
    History history = History.read(session);
    List<Standing> guards = any ? Guards.standing(session, invariants) : List.of();
    List<InvariantLine> known = audit ? audited(session) : lastKnown(runs, history);
    return new Status(
        project,
        database.label(),
        migrations(history),
        new PhaseLines(phases, history, known, guards).lines(),
        known,
        runs.stream().filter(run -> run.state().active()).toList(),
        guards,
        Stream.concat(unreadable.stream(), disagreements(history).stream()).toList());
  }

  private List<MigrationLine> migrations(History history) {
    Map<Version, MigrationLine> lines = new TreeMap<>();
    for (History.Entry entry : history.entries()) {
      if (entry.state() != History.State.UNDONE) {
        lines.put(
            entry.version(),
            new MigrationLine(
                entry.version(), entry.file(), Optional.of(entry), Optional.empty(), List.of()));
      }
    }
    for (Migration file : files) {
      lines.put(
          file.version(),
          new MigrationLine(
              file.version(),
              file.label(),
              history.of(file.version()),
              history
                  .of(file.version())
                  .filter(entry -> entry.state().pending())
                  .flatMap(entry -> migrate.next(file, entry)),
              file.checklist().stream()
                  .filter(ChecklistPoint::open)
                  .map(ChecklistPoint::kind)
                  .toList()));
    }
    return List.copyOf(lines.values());
  }

  private List<InvariantLine> lastKnown(List<Run> runs, History history) {
    LastVerdicts verdicts = new LastVerdicts(runs, files, history);
    return invariants.stream().map(invariant -> verdicts.of(invariant.name())).toList();
  }

  private List<InvariantLine> audited(Session session) {
    Instant now =
        session
            .one(Sql.of("SELECT {}", session.dialect().now()), row -> row.instant(1))
            .orElseThrow();
    return new Auditor(database, timeouts)
            .auditIn(session, project, invariants, AuditOptions.standard().withSamples(0))
            .results()
            .stream()
            .map(result -> line(result, now))
            .toList();
  }

  private static InvariantLine line(AuditResult result, Instant now) {
    Optional<Long> violations = result.counts().map(Counts::violations);
    return new InvariantLine(
        result.invariant().name(),
        Optional.of(result.verdict()),
        violations.map(OptionalLong::of).orElse(OptionalLong.empty()),
        Optional.of(now),
        OptionalLong.empty(),
        result.error());
  }

  /** Edited, missing and late files; what is half taken back shows as such. */
  private List<Problem> disagreements(History history) {
    if (history.entries().stream().anyMatch(e -> e.state() == History.State.UNDOING)) {
      return List.of();
    }
    try {
      migrate.pending(history, Optional.empty());
      return List.of();
    } catch (ProjectException e) {
      return e.problems().stream().filter(problem -> !isUnreadable(problem)).toList();
    }
  }

  /** A file that is not read seems to be missing. */
  private boolean isUnreadable(Problem problem) {
    return unreadable.stream().anyMatch(u -> u.position().file().equals(problem.position().file()));
  }
}
