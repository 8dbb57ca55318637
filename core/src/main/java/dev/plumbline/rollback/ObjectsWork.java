package dev.plumbline.rollback;

import dev.plumbline.database.Session;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.HeldRun.OpenBatch;
import dev.plumbline.execution.ObjectSlices;
import dev.plumbline.execution.RunWork;
import dev.plumbline.execution.Sessions;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.SetAside;
import dev.plumbline.rollback.ObjectRestore.Judged;
import dev.plumbline.rollback.RollbackPlan.Outcome;
import dev.plumbline.run.RunState;
import java.util.List;
import java.util.Optional;

/**
 * The rollback of schema objects as the run loop sees it: the last one first, each in a transaction
 * of its own.
 */
final class ObjectsWork implements RunWork<ObjectRestore> {
  private final Sessions sessions;
  private final Target target;
  private final HeldRun held;
  private final ObjectSlices<ObjectRestore> slices;

  ObjectsWork(Target target, HeldRun held) {
    this.sessions = held.sessions();
    this.target = target;
    this.held = held;
    this.slices = new ObjectSlices<>(held, object -> object.images().step());
  }

  @Override
  public void reload() {
    slices.reload(target.objects().reversed());
  }

  @Override
  public Optional<ObjectRestore> next(int rows) {
    return slices.next();
  }

  @Override
  public Applied apply(ObjectRestore object) {
    return slices.alone(() -> sessions.transaction(session -> apply(session, object)));
  }

  private Applied apply(Session session, ObjectRestore object) {
    OpenBatch batch = held.openBatch();
    object.lock(session);
    Optional<String> before = object.now(session);
    long changed = 0;
    if (object.outcome(session) == Outcome.RESTORED) {
      object.statements().forEach(session::execute);
      int step = target.ownStep(object.images().step());
      held.images(session).enter(object.kept(session, step, before));
      changed = 1;
    }
    return new Applied(changed, slices.checkpoint(session, batch, object, changed));
  }

  @Override
  public List<ObjectRestore> split(ObjectRestore object) {
    return List.of();
  }

  @Override
  public void quarantine(ObjectRestore object, PlumblineException error) {
    slices.quarantine(object, session -> object.images().objectKey(), error);
  }

  /** Every object is as before the run, or is listed as kept. */
  @Override
  public Verified verify() {
    return sessions.transaction(
        session -> {
          Progress progress = held.progress(session);
          progress.forget(SetAside.Reason.CONFLICT);
          for (ObjectRestore object : target.objects()) {
            Judged judged = object.judge(session);
            if (judged.outcome() == Outcome.CONFLICT) {
              progress.setAside(
                  new SetAside(
                      object.images().step(),
                      object.images().objectKey(),
                      SetAside.Reason.CONFLICT,
                      Optional.empty(),
                      object.name() + ": " + judged.why()));
            }
          }
          long remaining = unrestored(session).size();
          held.noteRemaining(session, remaining);
          return new Verified(remaining, remaining - progress.count(SetAside.Reason.QUARANTINED));
        });
  }

  private List<ObjectRestore> unrestored(Session session) {
    return target.objects().stream().filter(o -> o.outcome(session) == Outcome.RESTORED).toList();
  }

  @Override
  public void prepareNextPass() {
    held.nextPass(this::reopen);
  }

  @Override
  public void again() {
    sessions.transaction(
        session -> {
          held.progress(session).forget(SetAside.Reason.QUARANTINED);
          reopen(session);
          return true;
        });
  }

  private void reopen(Session session) {
    unrestored(session).forEach(o -> held.progress(session).reopen(o.images().step()));
  }

  @Override
  public RunState transition(RunState from, RunState to) {
    return held.transition(from, to);
  }
}
