package dev.plumbline.migration;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Suggestion;
import dev.plumbline.execution.Sessions;
import dev.plumbline.execution.Settings;
import dev.plumbline.journal.Backups;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.NewRun;
import dev.plumbline.journal.Run;
import dev.plumbline.journal.Steps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Applies a project's migrations: plans without writing, runs, goes on where an earlier attempt
 * stopped. One object may apply one migration at a time; {@link #stop} may come from any thread.
 */
public final class Migrate {
  private final Database database;
  private final Settings settings;
  private final Invariants invariants;
  private final Path folder;
  private final List<Migration> files;
  private final StepsExecution execution;
  private final Gates gates;

  /**
   * @param folder where the files are
   * @param files all of the project, by version
   * @param phases what of them has to wait for what
   */
  public Migrate(
      Database database,
      Settings settings,
      Invariants invariants,
      Path folder,
      List<Migration> files,
      Phases phases) {
    this.database = database;
    this.settings = settings;
    this.invariants = invariants;
    this.folder = folder;
    this.files = List.copyOf(files);
    this.execution = new StepsExecution(database, settings, invariants);
    this.gates = new Gates(database, settings, invariants, phases);
  }

  /** Asks the migration at hand to pause at the end of its batch or part. */
  public void stop() {
    execution.stop();
  }

  /** What the journal knows. */
  public History history() {
    try (Session session = database.openForReading(settings.reading())) {
      return session.transaction(() -> History.read(session));
    }
  }

  /**
   * What would be applied, in order. Nothing is written.
   *
   * @param to the last one; empty: all
   * @throws dev.plumbline.error.ProjectException if files and history do not agree
   */
  public List<MigrationPlan> plan(Optional<Version> to) {
    History history = history();
    List<MigrationPlan> plans = new ArrayList<>();
    Set<Version> coming = new HashSet<>();
    for (Migration migration : pending(history, to)) {
      plans.add(
          new MigrationPlanner(database, settings, invariants)
              .plan(migration, history.of(migration.version()), plans.isEmpty())
              .heldBy(gates.before(migration, history, coming)));
      coming.add(migration.version());
    }
    return plans;
  }

  /**
   * The migrations that are not applied, or not wholly, in order.
   *
   * @throws dev.plumbline.error.ProjectException if files and history do not agree
   * @throws PlumblineException 64 if there is no migration {@code to}; 2 if one is half taken back
   */
  public List<Migration> pending(History history, Optional<Version> to) {
    to.ifPresent(this::requireKnown);
    history.entries().stream()
        .filter(entry -> entry.state() == History.State.UNDOING)
        .findFirst()
        .ifPresent(Migrate::halfUndone);
    Agreement.require(folder, files, history);
    return files.stream()
        .filter(file -> to.isEmpty() || file.version().compareTo(to.get()) <= 0)
        .filter(
            file ->
                history
                    .of(file.version())
                    .filter(entry -> entry.state() == History.State.APPLIED)
                    .isEmpty())
        .toList();
  }

  /** Applied ones of whose service something is still to be settled, in order. */
  public List<Migration> unsettled(History history) {
    return files.stream()
        .filter(file -> file.probes().isPresent())
        .filter(file -> history.of(file.version()).flatMap(History.Entry::complaint).isPresent())
        .toList();
  }

  /** The part with which a migration that was begun goes on; empty where all are done. */
  public Optional<Part> next(Migration migration, History.Entry entry) {
    Set<Integer> done =
        entry.steps().stream()
            .filter(Steps.Entry::done)
            .map(Steps.Entry::n)
            .collect(Collectors.toSet());
    return Parts.of(database.dialect(), migration).stream()
        .filter(part -> !done.contains(part.n()))
        .findFirst();
  }

  private void requireKnown(Version to) {
    if (files.stream().noneMatch(file -> file.version().equals(to))) {
      List<String> versions = files.stream().map(file -> file.version().text()).toList();
      throw new PlumblineException(
          ErrorCode.USAGE,
          "There is no migration " + to + " in " + folder + ".",
          "Nothing was changed.",
          versions.isEmpty()
              ? "Write one first: plumb new NAME"
              : Suggestion.sentence(to.text(), versions));
    }
  }

  private static void halfUndone(History.Entry entry) {
    throw new PlumblineException(
        ErrorCode.FAILED,
        entry.file() + " is half taken back.",
        "Nothing was changed by this command.",
        "Take it back to the end: plumb undo --commit");
  }

  /**
   * Applies one migration, or goes on with it.
   *
   * @return empty if another process has applied it meanwhile
   * @throws PlumblineException 75 if another process works on it; 2 if its phase has not come yet;
   *     otherwise what stopped it, with the steps before recorded
   */
  public Optional<Done> run(Migration migration, StepListener listener) {
    return run(migration, Optional.empty(), listener);
  }

  /**
   * The same after a backup was taken.
   *
   * @param backup is entered in the run's record
   */
  public Optional<Done> run(
      Migration migration, Optional<Backups.Entry> backup, StepListener listener) {
    gates.require(migration, history());
    List<Part> parts = Parts.of(database.dialect(), migration);
    try (Sessions sessions = new Sessions(database, settings.writing())) {
      sessions.use(
          session -> {
            new Journal(session).create();
            return true;
          });
      Optional<Begun> begun =
          sessions.transaction(
              session -> {
                Optional<Begun> begins = begin(session, migration, parts);
                begins.ifPresent(b -> backup.ifPresent(new Backups(session, b.run())::add));
                return begins;
              });
      return begun.map(
          b -> {
            listener.begun(b.run(), b.first());
            return execution.drive(sessions, migration, parts, b.run(), listener);
          });
    }
  }

  private record Begun(long run, boolean first) {}

  /** The run that does it: a new one, or the one that stopped; empty where it is applied. */
  private Optional<Begun> begin(Session session, Migration migration, List<Part> parts) {
    Optional<History.Entry> standing = History.read(session).of(migration.version());
    if (standing.isEmpty() || standing.get().state() == History.State.UNDONE) {
      return Optional.of(new Begun(beginNew(session, migration, parts, standing), true));
    }
    History.Entry entry = standing.get();
    return switch (entry.state()) {
      case APPLIED -> Optional.empty();
      case PAUSED, INTERRUPTED, FAILED, RUNNING, BACKFILLING -> {
        Agreement.requireSameBeginning(migration, parts, entry.steps());
        yield Optional.of(new Begun(entry.run().id(), false));
      }
      case UNDOING, UNDONE -> {
        halfUndone(entry);
        yield Optional.empty();
      }
    };
  }

  /** Of two that begin at once the journal's unique index lets one through. */
  private long beginNew(
      Session session, Migration migration, List<Part> parts, Optional<History.Entry> before) {
    long id =
        new Journal(session)
            .begin(
                new NewRun(
                    NewRun.Kind.MIGRATION,
                    migration.label(),
                    migration.text(),
                    migration.checksum(),
                    NewRun.Scope.whole(),
                    NewRun.Strategy.STEPS,
                    OptionalInt.empty(),
                    1,
                    OptionalLong.empty(),
                    parts.size(),
                    Optional.empty()));
    long last = before.map(History.Entry::run).map(Run::id).orElse(0L);
    boolean another =
        new Journal(session)
            .migrations().stream()
                .filter(run -> run.plan().kind() == NewRun.Kind.MIGRATION)
                .filter(run -> run.id() != id && run.id() > last)
                .anyMatch(
                    run ->
                        MigrationName.of(run.plan().invariant())
                            .filter(name -> name.version().equals(migration.version()))
                            .isPresent());
    if (another) {
      throw new PlumblineException(
          ErrorCode.BUSY,
          "Another process has worked on " + migration.label() + " at the same moment.",
          "Nothing was changed by this command.",
          "Run the command again.");
    }
    return id;
  }
}
