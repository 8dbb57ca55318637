package dev.plumbline.rollback;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Key;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Execution;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Sessions;
import dev.plumbline.execution.Settings;
import dev.plumbline.journal.BeforeImages;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.NewRun;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.journal.Run;
import dev.plumbline.run.Listener;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Takes a run back: plans without writing, runs, resumes. A rollback is a run of its own and can
 * itself be taken back. One object may run one rollback at a time; {@link #stop} may come from any
 * thread.
 */
public final class Rollback {
  private final Database database;
  private final Settings settings;
  private final Execution execution;

  public Rollback(Database database, Settings settings) {
    this.database = database;
    this.settings = settings;
    this.execution = new Execution(database, settings);
  }

  /** Asks the run at hand to pause at its batch's end. */
  public void stop() {
    execution.stop();
  }

  /**
   * What a rollback would do. Nothing is written.
   *
   * @param run the run to take back
   * @throws PlumblineException 64 if there is no such run, if it has not ended, if it has changed
   *     no row with one of the keys, or if it belongs to a migration; 75 while a process works on
   *     it; 78 if a changed table or column is not there any more
   */
  public RollbackPlan plan(long run, RollbackOptions options) {
    try (Session session = database.openForReading(settings.reading())) {
      return session.transaction(
          () -> {
            TargetLoader loader = new TargetLoader(session);
            Run ended = loader.ended(run);
            if (!options.undoing()) {
              MigrationOwned.requireFree(session, run);
            }
            RollbackOptions exact =
                new RollbackOptions(loader.keys(ended, options.keys()), options.undoing());
            Target target = loader.load(ended, exact.keys());
            return target.objects().isEmpty()
                ? new RollbackPlanner(session, target).plan(exact)
                : ObjectsPlanner.plan(session, target, exact);
          });
    }
  }

  /**
   * Runs a plan to its end: restored and verified, failed, paused or cancelled. Where {@link
   * RollbackPlan#nothingToDo} there is nothing to run.
   *
   * @throws PlumblineException 75 if another run of the invariant is active
   */
  public RunReport run(RollbackPlan plan, Listener listener) {
    return run(plan, Optional.empty(), listener);
  }

  /**
   * The same as a step of undoing a migration, which knows the run from its beginning.
   *
   * @throws PlumblineException 75 if another run of the invariant is active
   */
  public RunReport run(RollbackPlan plan, Optional<NewRun.PartOf> partOf, Listener listener) {
    if (plan.nothingToDo()) {
      throw new IllegalArgumentException("there is nothing to restore");
    }
    try (Sessions sessions = new Sessions(database, settings.writing())) {
      Target target = load(plan.run().id(), plan.options().keys());
      complete(sessions);
      long run = sessions.transaction(session -> begin(session, target, plan, partOf));
      return work(sessions, target, run, listener);
    }
  }

  /** A journal that an earlier version made lacks what this one keeps there. */
  private static void complete(Sessions sessions) {
    sessions.use(
        session -> {
          new Journal(session).create();
          return true;
        });
  }

  private Target load(long run, List<Key> keys) {
    try (Session session = database.openForReading(settings.reading())) {
      return session.transaction(
          () -> {
            TargetLoader loader = new TargetLoader(session);
            return loader.load(loader.ended(run), keys);
          });
    }
  }

  /** Enters the run and the places of its before-images, and indexes those that it reads. */
  private static long begin(
      Session session, Target target, RollbackPlan plan, Optional<NewRun.PartOf> partOf) {
    NewRun taken = target.run().plan();
    long run =
        new Journal(session)
            .begin(
                new NewRun(
                    NewRun.Kind.ROLLBACK,
                    taken.invariant(),
                    taken.definition(),
                    taken.checksum(),
                    new Scope(Optional.empty(), plan.options().keys(), OptionalLong.empty()),
                    NewRun.Strategy.BATCHES,
                    OptionalInt.empty(),
                    1,
                    OptionalLong.of(target.run().id()),
                    plan.restored(),
                    partOf));
    BeforeImages own = new BeforeImages(session, run);
    BeforeImages theirs = new BeforeImages(session, target.run().id());
    for (Restore restore : target.backwards()) {
      ImageRows rows = restore.rows();
      theirs.index(rows.images());
      own.create(
          target.ownStep(restore),
          restore.change(),
          rows.table().sql(),
          rows.images().table().key(),
          rows.images().table().types(),
          restore.imaged(),
          restore.summary());
    }
    return run;
  }

  /**
   * Goes on with a rollback that was paused, killed, or failed. Rows that were quarantined get
   * another chance.
   *
   * @param run the rollback itself
   * @throws PlumblineException 75 if another process holds it, 64 if its state is final or it is no
   *     rollback
   */
  public RunReport resume(long run, Listener listener) {
    try (Sessions sessions = new Sessions(database, settings.writing())) {
      Run found = sessions.use(session -> new Journal(session).find(run));
      complete(sessions);
      long reverts = found.plan().reverts().orElseThrow(() -> notARollback(run));
      return work(sessions, load(reverts, found.plan().scope().keys()), run, listener);
    }
  }

  private static PlumblineException notARollback(long run) {
    return new PlumblineException(
        ErrorCode.USAGE,
        "Run " + run + " is no rollback.",
        "Nothing was changed.",
        "Look at it with: plumb show " + run);
  }

  private RunReport work(Sessions sessions, Target target, long id, Listener listener) {
    return target.objects().isEmpty()
        ? execution.drive(
            sessions,
            id,
            held -> new RollbackWork(database, target, held, settings.reading()),
            listener)
        : workOnObjects(target, id, listener);
  }

  private RunReport workOnObjects(Target target, long id, Listener listener) {
    try (Sessions sessions = new Sessions(database, settings.building())) {
      return execution.drive(sessions, id, held -> new ObjectsWork(target, held), listener);
    }
  }
}
