package dev.plumbline.repair;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Auditor;
import dev.plumbline.audit.ExistAudit;
import dev.plumbline.audit.ExistAudit.ObjectState;
import dev.plumbline.audit.ExistAudit.State;
import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunWork;
import dev.plumbline.execution.Sessions;
import dev.plumbline.invariant.Exist;
import dev.plumbline.journal.Batch;
import dev.plumbline.journal.BeforeImages;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Lease;
import dev.plumbline.journal.Leases;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.Run;
import dev.plumbline.journal.SetAside;
import dev.plumbline.run.RunState;
import dev.plumbline.schema.Index;
import dev.plumbline.schema.IndexDefinition;
import dev.plumbline.schema.Table;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The repair of {@code exist} as the run loop sees it: each object is a slice, numbered from 1 in
 * the order of the invariant's file. One that cannot be made does not keep the others from it.
 */
final class ExistWork implements RunWork<Integer> {
  private final Database database;
  private final Sessions sessions;
  private final Exist exist;
  private final Run run;
  private final Lease lease;
  private final Timeouts reading;

  private final Deque<Integer> left = new ArrayDeque<>();
  private long lastBatch;
  private int pass;
  private Optional<AuditResult> verified = Optional.empty();

  /**
   * @param sessions with time enough to build an index
   * @param exist only the objects in the run's scope
   */
  ExistWork(
      Database database, Sessions sessions, Exist exist, Run run, Lease lease, Timeouts reading) {
    this.database = database;
    this.sessions = sessions;
    this.exist = exist;
    this.run = run;
    this.lease = lease;
    this.reading = reading;
  }

  @Override
  public void reload() {
    sessions.use(
        session -> {
          new Leases(session).extendOrStop(lease);
          lastBatch = progress(session).lastBatch();
          pass = new Journal(session).find(run.id()).pass();
          Set<Long> done =
              progress(session).scanBatches().stream()
                  .map(b -> b.sequence().orElseThrow())
                  .collect(Collectors.toSet());
          left.clear();
          for (int i = 1; i <= exist.objects().size(); i++) {
            if (!done.contains((long) i)) {
              left.add(i);
            }
          }
          return true;
        });
  }

  @Override
  public Optional<Integer> next(int rows) {
    return Optional.ofNullable(left.poll());
  }

  @Override
  public Applied apply(Integer step) {
    try {
      return IndexDefinition.concurrently(statement(step).text())
          ? makeBesideOthers(step)
          : makeInOneTransaction(step);
    } catch (DatabaseException e) {
      throw switch (e.kind()) {
        // What is wrong with one statement does not stop the others.
        case DEFINITION, PERMISSION, TIMEOUT, OTHER -> e.as(FailureKind.DATA);
        case DATA, CONTENTION, CONNECTION, RESOURCES -> e;
      };
    }
  }

  private Fragment statement(int step) {
    return exist.objects().get(step - 1);
  }

  private ObjectState state(Session session, int step) {
    Exist one = new Exist(exist.terms(), List.of(statement(step)));
    return new ExistAudit(Database.catalog(session)).states(one).getFirst();
  }

  private Applied makeInOneTransaction(int step) {
    long start = System.nanoTime();
    return sessions.transaction(
        session -> {
          ObjectState object = state(session, step);
          if (!ExistPlanner.toMake(object.state())) {
            return settled(session, step, object, start);
          }
          if (object.state() == State.INVALID) {
            session.execute(Sql.of("DROP INDEX {}", name(session, object)));
          }
          session.execute(Sql.user(statement(step)));
          return made(session, step, start);
        });
  }

  /**
   * Such a statement cannot run in a transaction. So what is about to be made is entered first: if
   * the process dies meanwhile, the run that is resumed knows the object for its own.
   */
  private Applied makeBesideOthers(int step) {
    long start = System.nanoTime();
    ObjectState object = sessions.use(session -> state(session, step));
    if (!ExistPlanner.toMake(object.state())) {
      return sessions.transaction(
          session ->
              object.state() == State.PRESENT && intended(session, step)
                  ? made(session, step, start)
                  : settled(session, step, object, start));
    }
    sessions.transaction(
        session -> {
          new Leases(session).extendOrStop(lease);
          images(session).enter(kept(session, step, object, ""));
          return true;
        });
    buildBesideOthers(step, object);
    return sessions.transaction(session -> made(session, step, start));
  }

  private boolean intended(Session session, int step) {
    return images(session).list().stream()
        .anyMatch(i -> i.step() == step && i.definition().isEmpty());
  }

  /** It waits for every transaction that began before it, and keeps nobody waiting itself. */
  private void buildBesideOthers(int step, ObjectState object) {
    Timeouts patient = new Timeouts(reading.statement(), reading.statement());
    try (Session session = database.openForWriting(patient)) {
      try {
        if (object.state() == State.INVALID) {
          dropBesideOthers(session, object);
        }
        session.execute(Sql.user(statement(step)));
      } catch (RuntimeException e) {
        clear(session, step, e);
        throw e;
      }
    }
  }

  /** A build that failed leaves an invalid index behind, which costs every write its share. */
  private void clear(Session session, int step, RuntimeException failure) {
    try {
      ObjectState left = state(session, step);
      if (left.state() == State.INVALID) {
        dropBesideOthers(session, left);
      }
      images(session).forget(step);
    } catch (RuntimeException second) {
      failure.addSuppressed(second);
    }
  }

