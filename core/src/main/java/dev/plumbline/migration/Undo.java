package dev.plumbline.migration;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.execution.Sessions;
import dev.plumbline.execution.Settings;
import dev.plumbline.journal.Backups;
import dev.plumbline.journal.BeforeImages;
import dev.plumbline.journal.HeldLease;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.NewRun;
import dev.plumbline.journal.Run;
import dev.plumbline.journal.Steps;
import dev.plumbline.migration.MigrationPlan.PlannedPart;
import dev.plumbline.migration.MigrationPlan.PlannedStatement;
import dev.plumbline.migration.UndoParts.Backfilled;
import dev.plumbline.migration.UndoPlan.PlannedUndo;
import dev.plumbline.rollback.Rollback;
import dev.plumbline.rollback.RollbackOptions;
import dev.plumbline.run.RunState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes migrations back: the undo section's statements, and the rollback of what was backfilled.
 * One object may take one migration back at a time; {@link #stop} may come from any thread.
 */
public final class Undo {
  private final Database database;
  private final Settings settings;
  private final Path folder;
  private final List<Migration> files;
  private final StepsExecution execution;

  /**
   * @param folder where the files are
   * @param files all of the project, by version
   */
  public Undo(
      Database database,
      Settings settings,
      Invariants invariants,
      Path folder,
      List<Migration> files) {
    this.database = database;
    this.settings = settings;
    this.folder = folder;
    this.files = List.copyOf(files);
    this.execution = new StepsExecution(database, settings, invariants);
  }

  /** Asks the migration at hand to pause at the end of its batch or part. */
  public void stop() {
    execution.stop();
  }

  /**
   * What would be taken back, newest first. Nothing is written.
   *
   * @param to the version that stays the newest; empty: only the last migration is taken back
   * @throws PlumblineException 64 if nothing was applied, or {@code to} was not; 78 if a file is
   *     missing, was edited, or does not say how it is taken back
   */
  public List<UndoPlan> plan(Optional<Version> to) {
    try (Session session = database.openForReading(settings.reading())) {
      return session.transaction(
          () -> {
            List<UndoPlan> plans = new ArrayList<>();
            for (History.Entry entry : chosen(History.read(session), to)) {
              plans.add(plan(session, entry));
            }
            return plans;
          });
    }
  }

  /**
   * What taking exactly this one back would do. Nothing is written.
   *
   * @throws PlumblineException 75 if it is no longer the last one that is applied
   */
  public UndoPlan plan(Migration migration) {
    try (Session session = database.openForReading(settings.reading())) {
      return session.transaction(
          () -> {
            History.Entry last = chosen(History.read(session), Optional.empty()).getFirst();
            if (!last.version().equals(migration.version())) {
              throw notTheLast(migration, last);
            }
            return plan(session, last);
          });
    }
  }

  private static PlumblineException notTheLast(Migration migration, History.Entry last) {
    return new PlumblineException(
        ErrorCode.BUSY,
        migration.label() + " is not the last migration: there is " + last.file() + ".",
        "Nothing of it was taken back.",
        "Look at what taking both back would do: plumb undo --to VERSION");
  }

  /**
   * Makes sure that the undo section can be read, before there is anything to take back.
   *
   * @throws ProjectException if there is something in it that cannot be carried out here
   */
  public void check(Migration migration) {
    UndoParts.of(database.dialect(), migration, List.of());
  }

  private static List<History.Entry> chosen(History history, Optional<Version> to) {
    List<History.Entry> standing =
        history.entries().reversed().stream()
            .filter(entry -> entry.state() != History.State.UNDONE)
            .toList();
    if (standing.isEmpty()) {
      throw new PlumblineException(
          ErrorCode.USAGE,
          "No migration was applied here, so there is none to take back.",
          "Nothing was changed.",
          "Check that --database or --env names the database that you mean.");
    }
    if (to.isEmpty()) {
      return List.of(standing.getFirst());
    }
    if (history.of(to.get()).isEmpty()) {
      throw new PlumblineException(
          ErrorCode.USAGE,
          "The migration " + to.get() + " was not applied here.",
          "Nothing was changed.",
          "See what was: plumb status");
    }
    return standing.stream().filter(entry -> entry.version().compareTo(to.get()) > 0).toList();
  }

  private UndoPlan plan(Session session, History.Entry entry) {
    Migration file = file(entry);
    List<Part> parts = parts(session, entry, file);
    Set<Integer> done = done(session, entry);
    Locks locks = new Locks();
    List<PlannedUndo> planned = new ArrayList<>();
    for (Part part : parts) {
      boolean isDone = done.contains(part.n());
      planned.add(
          switch (part) {
            case Part.Sql sql ->
                new PlannedUndo(
                    PlannedPart.with(
                        part, isDone, PlannedStatement.all(locks, sql.statements()), List.of()),
                    Optional.empty());
            case Part.TakeBack back -> takeBack(session, back, isDone);
            case Part.Expect e -> throw new IllegalStateException("undo expects nothing");
            case Part.Backfill b -> throw new IllegalStateException("undo fills nothing");
            case Part.Verify v -> throw new IllegalStateException("undo has no verify step");
          });
    }
    return new UndoPlan(file, entry, planned);
  }

  /** A backfill that has not ended is ended first, and planned then. */
  private PlannedUndo takeBack(Session session, Part.TakeBack part, boolean done) {
    Run run = new Journal(session).find(part.run());
    boolean planned = !done && !run.state().active();
    Optional<String> unknown =
        done || planned
            ? Optional.empty()
            : Optional.of(
                Counting.count(run.changed())
                    + " rows so far; they are compared when the run is ended");
    return new PlannedUndo(
        new PlannedPart(part, done, List.of(), List.of(), Optional.empty(), unknown),
        planned
            ? Optional.of(
                new Rollback(database, settings)
                    .plan(part.run(), RollbackOptions.withItsMigration()))
            : Optional.empty());
  }

  private Migration file(History.Entry entry) {
    Migration file =
        files.stream()
            .filter(f -> f.version().equals(entry.version()))
            .findFirst()
            .orElseThrow(() -> wrong(folder.resolve(entry.file()), missing(entry)));
    boolean edited = !file.checksum().equals(entry.run().plan().checksum());
    if (edited && entry.state() == History.State.APPLIED) {
      throw wrong(
          file.file(),
          new String[] {
            "the file was edited after it had been applied (run " + entry.run().id() + ")",
            "Put it back as it was applied, which `plumb show "
                + entry.run().id()
                + "` prints. Only its undo section may differ."
          });
    }
    if (file.lacksUndo()) {
      throw wrong(
          file.file(),
          new String[] {
            "the file does not say how its statements are taken back",
            "Write what takes them back under `-- plumb:undo` at its end; an applied file may get"
                + " or change this section."
          });
    }
    return file;
  }

  private static String[] missing(History.Entry entry) {
    return new String[] {
      "the file is not there, and with it what takes the migration back",
      "Put it back; `plumb show " + entry.run().id() + "` prints it as it was applied."
    };
  }

  private static ProjectException wrong(Path file, String[] whatAndNext) {
    return new ProjectException(
        List.of(
            new Problem(
                new Position(file, 1, 1), whatAndNext[0], "", Optional.of(whatAndNext[1]))));
  }

  private List<Part> parts(Session session, History.Entry entry, Migration file) {
    List<Backfilled> backfills = new ArrayList<>();
    for (long child : new Steps(session, entry.run().id()).runs().reversed()) {
      backfills.add(new Backfilled(child, new BeforeImages(session, child).list()));
    }
    return UndoParts.of(database.dialect(), file, backfills);
  }

  private static Set<Integer> done(Session session, History.Entry entry) {
    return entry
        .undo()
        .filter(undo -> undo.state() != RunState.SUCCEEDED)
        .map(undo -> new Steps(session, undo.id()).list())
        .orElse(List.of())
        .stream()
        .filter(Steps.Entry::done)
        .map(Steps.Entry::n)
        .collect(Collectors.toSet());
  }

  /**
   * Takes one migration back, or goes on with it.
   *
   * @throws PlumblineException 75 if another process works on it; otherwise what stopped it, with
   *     the parts before recorded
   */
  public Done run(UndoPlan plan, StepListener listener) {
    return run(plan, Optional.empty(), listener);
  }

  /**
   * The same after a backup was taken.
   *
   * @param backup is entered in the run's record
   */
  public Done run(UndoPlan plan, Optional<Backups.Entry> backup, StepListener listener) {
    Migration file = plan.migration();
    try (Sessions sessions = new Sessions(database, settings.writing())) {
      end(sessions, plan.entry().run());
      sessions.use(
          session -> {
            new Journal(session).create(); // one of an earlier version lacks tables
            return true;
          });
      Begun begun =
          sessions.transaction(
              session -> {
                Begun begins = begin(session, file);
                backup.ifPresent(new Backups(session, begins.run())::add);
                return begins;
              });
      return execution.drive(sessions, file, begun.parts(), begun.run(), listener);
    }
  }

  private record Begun(long run, List<Part> parts) {}

  /** A migration that stopped half-way will not go on. */
  private void end(Sessions sessions, Run run) {
    if (!run.state().active()) {
      return;
    }
    try (HeldLease held = HeldLease.take(database, run.id(), settings.lease())) {
      sessions.use(
          session -> {
            Journal journal = new Journal(session);
            RunState state = journal.find(run.id()).state();
            return state.active()
                ? journal.transition(held.lease(), state, RunState.FAILED)
                : state;
          });
    }
  }

  private Begun begin(Session session, Migration file) {
    History.Entry entry = History.read(session).of(file.version()).orElseThrow();
    List<Part> parts = parts(session, entry, file);
    return switch (entry.state()) {
      case APPLIED, FAILED -> new Begun(beginNew(session, entry, file, parts), parts);
      case UNDOING -> {
        Run undo = entry.undo().orElseThrow();
        Agreement.requireSameBeginning(file, parts, new Steps(session, undo.id()).list());
        yield new Begun(undo.id(), parts);
      }
      case RUNNING, BACKFILLING, PAUSED, INTERRUPTED, UNDONE ->
          throw new PlumblineException(
              ErrorCode.BUSY,
              "Another process works on " + entry.file() + ".",
              "Nothing was changed by this command.",
              "See how it stands: plumb status");
    };
  }

  private static long beginNew(
      Session session, History.Entry entry, Migration file, List<Part> parts) {
    return new Journal(session)
        .begin(
            new NewRun(
                NewRun.Kind.UNDO,
                entry.file(),
                file.text(),
                file.checksum(),
                NewRun.Scope.whole(),
                NewRun.Strategy.STEPS,
                OptionalInt.empty(),
                1,
                OptionalLong.of(entry.run().id()),
                parts.size(),
                Optional.empty()));
  }
}
