package dev.plumbline.guard;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.Auditor;
import dev.plumbline.audit.Counts;
import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.ProjectException;
import dev.plumbline.execution.Settings;
import dev.plumbline.guard.GuardPlan.State;
import dev.plumbline.guard.Standing.Fault;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.Journal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Guards of a database: planned, installed, taken away, looked after. Safe for several threads;
 * each call uses a session of its own.
 */
public final class Guards {
  private final Database database;
  private final Settings settings;

  public Guards(Database database, Settings settings) {
    this.database = database;
    this.settings = settings;
  }

  /**
   * What a guard for the invariant would be. Nothing is written.
   *
   * @throws ProjectException (78) if no correct guard can be made, saying why and what to do
   */
  public GuardPlan plan(Invariant invariant) {
    try (Session session = database.openForReading(settings.reading())) {
      return session.transaction(() -> plan(session, invariant));
    }
  }

  private GuardPlan plan(Session session, Invariant invariant) {
    GuardCompiler.Compiled compiled = new GuardCompiler(session).compile(invariant);
    Counts counts =
        new Auditor(database, settings.reading())
            .auditIn(session, "", List.of(invariant), AuditOptions.standard())
            .results()
            .getFirst()
            .orThrow()
            .counts()
            .orElseThrow();
    Optional<Standing> standing =
        new GuardRecords(session).find(invariant.name(), List.of(invariant));
    State state = standing.map(Guards::state).orElse(State.NEW);
    return new GuardPlan(
        invariant,
        state,
        standing,
        state == State.OUTDATED || state == State.DAMAGED
            ? new GuardRecords(session).drops(invariant.name())
            : List.of(),
        compiled.sql(),
        compiled.watches(),
        counts,
        compiled.notes());
  }

  private static State state(Standing standing) {
    if (standing.intact()) {
      return State.STANDS;
    }
    return standing.findings().stream().anyMatch(f -> f.fault() == Fault.OUTDATED)
        ? State.OUTDATED
        : State.DAMAGED;
  }

  /**
   * Installs a guard, in one transaction with its entry in the journal; one that stands already is
   * left alone.
   */
  public void install(GuardPlan plan) {
    if (plan.nothingToDo()) {
      return;
    }
    try (Session session = database.openForWriting(settings.writing())) {
      new Journal(session).create();
      session.transaction(
          () -> {
            GuardRecords records = new GuardRecords(session);
            records.lock();
            records.drops(plan.invariant().name()).forEach(s -> session.execute(Sql.of("{}", s)));
            plan.sql().statements().forEach(s -> session.execute(Sql.of("{}", s)));
            records.enter(plan.invariant(), plan.sql().objects());
            return true;
          });
    }
  }

  /** What would be taken away. */
  public DropPlan planDrop(String invariant) {
    try (Session session = database.openForReading(settings.reading())) {
      return session.transaction(
          () -> {
            GuardRecords records = new GuardRecords(session);
            return new DropPlan(
                invariant, records.find(invariant, List.of()), records.drops(invariant));
          });
    }
  }

  /** Takes a guard away, with its entry in the journal. */
  public void drop(DropPlan plan) {
    if (plan.installed().isEmpty()) {
      return;
    }
    try (Session session = database.openForWriting(settings.writing())) {
      session.transaction(
          () -> {
            GuardRecords records = new GuardRecords(session);
            records.lock();
            records.drops(plan.invariant()).forEach(s -> session.execute(Sql.of("{}", s)));
            records.remove(plan.invariant());
            return true;
          });
    }
  }

  /**
   * Every installed guard, compared with what is there now and with the project's invariants.
   *
   * @param invariants the project's; a guard whose invariant is not among them is outdated
   */
  public static List<Standing> standing(Session session, Collection<Invariant> invariants) {
    return new GuardRecords(session).list(invariants);
  }
}
