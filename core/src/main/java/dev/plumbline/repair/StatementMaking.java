package dev.plumbline.repair;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.HeldRun.OpenBatch;
import dev.plumbline.execution.Sessions;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.object.ObjectImage;
import dev.plumbline.object.ObjectLook;
import dev.plumbline.object.ObjectState.ClaimState;
import dev.plumbline.object.Recording;
import dev.plumbline.object.Remedy;
import dev.plumbline.object.State;
import dev.plumbline.object.Wanted.ClaimWanted;
import dev.plumbline.run.Work.Applied;
import java.util.stream.Collectors;

/** Runs a statement while its claim is false, and keeps what takes it back. */
final class StatementMaking {
  private final Database database;
  private final Timeouts reading;
  private final HeldRun held;
  private final Sessions sessions;
  private final ExistSlices slices;

  StatementMaking(Database database, Timeouts reading, ExistSlices slices) {
    this.database = database;
    this.reading = reading;
    this.slices = slices;
    this.held = slices.held();
    this.sessions = held.sessions();
  }

  Applied apply(int step, ClaimWanted wanted) {
    return wanted.besideOthers() ? besideOthers(step, wanted) : inOneTransaction(step, wanted);
  }

  private static ClaimState state(Session session, ClaimWanted wanted) {
    return (ClaimState) new ObjectLook(session).of(wanted);
  }

  private Applied inOneTransaction(int step, ClaimWanted wanted) {
    OpenBatch batch = held.openBatch();
    return sessions.transaction(
        session -> {
          ClaimState object = state(session, wanted);
          if (!object.toMake()) {
            return slices.settled(session, step, object, batch);
          }
          Recording recording = Recording.before(session, wanted);
          EarlierSteps earlier =
              EarlierSteps.before(session, held.images(session), wanted.statement().text());
          Remedy.run(session, object);
          ExistSlices.requireMade(state(session, wanted));
          earlier.after(session, held.images(session));
          ObjectImage image = recording.after();
          if (!image.parts().isEmpty()) {
            held.images(session).enter(kept(session, step, object, image));
          }
          return slices.made(session, step, batch);
        });
  }

  /**
   * {@code DROP INDEX CONCURRENTLY} cannot run in a transaction. So what is about to be dropped is
   * entered first: if the process dies meanwhile, the run that is resumed can tell its own work.
   */
  private Applied besideOthers(int step, ClaimWanted wanted) {
    OpenBatch batch = held.openBatch();
    ClaimState object = sessions.use(session -> state(session, wanted));
    if (!object.toMake()) {
      return sessions.transaction(
          session ->
              object.state() == State.PRESENT && intended(session, step)
                  ? slices.made(session, step, batch)
                  : slices.settled(session, step, object, batch));
    }
    sessions.transaction(
        session -> {
          held.extendLease(session);
          ObjectImage image = Recording.before(session, wanted).afterDrop();
          held.images(session).enter(kept(session, step, object, image));
          return true;
        });
    drop(step, object);
    return sessions.transaction(
        session -> {
          ExistSlices.requireMade(state(session, wanted));
          return slices.made(session, step, batch);
        });
  }

  private boolean intended(Session session, int step) {
    return held.images(session).list().stream().anyMatch(images -> images.step() == step);
  }

  /** It waits for every transaction that began before it, and keeps nobody waiting itself. */
  private void drop(int step, ClaimState object) {
    Timeouts patient = new Timeouts(reading.statement(), reading.statement());
    try (Session session = database.openForWriting(patient)) {
      try {
        Remedy.run(session, object);
      } catch (RuntimeException e) {
        forget(session, step, e);
        throw e;
      }
    }
  }

  private void forget(Session session, int step, RuntimeException failure) {
    try {
      held.images(session).forget(step);
    } catch (RuntimeException second) {
      failure.addSuppressed(second);
    }
  }

  private static Images kept(Session session, int step, ClaimState object, ObjectImage image) {
    return Images.ofStatement(
        step,
        image.made() ? Change.CREATE : image.dropped() ? Change.DROP : Change.ALTER,
        image.table(session.dialect()),
        image.object(session.dialect()),
        object.wanted().name(),
        image.kind(),
        image.toTexts(),
        Remedy.statements(session.dialect(), object).stream()
            .map(Object::toString)
            .collect(Collectors.joining(";\n")));
  }
}
