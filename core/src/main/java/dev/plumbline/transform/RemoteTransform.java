package dev.plumbline.transform;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sha256;
import dev.plumbline.document.Examiner;
import dev.plumbline.document.Transform;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Execution;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Sessions;
import dev.plumbline.execution.Settings;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.State;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.NewRun;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.journal.Progress;
import dev.plumbline.run.Listener;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.DocumentSource.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/**
 * Transforms documents outside of a database: plans without writing, runs, resumes. One object may
 * run one transform at a time; {@link #stop} may come from any thread.
 */
public final class RemoteTransform implements Transforming {
  private final Transform transform;
  private final DocumentSource source;
  private final Examiner examiner;
  private final Database journal;
  private final Settings settings;
  private final Execution execution;
  private final Clock clock;

  /**
   * @param journal where its runs are entered
   */
  public RemoteTransform(
      Transform transform,
      DocumentSource source,
      Database journal,
      Settings settings,
      Clock clock) {
    this.transform = transform;
    this.source = source;
    this.examiner = new Examiner(transform, clock);
    this.journal = journal;
    this.settings = settings;
    this.execution = new Execution(journal, settings);
    this.clock = clock;
  }

  @Override
  public void stop() {
    execution.stop();
  }

  @Override
  public TransformPlan plan(
      TransformOptions options, Optional<RunFolder> folder, LongConsumer progress) {
    Instant begun = clock.instant();
    options.from().ifPresent(source::requirePlace);
    PlanLook look = new PlanLook(transform, examiner, options, folder, progress);
    int most = Math.min(size(options.batchSize()), source.batch());
    if (options.ids().isEmpty()) {
      Pages.from(
          source,
          options.from(),
          most,
          page -> {
            look(look, page);
            return !look.full();
          });
    } else {
      requireAll(options.ids(), lookAt(options.ids(), most, look));
    }
    return look.plan(
        source.label(), folder, source.allowance(), Duration.between(begun, clock.instant()));
  }

  /** Which of these were there. */
  private Set<String> lookAt(List<String> wanted, int most, PlanLook look) {
    Set<String> there = new HashSet<>();
    Pages.named(
        source,
        wanted,
        most,
        page -> {
          page.documents().forEach(document -> there.add(document.id()));
          page.unreadable().forEach(one -> there.add(one.id()));
          look(look, page);
        });
    return there;
  }

  private static void look(PlanLook look, Page page) {
    page.unreadable().forEach(one -> look.unreadable(one.id(), one.what()));
    page.documents().forEach(document -> look.look(document, document.id()));
  }

  private void requireAll(List<String> wanted, Set<String> there) {
    for (String id : wanted) {
      if (!there.contains(id)) {
        throw unknown(id);
      }
    }
  }

  private PlumblineException unknown(String id) {
    return new PlumblineException(
        ErrorCode.USAGE,
        "There is no document `" + id + "` among " + source.label() + ".",
        "Nothing was changed.",
        "Write the id as the dry run lists it: plumb transform " + transform.name());
  }

  /**
   * Mostly only some of the documents of a page change: of two pages they fill the requests that
   * read and write them better.
   */
  private int size(OptionalInt asked) {
    return Math.min(asked.orElse(Integer.MAX_VALUE), 2 * source.batch());
  }

  @Override
  public long begin(TransformOptions options) {
    List<String> ids = worklist(options);
    long planned = options.listed() ? ids.size() : source.count().orElse(0);
    try (Session session = journal.openForWriting(settings.writing())) {
      new Journal(session).create();
      return session.transaction(() -> begin(session, options, ids, planned));
    }
  }

  /**
   * The ids asked for, found to be there; or the first ones that would change, with those that were
   * refused or failed on the way.
   */
  private List<String> worklist(TransformOptions options) {
    if (!options.listed()) {
      options.from().ifPresent(source::requirePlace);
      return List.of();
    }
    TransformPlan plan = plan(options, Optional.empty(), looked -> {});
    return options.limit().isPresent() ? plan.ids() : options.ids();
  }

