package dev.plumbline.rollback;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunWork;
import dev.plumbline.execution.Sessions;
import dev.plumbline.journal.Batch;
import dev.plumbline.journal.BeforeImages;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Lease;
import dev.plumbline.journal.Leases;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.Run;
import dev.plumbline.journal.SetAside;
import dev.plumbline.rollback.RollbackPlan.Outcome;
import dev.plumbline.run.RunState;
import dev.plumbline.schema.Index;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rollback of schema objects as the run loop sees it: the last one first, each in a transaction
 * of its own.
 */
final class ObjectsWork implements RunWork<ObjectRestore> {
  private final Sessions sessions;
  private final Target target;
  private final Run run;
  private final Lease lease;

  private final Deque<ObjectRestore> left = new ArrayDeque<>();
  private long lastBatch;
  private int pass;

  ObjectsWork(Sessions sessions, Target target, Run run, Lease lease) {
    this.sessions = sessions;
    this.target = target;
    this.run = run;
    this.lease = lease;
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
          target.objects().reversed().stream()
              .filter(o -> !done.contains((long) o.images().step()))
              .forEach(left::add);
          return true;
        });
  }

  @Override
  public Optional<ObjectRestore> next(int rows) {
    return Optional.ofNullable(left.poll());
  }

  @Override
  public Applied apply(ObjectRestore object) {
    try {
      return sessions.transaction(session -> apply(session, object));
    } catch (DatabaseException e) {
      throw switch (e.kind()) {
        // What is wrong with one object does not stop the others.
        case DEFINITION, PERMISSION, TIMEOUT, OTHER -> e.as(FailureKind.DATA);
        case DATA, CONTENTION, CONNECTION, RESOURCES -> e;
      };
    }
  }

  private Applied apply(Session session, ObjectRestore object) {
    long start = System.nanoTime();
    Optional<Index> found = find(session, object);
    long changed = 0;
    if (object.outcome(found) == Outcome.RESTORED) {
      session.execute(object.statement());
      new BeforeImages(session, run.id()).enter(kept(session, object, found));
      changed = 1;
    }
    Batch batch =
        new Batch(
            ++lastBatch,
            pass,
            OptionalLong.of(object.images().step()),
            "",
            "",
            changed,
            Duration.ofNanos(System.nanoTime() - start));
    return new Applied(changed, progress(session).checkpoint(lease, batch));
  }

  private static Optional<Index> find(Session session, ObjectRestore object) {
    return object.find(Database.catalog(session));
  }

  /** What was dropped, or what has been made, as the database writes it. */
  private Images kept(Session session, ObjectRestore object, Optional<Index> before) {
    Images images = object.images();
    return Images.ofObject(
        target.ownStep(images.step()),
        object.change(),
        images.changed(),
        images.object(),
        object.name(),
        before.or(() -> find(session, object)).map(Index::definition).orElse(images.definition()),
        object.statement().toString());
  }

  @Override
  public List<ObjectRestore> split(ObjectRestore object) {
    return List.of();
  }

  /** Without a checkpoint: a run that is resumed tries it again. */
  @Override
  public void quarantine(ObjectRestore object, PlumblineException error) {
    sessions.transaction(
        session -> {
          new Leases(session).extendOrStop(lease);
          progress(session)
              .setAside(
                  new SetAside(
                      object.images().step(),
                      object.images().objectKey(),
                      SetAside.Reason.QUARANTINED,
                      error instanceof DatabaseException d
                          ? Optional.of(d.sqlState())
                          : Optional.empty(),
                      error instanceof DatabaseException d ? d.databaseMessage() : error.what()));
          return true;
        });
  }

  /** Every object is as before the run, or is listed as kept. */
  @Override
  public Verified verify() {
    return sessions.transaction(
        session -> {
          Progress progress = progress(session);
          progress.forget(SetAside.Reason.CONFLICT);
          for (ObjectRestore object : target.objects()) {
            if (object.outcome(find(session, object)) == Outcome.CONFLICT) {
              progress.setAside(
                  new SetAside(
                      object.images().step(),
                      object.images().objectKey(),
                      SetAside.Reason.CONFLICT,
                      Optional.empty(),
                      object.name() + ": changed since"));
            }
          }
          long remaining = unrestored(session).size();
          new Journal(session).note(lease, OptionalLong.of(remaining), Optional.empty());
          return new Verified(remaining, remaining - progress.count(SetAside.Reason.QUARANTINED));
        });
  }

  private List<ObjectRestore> unrestored(Session session) {
    return target.objects().stream()
        .filter(o -> o.outcome(find(session, o)) == Outcome.RESTORED)
        .toList();
  }

  @Override
  public void prepareNextPass() {
    sessions.transaction(
        session -> {
          if (new Journal(session).nextPass(lease, pass + 1)) {
            unrestored(session).forEach(o -> progress(session).reopen(o.images().step()));
          }
          return true;
        });
  }

  @Override
  public void again() {
    sessions.transaction(
        session -> {
          progress(session).forget(SetAside.Reason.QUARANTINED);
          unrestored(session).forEach(o -> progress(session).reopen(o.images().step()));
          return true;
        });
  }

  @Override
  public RunState transition(RunState from, RunState to) {
    return sessions.use(session -> new Journal(session).transition(lease, from, to));
  }

  private Progress progress(Session session) {
    return new Progress(session, run.id());
  }
}
