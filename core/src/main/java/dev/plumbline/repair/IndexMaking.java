package dev.plumbline.repair;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.HeldRun.OpenBatch;
import dev.plumbline.execution.Sessions;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.object.ObjectLook;
import dev.plumbline.object.ObjectState.IndexState;
import dev.plumbline.object.State;
import dev.plumbline.object.Wanted.IndexWanted;
import dev.plumbline.run.Work.Applied;
import dev.plumbline.schema.Index;
import dev.plumbline.schema.Table;

/** Makes an index that is missing, and anew one that a failed build left behind. */
final class IndexMaking {
  private final Database database;
  private final Timeouts reading;
  private final HeldRun held;
  private final Sessions sessions;
  private final ExistSlices slices;

  IndexMaking(Database database, Timeouts reading, ExistSlices slices) {
    this.database = database;
    this.reading = reading;
    this.slices = slices;
    this.held = slices.held();
    this.sessions = held.sessions();
  }

  Applied apply(int step, IndexWanted wanted) {
    return wanted.besideOthers() ? besideOthers(step, wanted) : inOneTransaction(step, wanted);
  }

  private static IndexState state(Session session, IndexWanted wanted) {
    return (IndexState) new ObjectLook(session).of(wanted);
  }

  private Applied inOneTransaction(int step, IndexWanted wanted) {
    OpenBatch batch = held.openBatch();
    return sessions.transaction(
        session -> {
          IndexState object = state(session, wanted);
          if (!object.toMake()) {
            return slices.settled(session, step, object, batch);
          }
          if (object.state() == State.INVALID) {
            session.execute(Sql.of("DROP INDEX {}", name(session, object)));
          }
          EarlierSteps earlier =
              EarlierSteps.before(session, held.images(session), wanted.statement().text());
          session.execute(Sql.user(wanted.statement()));
          earlier.after(session, held.images(session));
          return made(session, step, wanted, batch);
        });
  }

  /**
   * Such a statement cannot run in a transaction. So what is about to be made is entered first: if
   * the process dies meanwhile, the run that is resumed knows the object for its own.
   */
  private Applied besideOthers(int step, IndexWanted wanted) {
    OpenBatch batch = held.openBatch();
    IndexState object = sessions.use(session -> state(session, wanted));
    if (!object.toMake()) {
      return sessions.transaction(
          session ->
              object.state() == State.PRESENT && intended(session, step)
                  ? made(session, step, wanted, batch)
                  : slices.settled(session, step, object, batch));
    }
    EarlierSteps earlier =
        sessions.transaction(
            session -> {
              held.extendLease(session);
              held.images(session).enter(kept(session, step, object, ""));
              return EarlierSteps.before(session, held.images(session), wanted.statement().text());
            });
    build(step, object);
    return sessions.transaction(
        session -> {
          earlier.after(session, held.images(session));
          return made(session, step, wanted, batch);
        });
  }

  private boolean intended(Session session, int step) {
    return held.images(session).list().stream()
        .anyMatch(i -> i.step() == step && i.definition().isEmpty());
  }

  /** It waits for every transaction that began before it, and keeps nobody waiting itself. */
  private void build(int step, IndexState object) {
    Timeouts patient = new Timeouts(reading.statement(), reading.statement());
    try (Session session = database.openForWriting(patient)) {
      try {
        if (object.state() == State.INVALID) {
          dropBesideOthers(session, object);
        }
        session.execute(Sql.user(object.wanted().statement()));
      } catch (RuntimeException e) {
        clear(session, step, object.wanted(), e);
        throw e;
      }
    }
  }

  /** A build that failed leaves an invalid index behind, which costs every write its share. */
  private void clear(Session session, int step, IndexWanted wanted, RuntimeException failure) {
    try {
      IndexState left = state(session, wanted);
      if (left.state() == State.INVALID) {
        dropBesideOthers(session, left);
      }
      held.images(session).forget(step);
    } catch (RuntimeException second) {
      failure.addSuppressed(second);
    }
  }

  private void dropBesideOthers(Session session, IndexState object) {
    session.execute(Sql.of("DROP INDEX CONCURRENTLY IF EXISTS {}", name(session, object)));
  }

  /** The object is there: keeps what it is, so that a rollback knows whether it is so still. */
  private Applied made(Session session, int step, IndexWanted wanted, OpenBatch batch) {
    IndexState object = state(session, wanted);
    ExistSlices.requireMade(object);
    String definition = object.index().map(Index::definition).orElseThrow();
    held.images(session).enter(kept(session, step, object, definition));
    return slices.made(session, step, batch);
  }

  private Images kept(Session session, int step, IndexState object, String definition) {
    return Images.ofObject(
        step,
        Change.CREATE,
        table(session, object),
        name(session, object),
        object.index().map(Index::name).orElse(object.wanted().name()),
        definition,
        object.wanted().statement().text());
  }

  private static String table(Session session, IndexState object) {
    return object
        .table()
        .map(Table::sql)
        .orElseGet(() -> session.dialect().quote(object.wanted().on()));
  }

  /** An index lies in the schema of its table. */
  private static String name(Session session, IndexState object) {
    Dialect dialect = session.dialect();
    String name = object.index().map(Index::name).orElse(object.wanted().name());
    return object.table().map(t -> dialect.quote(t.schema()) + ".").orElse("")
        + dialect.quote(name);
  }
}
