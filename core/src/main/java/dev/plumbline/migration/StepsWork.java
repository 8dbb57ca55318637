package dev.plumbline.migration;

import dev.plumbline.audit.AuditResult;
import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.HeldRun.OpenBatch;
import dev.plumbline.execution.RunWork;
import dev.plumbline.execution.Settings;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.NewRun;
import dev.plumbline.journal.Steps;
import dev.plumbline.run.RunState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A migration, or what takes it back, as the run loop sees it: each part is a slice. A part that
 * fails ends the run; the next attempt begins with it.
 */
final class StepsWork implements RunWork<Part> {
  private final Database database;
  private final Settings settings;
  private final Invariants invariants;
  private final List<Part> parts;
  private final HeldRun held;
  private final StepListener listener;
  private final Counting counting;
  private final Statements statements;
  private final Effects effects;
  private final PartRuns runs;
  private final Deque<Part> left = new ArrayDeque<>();
  private boolean taken;

  StepsWork(
      Database database,
      Settings settings,
      Invariants invariants,
      List<Part> parts,
      HeldRun held,
      PartRuns runs,
      StepListener listener) {
    this.database = database;
    this.settings = settings;
    this.invariants = invariants;
    this.parts = parts;
    this.held = held;
    this.runs = runs;
    this.listener = listener;
    this.counting = new Counting(database, settings.reading(), invariants);
    this.statements =
        new Statements(held.run().plan().invariant(), held.run().plan().kind() == NewRun.Kind.UNDO);
    this.effects = new Effects(database.dialect(), parts);
  }

  /**
   * Reads which parts are done. A process that takes the run over verifies again before it makes
   * constraints: nobody knows how long ago the last look was.
   */
  @Override
  public void reload() {
    held.reload(
        session -> {
          Steps steps = steps(session);
          if (!taken) {
            taken = true;
            proofBefore(next(steps)).ifPresent(verify -> steps.reopen(verify.n()));
          }
          Set<Integer> done = done(steps);
          left.clear();
          parts.stream().filter(part -> !done.contains(part.n())).forEach(left::add);
        });
  }

  private Steps steps(Session session) {
    return new Steps(session, held.run().id());
  }

  private static Set<Integer> done(Steps steps) {
    return steps.list().stream()
        .filter(Steps.Entry::done)
        .map(Steps.Entry::n)
        .collect(Collectors.toSet());
  }

  /** The first part that is not done. */
  private Optional<Part> next(Steps steps) {
    Set<Integer> done = done(steps);
    return parts.stream().filter(part -> !done.contains(part.n())).findFirst();
  }

  private Optional<Part> proofBefore(Optional<Part> next) {
    return next.filter(part -> part.step().equals(Step.CONSTRAIN.word()))
        .flatMap(
            constrain ->
                parts.stream()
                    .filter(part -> part instanceof Part.Verify && part.n() < constrain.n())
                    .findFirst());
  }

  @Override
  public Optional<Part> next(int rows) {
    return Optional.ofNullable(left.poll());
  }

  @Override
  public Applied apply(Part part) {
    listener.begins(part);
    return switch (part) {
      case Part.Expect expect -> expect(expect);
      case Part.Sql sql -> sql.alone() ? alone(sql) : together(sql);
      case Part.Backfill backfill -> backfill(backfill);
      case Part.Verify verify -> verify(verify);
      case Part.TakeBack back -> takeBack(back);
    };
  }

  private Applied expect(Part.Expect part) {
    OpenBatch batch = begin(part);
    String evidence;
    try (Session session = database.openForReading(settings.reading())) {
      evidence = session.transaction(() -> counting.expect(session, part.expectations()));
    }
    return finish(part, batch, OptionalLong.empty(), evidence);
  }

  /** The statements, what is expected of them, the proof that they had effect, and the record. */
  private Applied together(Part.Sql part) {
    OpenBatch batch = held.openBatch();
    try (Session session = database.openForWriting(settings.building())) {
      Statements.prepare(session, parts, part);
      Applied applied =
          inTransaction(
              session,
              part,
              () -> {
                enter(session, part);
                Statements.enter(session, parts, part);
                ForeignKeys before = ForeignKeys.in(session);
                long rows = statements.run(session, part);
                ForeignKeys.in(session).requireNoneSince(before);
                String proven = effects.prove(session, part);
                backToItself(session);
                String expected = counting.expect(session, part.expectations());
                OptionalLong changed = rows == 0 ? OptionalLong.empty() : OptionalLong.of(rows);
                steps(session).finish(part.n(), changed, sentences(proven, expected));
                return checkpoint(session, part, batch, rows);
              });
      tell(part);
      return applied;
    }
  }

  /** The file's role need not see the journal, nor what its search path leaves out. */
  private static void backToItself(Session session) {
    session.dialect().backToItself().forEach(session::execute);
  }

  private static Applied inTransaction(Session session, Part.Sql part, Session.Work<Applied> work) {
    try {
      return session.transaction(work);
    } catch (DatabaseException e) {
      throw LockHolders.named(session, part, e);
    }
  }

