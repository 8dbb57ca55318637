package dev.plumbline.transform;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sha256;
import dev.plumbline.dialect.Sql;
import dev.plumbline.document.Examiner;
import dev.plumbline.document.Transform;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Execution;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Sessions;
import dev.plumbline.execution.Settings;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.NewRun;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.journal.Progress;
import dev.plumbline.run.Listener;
import dev.plumbline.source.SourceSetting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/**
 * Transforms the documents in a column of a table: plans without writing, runs, resumes. One object
 * may run one transform at a time; {@link #stop} may come from any thread.
 */
public final class ColumnTransform implements Transforming {
  private final Transform transform;
  private final SourceSetting.Column setting;
  private final Examiner examiner;
  private final Database database;
  private final Settings settings;
  private final Execution execution;
  private final Clock clock;

  public ColumnTransform(
      Transform transform,
      SourceSetting.Column setting,
      Database database,
      Settings settings,
      Clock clock) {
    this.transform = transform;
    this.setting = setting;
    this.examiner = new Examiner(transform, clock);
    this.database = database;
    this.settings = settings;
    this.execution = new Execution(database, settings);
    this.clock = clock;
  }

  @Override
  public void stop() {
    execution.stop();
  }

  /** What the documents are, for people. */
  public String label() {
    return "column " + transform.property() + " of " + setting.table();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Ids are keys as people write them, or JSON arrays of texts. A column may hold millions of
   * documents, so there are no snapshots of single ones.
   *
   * @throws PlumblineException 78 if the table is not as the file says
   */
  @Override
  public TransformPlan plan(
      TransformOptions options, Optional<RunFolder> folder, LongConsumer progress) {
    Instant begun = clock.instant();
    PlanLook look = new PlanLook(transform, examiner, options, Optional.empty(), progress);
    try (Session session = database.openForReading(settings.reading())) {
      session.transaction(
          () -> {
            through(session, options, look);
            return true;
          });
    }
    return look.plan(label(), folder, Optional.empty(), Duration.between(begun, clock.instant()));
  }

  private void through(Session session, TransformOptions options, PlanLook look) {
    ColumnTable table = new ColumnFinder(session, transform, setting).find();
    table.triggersNote().ifPresent(look::note);
    WrittenKeys written = new WrittenKeys(session, table, label());
    List<Key> keys = options.ids().stream().map(written::row).toList();
    Optional<Key> after = options.from().map(written::place);
    Sql scope = keys.isEmpty() ? table.between(after, Optional.empty()) : table.withKeys(keys);
    Sql wanted = Sql.and(List.of(table.inScope(), scope, table.withKey()));
    session.stream(
        options.limit().isPresent() ? table.rows(wanted) : table.rowsAsTheyCome(wanted, List.of()),
        row -> {
          ColumnRow read = table.row(row);
          look.look(read.document(), read.key());
        });
    if (!options.listed() && after.isEmpty()) {
      table
          .withoutKey()
          .ifPresent(
              rows ->
                  session.stream(
                      table.rowsAsTheyCome(rows, List.of()),
                      row -> look.withoutKey(table.row(row).document())));
    }
  }

  @Override
  public long begin(TransformOptions options) {
    List<String> ids =
        options.listed() ? plan(options, Optional.empty(), looked -> {}).ids() : List.of();
    try (Session session = database.openForWriting(settings.writing())) {
      ColumnTable table = new ColumnFinder(session, transform, setting).find();
      WrittenKeys written = new WrittenKeys(session, table, label());
      Optional<String> from = options.from().map(place -> written.place(place).toJson());
      List<Key> named = options.ids().stream().map(written::key).toList();
      new Journal(session).create();
      return session.transaction(() -> begin(session, table, options, from, named, ids));
    }
  }

  private long begin(
      Session session,
      ColumnTable table,
      TransformOptions options,
      Optional<String> from,
      List<Key> named,
      List<String> ids) {
    List<Key> keys = ids.stream().map(Key::fromJson).toList();
    long run =
        new Journal(session)
            .begin(
                new NewRun(
                    NewRun.Kind.TRANSFORM,
                    transform.name(),
                    transform.definition(),
                    Sha256.of(transform.definition()),
                    new Scope(from, named, options.limit()),
                    options.listed() ? Strategy.WORKLIST : Strategy.SCAN,
                    options.batchSize(),
                    options.workers(),
                    OptionalLong.empty(),
                    options.listed() ? keys.size() : documents(session, table, from),
                    Optional.empty()));
    new Progress(session, run).append(keys);
    new KeptPlace(table.place()).keep(session, run);
    return run;
  }

  @Override
  public void moved(long run, String to) {
    try (Session session = database.openForWriting(settings.writing())) {
      ColumnTable table = new ColumnFinder(session, transform, setting).find();
      new KeptPlace(table.place()).moved(session, run, to);
    }
  }

  private static long documents(Session session, ColumnTable table, Optional<String> from) {
    Sql scope = table.between(from.map(Key::fromJson), Optional.empty());
    return session.one(
        table.count(Sql.and(List.of(table.withDocument(), scope))), row -> row.number(1));
  }

  @Override
  public TransformReport run(long run, String name, Optional<RunFolder> folder, Listener listener) {
    Instant begun = clock.instant();
    try (Sessions sessions = new Sessions(database, settings.writing())) {
      ColumnTable table = sessions.use(session -> tableOf(session, run));
      AtomicReference<ColumnWork> work = new AtomicReference<>();
      RunReport report =
          execution.drive(
              sessions,
              run,
              held -> {
                work.set(
                    new ColumnWork(database, table, transform, examiner, held, settings.reading()));
                return work.get();
              },
              listener);
      return report(sessions, report, name, folder, work.get().found(), begun);
    }
  }

  /** The table, which is the one where the run began. */
  private ColumnTable tableOf(Session session, long run) {
    ColumnTable table = new ColumnFinder(session, transform, setting).find();
    new KeptPlace(table.place()).require(session, new Journal(session).find(run), Optional.empty());
    return table;
  }

  private TransformReport report(
      Sessions sessions,
      RunReport report,
      String name,
      Optional<RunFolder> folder,
      Optional<ColumnLook> found,
      Instant begun) {
    found.ifPresent(
        look ->
            WrittenLabels.count(sessions, report.run().id(), transform, examiner, look.findings()));
    Optional<Tally> tally = found.map(ColumnLook::tally);
    List<Problem> problems = found.map(look -> look.findings().problems()).orElse(List.of());
    Duration took = Duration.between(begun, clock.instant());
    folder.ifPresent(
        files ->
            tally.ifPresent(
                numbers ->
                    files.report(
                        new Summary(
                            transform.name(), name, report.run().state().word(), numbers, took),
                        problems)));
    return new TransformReport(
        report, tally, problems, folder.map(RunFolder::path), Optional.empty(), took);
  }
}
