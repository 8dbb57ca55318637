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
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.HeldRun.OpenBatch;
import dev.plumbline.execution.ObjectSlices;
import dev.plumbline.execution.RunWork;
import dev.plumbline.execution.Sessions;
import dev.plumbline.invariant.Exist;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.journal.SetAside;
import dev.plumbline.run.RunState;
import dev.plumbline.schema.Index;
import dev.plumbline.schema.IndexDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The repair of {@code exist} as the run loop sees it: each object is a slice, numbered from 1 in
 * the order of the invariant's file. One that cannot be made does not keep the others from it.
 */
final class ExistWork implements RunWork<Integer> {
  private final Database database;
  private final Sessions sessions;
  private final Exist exist;
  private final HeldRun held;
  private final Timeouts reading;
  private final ObjectSlices<Integer> slices;
  private Optional<AuditResult> verified = Optional.empty();

  /**
   * @param exist only the objects in the run's scope
   * @param held with sessions that have time enough to build an index
   */
  ExistWork(Database database, Exist exist, HeldRun held, Timeouts reading) {
    this.database = database;
    this.sessions = held.sessions();
    this.exist = exist;
    this.held = held;
    this.reading = reading;
    this.slices = new ObjectSlices<>(held, step -> step);
  }

  @Override
  public void reload() {
    slices.reload(steps());
  }

  private List<Integer> steps() {
    return IntStream.rangeClosed(1, exist.objects().size()).boxed().toList();
  }

  @Override
  public Optional<Integer> next(int rows) {
    return slices.next();
  }

  @Override
  public Applied apply(Integer step) {
    return slices.alone(
        () ->
            IndexDefinition.concurrently(statement(step).text())
                ? makeBesideOthers(step)
                : makeInOneTransaction(step));
  }

  private Fragment statement(int step) {
    return exist.objects().get(step - 1);
  }

  private ObjectState state(Session session, int step) {
    Exist one = new Exist(exist.terms(), List.of(statement(step)));
    return new ExistAudit(Database.catalog(session)).states(one).getFirst();
  }

  private Applied makeInOneTransaction(int step) {
    OpenBatch batch = held.openBatch();
    return sessions.transaction(
        session -> {
          ObjectState object = state(session, step);
          if (!ExistPlanner.toMake(object.state())) {
            return settled(session, step, object, batch);
          }
          if (object.state() == State.INVALID) {
            session.execute(Sql.of("DROP INDEX {}", name(session, object)));
          }
          session.execute(Sql.user(statement(step)));
          return made(session, step, batch);
        });
  }

  /**
   * Such a statement cannot run in a transaction. So what is about to be made is entered first: if
   * the process dies meanwhile, the run that is resumed knows the object for its own.
   */
  private Applied makeBesideOthers(int step) {
    OpenBatch batch = held.openBatch();
    ObjectState object = sessions.use(session -> state(session, step));
    if (!ExistPlanner.toMake(object.state())) {
      return sessions.transaction(
          session ->
              object.state() == State.PRESENT && intended(session, step)
                  ? made(session, step, batch)
                  : settled(session, step, object, batch));
    }
    sessions.transaction(
        session -> {
          held.extendLease(session);
          held.images(session).enter(kept(session, step, object, ""));
          return true;
        });
    buildBesideOthers(step, object);
    return sessions.transaction(session -> made(session, step, batch));
  }

  private boolean intended(Session session, int step) {
    return held.images(session).list().stream()
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
      held.images(session).forget(step);
    } catch (RuntimeException second) {
      failure.addSuppressed(second);
    }
  }

  private void dropBesideOthers(Session session, ObjectState object) {
    session.execute(Sql.of("DROP INDEX CONCURRENTLY IF EXISTS {}", name(session, object)));
  }

  /** The object is there: keeps what it is, so that a rollback knows whether it is so still. */
  private Applied made(Session session, int step, OpenBatch batch) {
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
    held.images(session).enter(kept(session, step, object, definition));
    return new Applied(1, slices.checkpoint(session, batch, step, 1));
  }

  private Images kept(Session session, int step, ObjectState object, String definition) {
    return Images.ofObject(
        step,
        Change.CREATE,
        object.table().sql(),
        name(session, object),
        object.found().map(Index::name).orElse(object.wanted().name()),
        definition,
        object.statement().text());
  }

  /** An index lies in the schema of its table. */
  private static String name(Session session, ObjectState object) {
    Dialect dialect = session.dialect();
    String name = object.found().map(Index::name).orElse(object.wanted().name());
    return dialect.quote(object.table().schema()) + "." + dialect.quote(name);
  }

  private Applied settled(Session session, int step, ObjectState object, OpenBatch batch) {
    if (object.state() == State.DIFFERENT) {
      held.progress(session)
          .setAside(
              new SetAside(
                  step,
                  key(object),
                  SetAside.Reason.UNREPAIRABLE,
                  Optional.empty(),
                  "another object has this name: "
                      + object.found().map(Index::definition).orElse("")));
    }
    return new Applied(0, slices.checkpoint(session, batch, step, 0));
  }

  private static Key key(ObjectState object) {
    return new Key(List.of(object.wanted().name()));
  }

  @Override
  public List<Integer> split(Integer step) {
    return List.of();
  }

  @Override
  public void quarantine(Integer step, PlumblineException error) {
    slices.quarantine(step, session -> key(state(session, step)), error);
  }

  @Override
  public Verified verify() {
    AuditResult found =
        new Auditor(database, reading)
            .audit("", List.of(exist), AuditOptions.standard())
            .results()
            .getFirst()
            .orThrow();
    verified = Optional.of(found);
    long remaining = found.counts().orElseThrow().violations();
    return sessions.use(
        session -> {
          held.noteRemaining(session, remaining);
          return new Verified(remaining, toMake(session).size());
        });
  }

  /** Objects that no batch has tried in vain. */
  private List<Integer> toMake(Session session) {
    Set<Key> failed =
        held.progress(session).setAside(exist.objects().size()).stream()
            .map(SetAside::key)
            .collect(Collectors.toSet());
    return steps().stream()
        .filter(
            step -> {
              ObjectState object = state(session, step);
              return ExistPlanner.toMake(object.state()) && !failed.contains(key(object));
            })
        .toList();
  }

  @Override
  public void prepareNextPass() {
    held.nextPass(session -> toMake(session).forEach(held.progress(session)::reopen));
  }

  @Override
  public void again() {
    sessions.transaction(
        session -> {
          held.progress(session).forgetSetAside();
          steps().stream()
              .filter(step -> state(session, step).state() != State.PRESENT)
              .forEach(held.progress(session)::reopen);
          return true;
        });
  }

  @Override
  public Optional<AuditResult> verified() {
    return verified;
  }

  @Override
  public RunState transition(RunState from, RunState to) {
    return held.transition(from, to);
  }
}