  private static String sentences(String... all) {
    return List.of(all).stream().filter(s -> !s.isEmpty()).collect(Collectors.joining("; "));
  }

  /**
   * One that cannot run in a transaction is entered first: if the process dies meanwhile, the one
   * that resumes knows that it may have been done.
   */
  private Applied alone(Part.Sql part) {
    OpenBatch batch = held.openBatch();
    boolean before =
        held.sessions()
            .transaction(
                session -> {
                  held.extendLease(session);
                  return enter(session, part);
                });
    SqlStatement statement = part.statements().getFirst();
    try (Session session = database.openForWriting(timeouts(statement))) {
      Statements.prepare(session, parts, part);
      Statements.enter(session, parts, part);
      if (!(before && effects.hold(session, part))) {
        new UnfinishedIndex(session, statement).around(() -> statements.run(session, part));
      }
      Applied applied =
          session.transaction(
              () -> {
                String proven = effects.prove(session, part);
                backToItself(session);
                steps(session).finish(part.n(), OptionalLong.empty(), proven);
                return checkpoint(session, part, batch, 0);
              });
      tell(part);
      return applied;
    }
  }

  /**
   * Building or dropping beside others waits for every transaction that began before, and keeps
   * nobody waiting itself; anything else gives way soon.
   */
  private Timeouts timeouts(SqlStatement statement) {
    return switch (statement.place()) {
      case ALONE_PATIENTLY ->
          new Timeouts(settings.reading().statement(), settings.reading().statement());
      case ALONE, APART, TOGETHER -> settings.building();
    };
  }

  private Applied backfill(Part.Backfill part) {
    OpenBatch batch = begin(part);
    PartRuns.Outcome outcome = runs.backfill(held.run().id(), part);
    return outcome.paused()
        ? new Applied(0, Signal.PAUSE)
        : finish(part, batch, OptionalLong.of(outcome.rows()), outcome.evidence());
  }

  private Applied verify(Part.Verify part) {
    OpenBatch batch = begin(part);
    List<Invariant> all =
        part.invariants().stream().map(i -> invariants.named(i.invariant())).toList();
    List<AuditResult> results = counting.verify(all);
    String evidence =
        results.stream()
            .map(r -> (results.size() == 1 ? "" : r.invariant().name() + ": ") + Counting.proof(r))
            .collect(Collectors.joining("; "));
    return finish(part, batch, OptionalLong.empty(), evidence);
  }

  private Applied takeBack(Part.TakeBack part) {
    OpenBatch batch = begin(part);
    PartRuns.Outcome outcome = runs.takeBack(held.run().id(), part);
    return outcome.paused()
        ? new Applied(0, Signal.PAUSE)
        : finish(part, batch, OptionalLong.of(outcome.rows()), outcome.evidence());
  }

  /** A part that is no transaction of its own is entered before it begins. */
  private OpenBatch begin(Part part) {
    OpenBatch batch = held.openBatch();
    held.sessions()
        .transaction(
            session -> {
              held.extendLease(session);
              return enter(session, part);
            });
    return batch;
  }

  private boolean enter(Session session, Part part) {
    return steps(session).begin(part.n(), part.step(), part.about(), part.digest());
  }

  private Applied finish(Part part, OpenBatch batch, OptionalLong rows, String evidence) {
    Applied applied =
        held.sessions()
            .transaction(
                session -> {
                  steps(session).finish(part.n(), rows, evidence);
                  return checkpoint(session, part, batch, rows.orElse(0));
                });
    tell(part);
    return applied;
  }

  private static Applied checkpoint(Session session, Part part, OpenBatch batch, long rows) {
    return new Applied(rows, batch.checkpoint(session, OptionalLong.of(part.n()), "", "", rows));
  }

  private void tell(Part part) {
    held.sessions().read(session -> steps(session).list()).stream()
        .filter(entry -> entry.n() == part.n() && entry.done())
        .forEach(listener::done);
  }

  @Override
  public List<Part> split(Part part) {
    return List.of();
  }

  /** A part cannot be left out. */
  @Override
  public void quarantine(Part part, PlumblineException error) {
    throw error;
  }

  /** All that the whole file says is there once more, whatever its parts have proven. */
  @Override
  public Verified verify() {
    try (Session session = database.openForReading(settings.reading())) {
      session.transaction(() -> effects.proveAll(session));
    }
    return new Verified(0, 0);
  }

  @Override
  public void prepareNextPass() {
    throw new IllegalStateException("a migration has one pass");
  }

  /** Rows that did not hold when a verification failed are backfilled before the next one. */
  @Override
  public void again() {
    held.sessions()
        .transaction(
            session -> {
              Steps steps = steps(session);
              if (next(steps).orElse(null) instanceof Part.Verify verify) {
                parts.stream()
                    .filter(part -> part instanceof Part.Backfill && part.n() < verify.n())
                    .forEach(part -> steps.reopen(part.n()));
              }
              return true;
            });
  }

  @Override
  public RunState transition(RunState from, RunState to) {
    return held.transition(from, to);
  }
}
