package dev.plumbline.execution;

import dev.plumbline.audit.AuditResult;
import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport.StepChanges;
import dev.plumbline.journal.Backups;
import dev.plumbline.journal.BeforeImages;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.State;
import dev.plumbline.journal.HeldLease;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.Run;
import dev.plumbline.journal.SetAside;
import dev.plumbline.journal.Steps;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunLoop;
import dev.plumbline.run.RunState;
import dev.plumbline.run.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Takes a run that the journal holds, drives it to its end, and reports. One object drives one run
 * at a time; {@link #stop} may come from any thread.
 */
public final class Execution {
  private static final int LISTED = 100;
  private static final int KEYS_LISTED = 10;

  private final Database database;
  private final Settings settings;
  private final AtomicReference<Optional<RunLoop<?>>> running =
      new AtomicReference<>(Optional.empty());

  public Execution(Database database, Settings settings) {
    this.database = database;
    this.settings = settings;
  }

  /** Asks the run at hand to pause at its batch's end. */
  public void stop() {
    running.get().ifPresent(RunLoop::stop);
  }

  /**
   * What a run has done by now, whoever works on it, with some of the keys that it changed.
   *
   * @throws PlumblineException 64 if there is no such run
   */
  public RunReport look(long id) {
    try (Sessions sessions = new Sessions(database, settings.writing())) {
      return report(sessions, id, Optional.empty(), KEYS_LISTED);
    }
  }

  /**
   * Drives a run from the state in which it stands.
   *
   * @param making what the run does, once it is held
   * @throws PlumblineException 75 if another process holds it, 64 if its state is final
   */
  public <S> RunReport drive(
      Sessions sessions, long id, Function<HeldRun, RunWork<S>> making, Listener listener) {
    try (HeldLease held = HeldLease.take(database, id, settings.lease())) {
      Run run = sessions.use(session -> new Journal(session).find(id));
      RunState from = sessions.use(session -> Resume.prepare(session, run, held.lease()));
      RunWork<S> work = making.apply(new HeldRun(sessions, run, held.lease()));
      if (from == RunState.FAILED) {
        work.again();
      }
      if (from != RunState.CANCELLED) {
        loop(sessions, run, work, from, held, listener);
      }
      return report(sessions, id, work.verified(), 0);
    }
  }

  private <S> void loop(
      Sessions sessions,
      Run run,
      RunWork<S> work,
      RunState from,
      HeldLease held,
      Listener listener) {
    RunLoop<S> loop =
        new RunLoop<>(
            work,
            settings.batchSize(run.plan().batchSize()),
            work.workers(database.dialect(), run.plan().workers()),
            new ServerThrottle(sessions),
            Waits.sleeping(),
            listener);
    running.set(Optional.of(loop));
    try {
      loop.run(from);
    } catch (PlumblineException e) {
      noteError(sessions, held, e);
      throw e;
    } finally {
      running.set(Optional.empty());
    }
  }

  private static void noteError(Sessions sessions, HeldLease held, PlumblineException error) {
    try {
      sessions.use(
          session -> {
            new Journal(session)
                .note(held.lease(), OptionalLong.empty(), Optional.of(error.what()));
            return true;
          });
    } catch (RuntimeException second) {
      error.addSuppressed(second);
    }
  }

  private static RunReport report(
      Sessions sessions, long id, Optional<AuditResult> after, int keys) {
    return sessions.read(
        session -> {
          Progress progress = new Progress(session, id);
          BeforeImages images = new BeforeImages(session, id);
          Run run = new Journal(session).find(id);
          boolean complete = new Journal(session).complete();
          List<StepChanges> changes = new ArrayList<>();
          List<Images> steps = images.list();
          for (Images of : steps) {
            // What a run changed in all is known; its before-images can be many to count.
            changes.add(
                new StepChanges(
                    of,
                    steps.size() == 1 ? run.changed() : images.count(of),
                    images.firstKeys(of, keys)));
          }
          return new RunReport(
              run,
              after,
              progress.count(SetAside.Reason.QUARANTINED),
              progress.count(SetAside.Reason.UNREPAIRABLE),
              progress.kept(),
              progress.setAside(LISTED),
              changes,
              progress.totals(),
              run.plan().kind().hasSteps() ? new Steps(session, id).list() : List.of(),
              complete ? new Steps(session, id).partOf() : OptionalLong.empty(),
              new Journal(session).hasBackups() ? new Backups(session, id).list() : List.of(),
              new Journal(session).takenBackBy(id),
              purged(session, id, steps));
        });
  }

  private static boolean purged(Session session, long id, List<Images> steps) {
    if (!steps.isEmpty()) {
      return steps.stream().allMatch(Images::purged);
    }
    DocumentImages documents = new DocumentImages(session, id);
    return new Journal(session).hasDocuments()
        && documents.ids(State.WRITTEN, 1).isEmpty()
        && !documents.ids(State.PURGED, 1).isEmpty();
  }
}