  private long begin(Session session, TransformOptions options, List<String> ids, long planned) {
    long run =
        new Journal(session)
            .begin(
                new NewRun(
                    NewRun.Kind.TRANSFORM,
                    transform.name(),
                    transform.definition(),
                    Sha256.of(transform.definition()),
                    new Scope(
                        options.from(),
                        options.ids().stream().map(id -> new Key(List.of(id))).toList(),
                        options.limit()),
                    options.listed() ? Strategy.WORKLIST : Strategy.SCAN,
                    OptionalInt.of(size(options.batchSize())),
                    options.workers(),
                    OptionalLong.empty(),
                    planned,
                    Optional.empty()));
    new Progress(session, run).append(ids.stream().map(id -> new Key(List.of(id))).toList());
    place().keep(session, run);
    return run;
  }

  private KeptPlace place() {
    return new KeptPlace(source.place());
  }

  @Override
  public void moved(long run, String to) {
    try (Session session = journal.openForWriting(settings.writing())) {
      place().moved(session, run, to);
    }
  }

  @Override
  public TransformReport run(long run, String name, Optional<RunFolder> folder, Listener listener) {
    Instant begun = clock.instant();
    Evidence evidence = folder.<Evidence>map(files -> files).orElse(Evidence.NONE);
    AtomicReference<RemoteWork> work = new AtomicReference<>();
    requirePlace(run);
    try (Sessions sessions = new Sessions(journal, settings.writing())) {
      RunReport report =
          execution.drive(
              sessions,
              run,
              held -> {
                RemoteWork made =
                    new RemoteWork(source, examiner, transform.idempotent(), held, evidence);
                work.set(made);
                return made;
              },
              listener);
      return report(sessions, report, name, folder, work.get().found(), begun);
    } catch (PlumblineException e) {
      throw stopped(run, name, e);
    }
  }

  private void requirePlace(long run) {
    try (Session session = journal.openForReading(settings.reading())) {
      place().require(session, new Journal(session).find(run), Optional.empty());
    }
  }

  /** Whoever reads of an outage at night wants to know of the run. */
  private PlumblineException stopped(long run, String name, PlumblineException cause) {
    if (cause.code() == ErrorCode.USAGE) {
      return cause;
    }
    long written;
    try (Session session = journal.openForReading(settings.reading())) {
      written = new DocumentImages(session, run).count(State.WRITTEN);
    } catch (PlumblineException second) {
      cause.addSuppressed(second);
      return cause;
    }
    return new PlumblineException(
        cause.code(),
        cause.what(),
        String.format(
            Locale.ROOT,
            "Run %s has written %,d documents until now; they stay, with their before-images.",
            name,
            written),
        mend(cause.next())
            + "To go on with this run: plumb resume "
            + name
            + "\nTo take it back: plumb rollback "
            + name,
        cause);
  }

  /** Without running the command again: that would begin a second run. */
  private static String mend(String next) {
    return next.equals("Run the command again.")
        ? ""
        : next.replace(", then run the command again.", ".") + "\n";
  }

  private TransformReport report(
      Sessions sessions,
      RunReport report,
      String name,
      Optional<RunFolder> folder,
      Optional<Findings> found,
      Instant begun) {
    Duration took = Duration.between(begun, clock.instant());
    Optional<Tally> tally =
        found.map(
            look -> {
              WrittenLabels.count(sessions, report.run().id(), transform, examiner, look);
              return look.tally(written(sessions, report.run().id()));
            });
    List<Problem> problems = found.map(Findings::problems).orElse(List.of());
    tally.ifPresent(
        numbers ->
            folder.ifPresent(
                files ->
                    files.report(
                        new Summary(
                            transform.name(), name, report.run().state().word(), numbers, took),
                        problems)));
    return new TransformReport(
        report, tally, problems, folder.map(RunFolder::path), source.allowance(), took);
  }

  private static long written(Sessions sessions, long run) {
    return sessions.read(session -> new DocumentImages(session, run).count(State.WRITTEN));
  }
}
