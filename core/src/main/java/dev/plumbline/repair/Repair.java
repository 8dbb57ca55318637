package dev.plumbline.repair;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Auditor;
import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Execution;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Sessions;
import dev.plumbline.execution.Settings;
import dev.plumbline.invariant.Compiler;
import dev.plumbline.invariant.Exist;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.invariant.Narrowing;
import dev.plumbline.invariant.ViolationQuery;
import dev.plumbline.journal.BeforeImages;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.NewRun;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.Run;
import dev.plumbline.object.Wanted;
import dev.plumbline.object.WantedReader;
import dev.plumbline.run.Listener;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Column;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Repairs the violations of an invariant: plans without writing, runs, resumes. One object may run
 * one repair at a time; {@link #stop} may come from any thread.
 */
public final class Repair {
  private final Database database;
  private final Settings settings;
  private final Execution execution;

  public Repair(Database database, Settings settings) {
    this.database = database;
    this.settings = settings;
    this.execution = new Execution(database, settings);
  }

  /** Asks the run at hand to pause at its batch's end. */
  public void stop() {
    execution.stop();
  }

  /**
   * What a repair would do. Nothing is written, not even a journal.
   *
   * @throws PlumblineException if the invariant cannot be looked at or not be repaired
   */
  public RepairPlan plan(Invariant invariant, RepairOptions options) {
    try (Session session = database.openForReading(settings.reading())) {
      return session.transaction(() -> plan(session, invariant, options));
    }
  }

  private RepairPlan plan(Session session, Invariant invariant, RepairOptions options) {
    if (invariant instanceof Exist exist) {
      Exist part = ExistPlanner.narrowed(session.dialect(), exist, options.scope());
      AuditResult before = look(session, part, Narrowing.none());
      return ExistPlanner.plan(session, exist, part, options, before);
    }
    Job job = job(session, invariant, options.scope());
    requireRows(session, job);
    AuditResult before = look(session, invariant, job.narrowing(session.dialect()));
    return new Planner(session, job).plan(before, options);
  }

  private AuditResult look(Session session, Invariant invariant, Narrowing narrowing) {
    return new Auditor(database, settings.reading())
        .auditIn(session, "", List.of(invariant), new AuditOptions(10, narrowing, Optional.empty()))
        .results()
        .getFirst()
        .orThrow();
  }

  private static Job job(Session session, Invariant invariant, NewRun.Scope scope) {
    Catalog catalog = Database.catalog(session);
    ViolationQuery query = new Compiler(catalog, session.dialect()).compile(invariant);
    requireWholeKeys(query, scope.keys());
    requireTypes(session, query, scope.keys());
    List<Step> steps = new StepCompiler(catalog, session.dialect()).steps(query);
    return new Job(query, steps, scope);
  }

  /** A key with a value too many would otherwise be taken for another key. */
  private static void requireWholeKeys(ViolationQuery query, List<Key> keys) {
    List<String> names = query.key().stream().map(Column::name).toList();
    for (Key key : keys) {
      if (key.values().size() != names.size()) {
        throw new PlumblineException(
            ErrorCode.USAGE,
            "`"
                + key
                + "` is no key of "
                + query.invariant().name()
                + ", which is: "
                + String.join(", ", names)
                + ".",
            "Nothing was changed.",
            "Write one value for each column, separated by commas; where a value holds a comma"
                + " itself, a JSON array of texts.");
      }
    }
  }

  /** A key that was mistyped must not look like one that is in order. */
  private static void requireRows(Session session, Job job) {
    if (job.scope().where().isPresent()) {
      return;
    }
    Dialect dialect = session.dialect();
    for (Key key : job.scope().keys()) {
      Narrowing only =
          Narrowing.none().and(columns -> dialect.keyIn(columns, job.types(), List.of(key)));
      boolean unknown =
          session.one(
              job.query().counts(only),
              row -> row.optionalNumber(2).orElse(1) == 0); // not counted: not known
      if (unknown) {
        String name = job.query().invariant().name();
        throw new PlumblineException(
            ErrorCode.USAGE,
            "`" + key + "` is the key of no row that " + name + " is about.",
            "Nothing was changed.",
            "Write the key as an audit lists it: plumb audit " + name);
      }
    }
  }

  /** What the column's type refuses is a slip of whoever typed it, not a fault of the data. */
  private static void requireTypes(Session session, ViolationQuery query, List<Key> keys) {
    for (Key key : keys) {
      for (int i = 0; i < query.key().size(); i++) {
        requireType(session, query, query.key().get(i), key.values().get(i));
      }
    }
  }

  private static void requireType(
      Session session, ViolationQuery query, Column column, String value) {
    try {
      session.one(
          Sql.of("SELECT {}", session.dialect().keyParameter(value, column.type())), row -> true);
    } catch (DatabaseException e) {
      if (e.kind() != FailureKind.DATA) {
        throw e;
      }
      throw new PlumblineException(
          ErrorCode.USAGE,
          "`"
              + value
              + "` is no value of "
              + column.name()
              + ", a column of the key of "
              + query.invariant().name()
              + " whose type is "
              + column.type()
              + ".",
          "Nothing was changed.",
          "Write the key as an audit lists it.",
          e);
    }
  }

  /**
   * Runs a plan to its end: repaired and verified, failed, paused or cancelled.
   *
   * @throws PlumblineException 75 if another run of the invariant is active
   */
  public RunReport run(RepairPlan plan, Listener listener) {
    return run(plan, Optional.empty(), listener);
  }

  /**
   * The same as a step of a migration, which knows the run from its beginning.
   *
   * @throws PlumblineException 75 if another run of the invariant is active
   */
  public RunReport run(RepairPlan plan, Optional<NewRun.PartOf> partOf, Listener listener) {
    try (Sessions sessions = new Sessions(database, settings.writing())) {
      sessions.use(
          session -> {
            new Journal(session).create();
            return true;
          });
      if (plan.invariant() instanceof Exist exist) {
        long run = sessions.transaction(session -> enter(session, plan, partOf));
        return work(exist, plan.options().scope(), run, listener);
      }
      Job job = sessions.use(s -> job(s, plan.invariant(), plan.options().scope()));
      long run = sessions.transaction(session -> begin(session, job, plan, partOf));
      return work(sessions, job, run, listener);
    }
  }

  private static long enter(Session session, RepairPlan plan, Optional<NewRun.PartOf> partOf) {
    Invariant invariant = plan.invariant();
    return new Journal(session)
        .begin(
            new NewRun(
                NewRun.Kind.REPAIR,
                invariant.name(),
                invariant.terms().definition().text(),
                invariant.terms().definition().checksum(),
                plan.options().scope(),
                plan.strategy(),
                plan.options().batchSize(),
                plan.options().workers(),
                OptionalLong.empty(),
                plan.rows(),
                partOf));
  }

  /** Enters the run, the places of its before-images and its worklist; all or nothing. */
  private static long begin(
      Session session, Job job, RepairPlan plan, Optional<NewRun.PartOf> partOf) {
    long run = enter(session, plan, partOf);
    BeforeImages images = new BeforeImages(session, run);
    for (int i = 0; i < job.steps().size(); i++) {
      Step step = job.steps().get(i);
      images.create(
          i + 1,
          step.change(),
          step.table().sql(),
          step.key(),
          step.keyTypes(),
          step.imaged(),
          plan.steps().get(i).summary());
    }
    if (plan.strategy() == Strategy.WORKLIST) {
      new Progress(session, run).append(worklist(session, job));
    }
    return run;
  }

  private static Sql worklist(Session session, Job job) {
    Sql keys = job.keys(session.dialect(), job.narrowing(session.dialect()), Sql.of("TRUE"));
    return job.scope().limit().isEmpty()
        ? keys
        : Sql.of("{} LIMIT {}", keys, job.scope().limit().getAsLong());
  }

  /**
   * Goes on with a run that was paused, killed, or failed. Keys that were quarantined get another
   * chance.
   *
   * @param invariant read from the definition that the journal keeps
   * @throws PlumblineException 75 if another process holds it, 64 if its state is final
   */
  public RunReport resume(long run, Invariant invariant, Listener listener) {
    try (Sessions sessions = new Sessions(database, settings.writing())) {
      Run found = sessions.use(session -> new Journal(session).find(run));
      if (invariant instanceof Exist exist) {
        return work(exist, found.plan().scope(), run, listener);
      }
      Job job = sessions.use(session -> job(session, invariant, found.plan().scope()));
      return work(sessions, job, run, listener);
    }
  }

  private RunReport work(Sessions sessions, Job job, long id, Listener listener) {
    return execution.drive(
        sessions, id, held -> new RepairWork(database, job, held, settings.reading()), listener);
  }

  private RunReport work(Exist exist, NewRun.Scope scope, long id, Listener listener) {
    try (Sessions sessions = new Sessions(database, settings.building())) {
      Dialect dialect = sessions.use(Session::dialect);
      Exist part = ExistPlanner.narrowed(dialect, exist, scope);
      List<Wanted> wanted = WantedReader.read(dialect, part.objects());
      return execution.drive(
          sessions,
          id,
          held -> new ExistWork(database, part, wanted, held, settings.reading()),
          listener);
    }
  }
}
