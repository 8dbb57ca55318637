package dev.plumbline.transform;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sha256;
import dev.plumbline.dialect.Sql;
import dev.plumbline.document.Differences;
import dev.plumbline.document.Document;
import dev.plumbline.document.Examination;
import dev.plumbline.document.Examiner;
import dev.plumbline.document.Transform;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Execution;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Sessions;
import dev.plumbline.execution.Settings;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.NewRun;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.journal.Progress;
import dev.plumbline.run.Listener;
import dev.plumbline.source.SourceSetting;
import dev.plumbline.transform.TransformPlan.Sample;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Transforms the documents in a column of a table: plans without writing, runs, resumes. One object
 * may run one transform at a time; {@link #stop} may come from any thread.
 */
public final class ColumnTransform implements Transforming {
  private static final int SAMPLES = 5;
  private static final int TOLD_EVERY = 1_000;

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
    TransformPlan plan = look(options, folder.map(RunFolder::path), progress);
    folder.ifPresent(
        to -> {
          to.summary(new Summary(transform.name(), "plan", "planned", plan.tally(), plan.took()));
          to.validation(plan.tally(), plan.problems());
        });
    return plan;
  }

  private TransformPlan look(
      TransformOptions options, Optional<Path> folder, LongConsumer progress) {
    Instant begun = clock.instant();
    try (Session session = database.openForReading(settings.reading())) {
      return session.transaction(
          () -> {
            ColumnTable table = new ColumnFinder(session, transform, setting).find();
            Look look = new Look(session, table, options, progress);
            look.through();
            return look.plan(folder, Duration.between(begun, clock.instant()));
          });
    }
  }

  /** One look at documents. */
  private final class Look {
    private final Session session;
    private final ColumnTable table;
    private final TransformOptions options;
    private final LongConsumer progress;
    private final Findings findings = new Findings();
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private long looked;

    Look(Session session, ColumnTable table, TransformOptions options, LongConsumer progress) {
      this.session = session;
      this.table = table;
      this.options = options;
      this.progress = progress;
    }

    void through() {
      List<Key> keys = options.ids().stream().map(id -> key(table, id)).toList();
      keys.forEach(this::requireRow);
      Optional<Key> after = options.from().map(id -> key(table, id));
      Sql scope = keys.isEmpty() ? table.between(after, Optional.empty()) : table.withKeys(keys);
      session.stream(
          options.limit().isPresent()
              ? table.rows(Sql.and(List.of(table.inScope(), scope)))
              : table.rowsAsTheyCome(Sql.and(List.of(table.inScope(), scope)), List.of()),
          row -> look(table.row(row)));
      progress.accept(looked);
    }

    private void requireRow(Key key) {
      if (!there(key)) {
        throw new PlumblineException(
            ErrorCode.USAGE,
            "There is no row `" + key + "` in the " + label() + ".",
            "Nothing was changed.",
            "Write the values of the row's key, separated by commas.");
      }
    }

    /** What the column's type refuses is a slip of whoever typed it, not a fault of the data. */
    private boolean there(Key key) {
      try {
        return session.one(
            table.count(Sql.and(List.of(table.inScope(), table.withKeys(List.of(key))))),
            row -> row.number(1) > 0);
      } catch (DatabaseException e) {
        if (e.kind() == FailureKind.DATA) {
          throw noKey(table, key.toString(), e);
        }
        throw e;
      }
    }

    private void look(ColumnRow row) {
      if (full()) {
        return;
      }
      Document document = row.document();
      Examination found = examiner.examine(document);
      findings.add(document.id(), found);
      if (++looked % TOLD_EVERY == 0) {
        progress.accept(looked);
      }
      if (found instanceof Examination.Transformed result) {
        changes(row, result);
      }
    }

    private boolean full() {
      return options.limit().isPresent() && ids.size() >= options.limit().getAsLong();
    }

    private void changes(ColumnRow row, Examination.Transformed result) {
      if (options.listed()) {
        ids.add(row.key());
      }
      if (samples.size() < SAMPLES) {
        samples.add(
            new Sample(
                row.document().id(),
                Differences.paths(
                    row.document().text(transform.property()).orElse(""),
                    result.after().getOrDefault(transform.property(), ""))));
      }
    }

    TransformPlan plan(Optional<Path> folder, Duration took) {
      return new TransformPlan(
          transform.name(),
          transform.says(),
          label(),
          findings.tally(),
          samples,
          findings.problems(),
          folder,
          ids,
          TransformPlan.notes(transform),
          Optional.empty(),
          took);
    }
  }

  /** As people write it: values with commas between, or a JSON array where a value holds one. */
  private PlumblineException noKey(ColumnTable table, String written, @Nullable Exception cause) {
    return new PlumblineException(
        ErrorCode.USAGE,
        "`"
            + written
            + "` is no key of "
            + table.table().label()
            + ", which is: "
            + String.join(", ", table.keyNames())
            + ".",
        "Nothing was changed.",
        "Write one value for each column, separated by commas; where a value holds a comma itself,"
            + " a JSON array of texts.",
        cause);
  }

  private Key key(ColumnTable table, String written) {
    Key key;
    try {
      key =
          written.startsWith("[")
              ? Key.fromJson(written)
              : new Key(List.of(written.split(",", -1)));
    } catch (UncheckedIOException e) {
      throw noKey(table, written, e);
    }
    if (key.values().size() != table.key().size()) {
      throw noKey(table, written, null);
    }
    return key;
  }

  @Override
  public long begin(TransformOptions options) {
    List<String> ids =
        options.listed() ? look(options, Optional.empty(), looked -> {}).ids() : List.of();
    try (Session session = database.openForWriting(settings.writing())) {
      ColumnTable table = new ColumnFinder(session, transform, setting).find();
      Optional<String> from = options.from().map(written -> key(table, written).toJson());
      new Journal(session).create();
      return session.transaction(() -> begin(session, table, options, from, ids));
    }
  }

  private long begin(
      Session session,
      ColumnTable table,
      TransformOptions options,
      Optional<String> from,
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
                    new Scope(
                        from,
                        options.ids().stream().map(id -> key(table, id)).toList(),
                        options.limit()),
                    options.listed() ? Strategy.WORKLIST : Strategy.SCAN,
                    options.batchSize(),
                    options.workers(),
                    OptionalLong.empty(),
                    options.listed() ? keys.size() : documents(session, table, from),
                    Optional.empty()));
    new Progress(session, run).append(keys);
    return run;
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
      ColumnTable table =
          sessions.use(session -> new ColumnFinder(session, transform, setting).find());
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

  private TransformReport report(
      Sessions sessions,
      RunReport report,
      String name,
      Optional<RunFolder> folder,
      Optional<ColumnLook> found,
      Instant begun) {
    found.ifPresent(look -> count(sessions, report.run().id(), look.findings()));
    Optional<Tally> tally = found.map(ColumnLook::tally);
    List<Problem> problems = found.map(look -> look.findings().problems()).orElse(List.of());
    Duration took = Duration.between(begun, clock.instant());
    folder.ifPresent(
        files ->
            tally.ifPresent(
                numbers -> {
                  files.summary(
                      new Summary(
                          transform.name(), name, report.run().state().word(), numbers, took));
                  files.validation(numbers, problems);
                }));
    return new TransformReport(
        report, tally, problems, folder.map(RunFolder::path), Optional.empty(), took);
  }

  /** Counts in the old shape of what was written, of this process's and of earlier ones. */
  private void count(Sessions sessions, long run, Findings look) {
    if (transform.counts().isEmpty()) {
      return;
    }
    sessions.transaction(
        session -> {
          new DocumentImages(session, run)
              .each(
                  image ->
                      image
                          .before()
                          .getOrDefault(transform.property(), Optional.empty())
                          .map(examiner::counts)
                          .ifPresent(look::count));
          return true;
        });
  }
}
