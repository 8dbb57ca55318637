package dev.plumbline.transform;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Key;
import dev.plumbline.document.Document;
import dev.plumbline.document.Examiner;
import dev.plumbline.document.Transform;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Execution;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Sessions;
import dev.plumbline.execution.Settings;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.NewRun;
import dev.plumbline.journal.NewRun.Kind;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.Run;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.SourceSetting;
import dev.plumbline.transform.DocumentRollbackPlan.Kept;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * Takes back a run over documents, in a column or outside of a database: plans without writing,
 * runs, resumes. A rollback is a run of its own and can itself be taken back. One object may run
 * one rollback at a time; {@link #stop} may come from any thread.
 */
public final class DocumentRollback {
  /** What the journal has in place of a condition, of a rollback that merges. */
  private static final String MERGE = "--merge";

  private static final int LISTED = 1_000;

  private final Transform transform;
  private final RollbackPlace place;
  private final Database journal;
  private final Settings settings;
  private final Execution execution;
  private final Clock clock;

  private DocumentRollback(
      Transform transform, RollbackPlace place, Database journal, Settings settings, Clock clock) {
    this.transform = transform;
    this.place = place;
    this.journal = journal;
    this.settings = settings;
    this.execution = new Execution(journal, settings);
    this.clock = clock;
  }

  /**
   * Of documents in a column.
   *
   * @param transform as the run's definition has it
   * @throws PlumblineException 78 if the table is not as the definition says
   */
  public static DocumentRollback inColumn(
      Transform transform,
      SourceSetting.Column setting,
      Database database,
      Settings settings,
      Clock clock) {
    return new DocumentRollback(
        transform,
        RollbackPlace.InColumn.of(database, settings, transform, setting),
        database,
        settings,
        clock);
  }

  /**
   * Of documents outside of a database.
   *
   * @param transform as the run's definition has it
   * @param source which the caller closes
   * @param journal where the runs are entered
   */
  public static DocumentRollback of(
      Transform transform,
      DocumentSource source,
      Database journal,
      Settings settings,
      Clock clock) {
    return new DocumentRollback(
        transform,
        new RollbackPlace.Behind(source, transform.property()),
        journal,
        settings,
        clock);
  }

  /** Asks the run at hand to pause at its batch's end. */
  public void stop() {
    execution.stop();
  }

  /**
   * What a rollback would do. Nothing is written.
   *
   * @param id the run to take back
   * @param progress hears how many documents have been looked at
   * @throws PlumblineException 64 if there is no such run, if it is not about documents, has not
   *     ended, or has no before-image of one of the keys or any more; 75 while a process works on
   *     it; 78 if it wrote somewhere else
   */
  public DocumentRollbackPlan plan(
      long id, DocumentRollbackOptions options, LongConsumer progress) {
    try (Session session = journal.openForReading(settings.reading())) {
      Run run = new Journal(session).find(id);
      requireEnded(run);
      new KeptPlace(place.place()).require(session, run, options.movedTo());
      if (options.merge()) {
        requireMergeable(run);
      }
      DocumentImages images = new DocumentImages(session, id);
      new Snapshots(run, images, place.keys()).requireAll(options.keys());
      Look look = new Look(reverted(id, options.merge()), progress);
      if (options.keys().isEmpty()) {
        Optional<String> last = Optional.empty();
        for (List<Image> page = images.after(last, place.page());
            !page.isEmpty();
            page = images.after(last, place.page())) {
          look.at(page);
          last = Optional.of(page.getLast().id());
        }
      } else {
        look.at(images.find(options.keys().stream().map(place.keys()::id).toList()));
      }
      return look.plan(run, options, new Journal(session).active(run.plan().invariant()));
    }
  }

  private Reverted reverted(long run, boolean merge) {
    Optional<Examiner> merging =
        merge ? Optional.of(new Examiner(transform, clock)) : Optional.empty();
    return new Reverted(run, place.property(), merging, place.keys());
  }

  private static void requireEnded(Run run) {
    switch (run.plan().kind()) {
      case TRANSFORM, ROLLBACK -> {}
      case REPAIR, MIGRATION, UNDO ->
          throw refused(
              "Run " + run.name() + " is not about documents.",
              "Look at it with: plumb show " + run.name());
    }
    if (run.state().active()) {
      String state = run.interrupted() ? "interrupted" : run.state().word();
      throw new PlumblineException(
          run.leaseLive() ? ErrorCode.BUSY : ErrorCode.USAGE,
          "Run " + run.name() + " is " + state + ": only a run that has ended can be rolled back.",
          "Nothing was changed.",
          run.leaseLive()
              ? "Wait for it, or end it with: plumb cancel " + run.name()
              : "Go on with it: plumb resume "
                  + run.name()
                  + ", or end it: plumb cancel "
                  + run.name());
    }
  }

  private void requireMergeable(Run run) {
    if (run.plan().kind() == Kind.ROLLBACK) {
      throw refused(
          "Run " + run.name() + " is a rollback: what it restored cannot be merged.",
          "Leave --merge out, or transform the documents again: plumb transform "
              + transform.name());
    }
    if (transform.inverse().isEmpty()) {
      throw refused(
          "The transform " + transform.name() + " declares no `inverse`, so nothing can be merged.",
          "Leave --merge out: what was changed since is kept.");
    }
  }

  private static PlumblineException refused(String what, String next) {
    return new PlumblineException(ErrorCode.USAGE, what, "Nothing was changed.", next);
  }

  /** One look at documents. */
  private final class Look {
    private final Reverted reverted;
    private final LongConsumer progress;
    private final List<Kept> kept = new ArrayList<>();
    private final List<Kept> mergedPaths = new ArrayList<>();
    private long restored;
    private long inPart;
    private long already;
    private long merged;
    private long conflicts;

    Look(Reverted reverted, LongConsumer progress) {
      this.reverted = reverted;
      this.progress = progress;
    }

    void at(List<Image> images) {
      Map<String, Document> now = place.read(images.stream().map(Image::id).toList());
      for (Image image : images) {
        look(image, Optional.ofNullable(now.get(image.id())));
      }
      progress.accept(restored + inPart + already + merged + conflicts);
    }

    private void look(Image image, Optional<Document> now) {
      String id = place.keys().label(image.id());
      switch (reverted.judge(image, now)) {
        case Restoration.Restore restore -> {
          if (restore.kept().isEmpty()) {
            restored++;
          } else {
            inPart(new Kept(id, restore.kept(), Restoration.Restore.IN_PART));
          }
        }
        case Restoration.AlreadyBack back -> already++;
        case Restoration.Merge merge -> {
          if (merge.kept().isEmpty()) {
            merged++;
            list(mergedPaths, new Kept(id, merge.paths(), "changed since, merged"));
          } else {
            inPart(new Kept(id, merge.kept(), Restoration.Merge.IN_PART));
          }
        }
        case Restoration.Conflict conflict -> {
          conflicts++;
          list(kept, new Kept(id, conflict.paths(), conflict.why()));
        }
      }
    }

    private void inPart(Kept document) {
      inPart++;
      list(kept, document);
    }

    private static void list(List<Kept> into, Kept one) {
      if (into.size() < LISTED) {
        into.add(one);
      }
    }

    DocumentRollbackPlan plan(Run run, DocumentRollbackOptions options, Optional<Run> active) {
      return new DocumentRollbackPlan(
          run,
          options,
          place.label(),
          restored,
          inPart,
          already,
          merged,
          conflicts,
          kept,
          mergedPaths,
          active);
    }
  }

  /**
   * Runs a plan to its end: restored and verified, failed, paused or cancelled.
   *
   * @param folder of the run that is taken back: where the summary goes; empty: nowhere
   * @throws PlumblineException 75 if another run of the transform is active
   */
  public DocumentRollbackReport run(
      DocumentRollbackPlan plan, Optional<RunFolder> folder, Listener listener) {
    if (plan.nothingToDo()) {
      throw new IllegalArgumentException("there is nothing to restore");
    }
    try (Sessions sessions = new Sessions(journal, settings.writing())) {
      sessions.use(
          session -> {
            new Journal(session).create();
            return true;
          });
      long run =
          sessions.transaction(
              session -> {
                long begun = begin(session, plan);
                new KeptPlace(place.place()).keep(session, begun);
                return begun;
              });
      return work(sessions, run, folder, listener);
    }
  }

  private static long begin(Session session, DocumentRollbackPlan plan) {
    NewRun taken = plan.run().plan();
    List<Key> keys = plan.options().keys();
    long run =
        new Journal(session)
            .begin(
                new NewRun(
                    Kind.ROLLBACK,
                    taken.invariant(),
                    taken.definition(),
                    taken.checksum(),
                    new Scope(
                        plan.options().merge() ? Optional.of(MERGE) : Optional.empty(),
                        keys,
                        OptionalLong.empty()),
                    keys.isEmpty() ? Strategy.SCAN : Strategy.WORKLIST,
                    OptionalInt.empty(),
                    plan.options().workers(),
                    OptionalLong.of(plan.run().id()),
                    plan.toWrite(),
                    Optional.empty()));
    new Progress(session, run).append(keys);
    return run;
  }

  /**
   * Somebody says where the documents are by now, before a rollback is gone on with.
   *
   * @param run the rollback itself
   * @param to as the error has it that refused to go on
   * @throws PlumblineException 64 if they are not there
   */
  public void moved(long run, String to) {
    try (Session session = journal.openForWriting(settings.writing())) {
      new KeptPlace(place.place()).moved(session, run, to);
    }
  }

  /**
   * Goes on with a rollback that was paused, killed, or failed.
   *
   * @param run the rollback itself
   * @throws PlumblineException 75 if another process holds it, 64 if its state is final or
   *     before-images that it needs are not kept any more, 78 if it began at another place
   */
  public DocumentRollbackReport resume(long run, Optional<RunFolder> folder, Listener listener) {
    try (Sessions sessions = new Sessions(journal, settings.writing())) {
      return work(sessions, run, folder, listener);
    }
  }

  private DocumentRollbackReport work(
      Sessions sessions, long id, Optional<RunFolder> folder, Listener listener) {
    Instant begun = clock.instant();
    Run run = sessions.use(session -> find(session, id));
    boolean merge = run.plan().scope().where().isPresent();
    Reverted reverted = reverted(run.plan().reverts().orElseThrow(), merge);
    RunReport report = execution.drive(sessions, id, held -> place.work(reverted, held), listener);
    DocumentRollbackReport told =
        report(sessions, report, reverted, folder, Duration.between(begun, clock.instant()));
    folder.ifPresent(files -> files.rollback(told));
    return told;
  }

  /** The rollback, which is about this place, and whose before-images are there still. */
  private Run find(Session session, long id) {
    Journal runs = new Journal(session);
    Run run = runs.find(id);
    new KeptPlace(place.place()).require(session, run, Optional.empty());
    if (run.state() != RunState.SUCCEEDED && run.state() != RunState.CANCELLED) {
      Run reverted = runs.find(run.plan().reverts().orElseThrow());
      new Snapshots(reverted, new DocumentImages(session, reverted.id()), place.keys())
          .requireAll(run.plan().scope().keys());
    }
    return run;
  }

  private DocumentRollbackReport report(
      Sessions sessions,
      RunReport report,
      Reverted reverted,
      Optional<RunFolder> folder,
      Duration took) {
    return sessions.read(
        session -> {
          DocumentImages theirs = new DocumentImages(session, reverted.run());
          int scope = report.run().plan().scope().keys().size();
          RollbackCounts counts = new RollbackCounts(session, report.run(), reverted);
          long rest = (scope == 0 ? theirs.count() : scope) - counts.all();
          boolean over = report.run().state() == RunState.SUCCEEDED;
          return new DocumentRollbackReport(
              report,
              report.run().named(reverted.run()),
              transform.name(),
              counts.restored(),
              counts.inPart(),
              over ? rest : 0,
              counts.merged(),
              counts.conflicts(),
              over ? 0 : rest,
              folder.map(RunFolder::path),
              took);
        });
  }
}