  private void dropBesideOthers(Session session, ObjectState object) {
    session.execute(Sql.of("DROP INDEX CONCURRENTLY IF EXISTS {}", name(session, object)));
  }

  /** The object is there: keeps what it is, so that a rollback knows whether it is so still. */
  private Applied made(Session session, int step, long start) {
    ObjectState object = state(session, step);
    if (object.state() != State.PRESENT) {
      throw new DatabaseException(
          FailureKind.DATA,
          "",
          "the statement did not make " + object.wanted().name() + " as it is written",
          Optional.empty(),
          "The statement did not make " + object.wanted().name() + " as it is written.",
          "Nothing was changed by this statement.",
          "Look at what is there under that name.",
          null);
    }
    String definition = object.found().map(Index::definition).orElseThrow();
    images(session).enter(kept(session, step, object, definition));
    return new Applied(1, checkpoint(session, step, 1, start));
  }

  private Images kept(Session session, int step, ObjectState object, String definition) {
    return Images.ofObject(
        step,
        Change.CREATE,
        table(session, object).sql(),
        name(session, object),
        object.found().map(Index::name).orElse(object.wanted().name()),
        definition,
        object.statement().text());
  }

  private static Table table(Session session, ObjectState object) {
    return Database.catalog(session).findTable(object.wanted().table()).orElseThrow();
  }

  /** An index lies in the schema of its table. */
  private static String name(Session session, ObjectState object) {
    Dialect dialect = session.dialect();
    String name = object.found().map(Index::name).orElse(object.wanted().name());
    return dialect.quote(table(session, object).schema()) + "." + dialect.quote(name);
  }

  private Applied settled(Session session, int step, ObjectState object, long start) {
    if (object.state() == State.DIFFERENT) {
      progress(session)
          .setAside(
              new SetAside(
                  step,
                  key(object),
                  SetAside.Reason.UNREPAIRABLE,
                  Optional.empty(),
                  "another object has this name: "
                      + object.found().map(Index::definition).orElse("")));
    }
    return new Applied(0, checkpoint(session, step, 0, start));
  }

  private static Key key(ObjectState object) {
    return new Key(List.of(object.wanted().name()));
  }

  private Signal checkpoint(Session session, int step, long rows, long start) {
    return progress(session)
        .checkpoint(
            lease,
            new Batch(
                ++lastBatch,
                pass,
                OptionalLong.of(step),
                "",
                "",
                rows,
                Duration.ofNanos(System.nanoTime() - start)));
  }

  @Override
  public List<Integer> split(Integer step) {
    return List.of();
  }

  /** Without a checkpoint: a run that is resumed tries it again. */
  @Override
  public void quarantine(Integer step, PlumblineException error) {
    sessions.transaction(
        session -> {
          new Leases(session).extendOrStop(lease);
          progress(session)
              .setAside(
                  new SetAside(
                      step,
                      key(state(session, step)),
                      SetAside.Reason.QUARANTINED,
                      error instanceof DatabaseException d
                          ? Optional.of(d.sqlState())
                          : Optional.empty(),
                      error instanceof DatabaseException d ? d.databaseMessage() : error.what()));
          return true;
        });
  }

  @Override
  public Verified verify() {
    AuditResult found =
        new Auditor(database, reading)
            .audit("", List.of(exist), AuditOptions.standard())
            .results()
            .getFirst();
    if (found.error().isPresent()) {
      throw found.error().get();
    }
    verified = Optional.of(found);
    long remaining = found.counts().orElseThrow().violations();
    return sessions.use(
        session -> {
          new Journal(session).note(lease, OptionalLong.of(remaining), Optional.empty());
          return new Verified(remaining, toMake(session).size());
        });
  }

  /** Objects that no batch has tried in vain. */
  private List<Integer> toMake(Session session) {
    Set<Key> failed =
        progress(session).setAside(exist.objects().size()).stream()
            .map(SetAside::key)
            .collect(Collectors.toSet());
    List<Integer> steps = new ArrayList<>();
    for (int i = 1; i <= exist.objects().size(); i++) {
      ObjectState object = state(session, i);
      if (ExistPlanner.toMake(object.state()) && !failed.contains(key(object))) {
        steps.add(i);
      }
    }
    return steps;
  }

  @Override
  public void prepareNextPass() {
    sessions.transaction(
        session -> {
          if (new Journal(session).nextPass(lease, pass + 1)) {
            toMake(session).forEach(progress(session)::reopen);
          }
          return true;
        });
  }

  @Override
  public void again() {
    sessions.transaction(
        session -> {
          progress(session).forgetSetAside();
          for (int i = 1; i <= exist.objects().size(); i++) {
            if (state(session, i).state() != State.PRESENT) {
              progress(session).reopen(i);
            }
          }
          return true;
        });
  }

  @Override
  public Optional<AuditResult> verified() {
    return verified;
  }

  @Override
  public RunState transition(RunState from, RunState to) {
    return sessions.use(session -> new Journal(session).transition(lease, from, to));
  }

  private Progress progress(Session session) {
    return new Progress(session, run.id());
  }

  private BeforeImages images(Session session) {
    return new BeforeImages(session, run.id());
  }
}
