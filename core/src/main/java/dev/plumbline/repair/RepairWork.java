package dev.plumbline.repair;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Auditor;
import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Gaps;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.HeldRun.OpenBatch;
import dev.plumbline.execution.RunWork;
import dev.plumbline.execution.Sessions;
import dev.plumbline.execution.Slice;
import dev.plumbline.execution.Slice.KeyRange;
import dev.plumbline.execution.Slice.ListRange;
import dev.plumbline.invariant.DeriveQuery;
import dev.plumbline.invariant.Narrowing;
import dev.plumbline.journal.Batch;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.SetAside;
import dev.plumbline.run.RunState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A repair as the run loop sees it: slices of keys, each repaired in one transaction. */
final class RepairWork implements RunWork<Slice> {
  /** Rows looked through by one statement when a key range is taken apart. */
  private static final int PORTION = 1_000;

  private final Database database;
  private final Sessions sessions;
  private final Job job;
  private final HeldRun held;
  private final Timeouts reading;

  // Read from the journal by reload(), before the workers begin.
  private List<Images> images = List.of();
  private long lastInWorklist;

  // Where the next slice begins; used by one thread at a time.
  private final Deque<Slice> gaps = new ArrayDeque<>();
  private Optional<Key> scanned = Optional.empty();
  private long scanNumber;
  private boolean scanning;
  private Optional<AuditResult> verified = Optional.empty();

  RepairWork(Database database, Job job, HeldRun held, Timeouts reading) {
    this.database = database;
    this.sessions = held.sessions();
    this.job = job;
    this.held = held;
    this.reading = reading;
  }

  @Override
  public Optional<AuditResult> verified() {
    return verified;
  }

  /** What was set aside comes onto the worklist again, at its end. */
  @Override
  public void again() {
    sessions.transaction(
        session -> {
          Progress progress = held.progress(session);
          progress.append(Sql.of("{} ORDER BY key", progress.setAside()));
          progress.forgetSetAside();
          return true;
        });
  }

  @Override
  public void reload() {
    held.reload(
        session -> {
          Progress progress = held.progress(session);
          images = held.images(session).list();
          lastInWorklist = progress.lastInWorklist();
          gaps.clear();
          gaps.addAll(Gaps.inWorklist(progress.worklistBatches(), lastInWorklist));
          scanning = held.pass() == 0 && held.run().plan().strategy() == Strategy.SCAN;
          if (scanning) {
            List<Batch> ranges = progress.scanBatches();
            gaps.addAll(Gaps.inScan(ranges));
            scanned = Gaps.scanReached(ranges);
            scanNumber = ranges.stream().mapToLong(b -> b.sequence().orElseThrow()).max().orElse(0);
          }
        });
  }

  @Override
  public Optional<Slice> next(int rows) {
    Slice gap = gaps.poll();
    if (gap instanceof ListRange list && list.size() > rows) {
      gaps.push(new ListRange(list.after() + rows, list.upTo()));
      return Optional.of(new ListRange(list.after(), list.after() + rows));
    }
    if (gap != null) {
      return Optional.of(gap);
    }
    return scanning ? nextRange(rows) : Optional.empty();
  }

  /** The next key range of the table; the end is where there is no next key, never "fewer rows". */
  private Optional<Slice> nextRange(int rows) {
    return sessions.use(
        session -> {
          Optional<Key> upTo =
              keyAt(session, scanned, Optional.empty(), rows - 1, "")
                  .or(() -> keyAt(session, scanned, Optional.empty(), 0, "DESC"));
          return upTo.map(
              key -> {
                KeyRange range = new KeyRange(++scanNumber, scanned, key);
                scanned = Optional.of(key);
                return range;
              });
        });
  }

  /** The key of the row at a place after one key, and not after another. */
  private Optional<Key> keyAt(
      Session session, Optional<Key> after, Optional<Key> upTo, int offset, String direction) {
    Dialect dialect = session.dialect();
    if (!(job.query() instanceof DeriveQuery derive)) {
      throw new IllegalStateException("only a derived column is repaired by a scan");
    }
    Sql key = Sql.of("({})", Sql.join(", ", job.keyOf(dialect, derive.table().sql())));
    List<Sql> bounds = new ArrayList<>();
    after.ifPresent(k -> bounds.add(Sql.of("{} > ({})", key, job.bound(dialect, k))));
    upTo.ifPresent(k -> bounds.add(Sql.of("{} <= ({})", key, job.bound(dialect, k))));
    return session.first(
        derive.keyAt(Sql.and(bounds), direction, offset), row -> Key.fromJson(row.required(1)));
  }

  @Override
  public Applied apply(Slice slice) {
    OpenBatch batch = held.openBatch();
    return sessions.transaction(
        session -> {
          long rows =
              new BatchTransaction(job, session, held.progress(session), images, batch.number())
                  .repair(slice, held.pass() > 0);
          return new Applied(rows, checkpoint(session, batch, slice, rows));
        });
  }

  private static Signal checkpoint(Session session, OpenBatch batch, Slice slice, long rows) {
    return batch.checkpoint(session, slice.sequence(), slice.from(), slice.to(), rows);
  }

  /** A slice of the worklist in halves; a key range becomes the list of its violations. */
  @Override
  public List<Slice> split(Slice slice) {
    return switch (slice) {
      case ListRange list -> list.halves();
      case KeyRange range -> listed(range);
    };
  }

  /**
   * In one transaction with the range's own checkpoint, so that a killed run finds the one or
   * other; in portions, since the range may be too large for one statement's time.
   */
  private List<Slice> listed(KeyRange range) {
    OpenBatch batch = held.openBatch();
    return sessions.transaction(
        session -> {
          long before = held.progress(session).lastInWorklist();
          long added = 0;
          Optional<Key> from = range.after();
          Optional<Key> end;
          do {
            end = keyAt(session, from, Optional.of(range.upTo()), PORTION - 1, "");
            added += list(session, new KeyRange(range.number(), from, end.orElse(range.upTo())));
            from = end;
          } while (end.isPresent());
          checkpoint(session, batch, range, 0);
          return List.<Slice>of(new ListRange(before, before + added));
        });
  }

  private long list(Session session, KeyRange range) {
    Dialect dialect = session.dialect();
    Narrowing narrowing = job.narrowing(dialect).and(job.in(dialect, range, List.of()));
    return held.progress(session).append(job.keys(dialect, narrowing, Sql.of("TRUE")));
  }

  @Override
  public void quarantine(Slice single, PlumblineException error) {
    ListRange place = (ListRange) single;
    OpenBatch batch = held.openBatch();
    sessions.transaction(
        session -> {
          Progress progress = held.progress(session);
          for (Key key : progress.keys(place.after(), place.upTo())) {
            progress.setAside(SetAside.quarantined(0, key, error));
          }
          return checkpoint(session, batch, place, 0);
        });
  }

  @Override
  public Verified verify() {
    return sessions.use(
        session -> {
          AuditResult found = lookAgain(inScope(session));
          verified = Optional.of(found);
          long remaining =
              found.counts().orElseThrow().violations()
                  + strayed(session).map(keys -> count(session, keys)).orElse(0L);
          long fresh =
              remaining == 0 ? 0 : fresh(session).mapToLong(keys -> count(session, keys)).sum();
          held.noteRemaining(session, remaining);
          return new Verified(remaining, fresh);
        });
  }

  /** The scope; with a limit it is what the worklist holds. */
  private Narrowing inScope(Session session) {
    Narrowing narrowing = job.narrowing(session.dialect());
    return job.scope().limit().isEmpty() ? narrowing : listed(session, narrowing);
  }

  private Narrowing listed(Session session, Narrowing narrowing) {
    return narrowing.and(
        key ->
            Sql.of(
                "{} IN ({})", session.dialect().keyJson(key), held.progress(session).worklist()));
  }

  /**
   * The keys of rows that were in the scope and violate still, but have left it: what the repair
   * wrote into them no longer meets the scope's condition. Empty without such a condition.
   */
  private Optional<Sql> strayed(Session session) {
    if (job.scope().where().isEmpty()) {
      return Optional.empty();
    }
    Dialect dialect = session.dialect();
    Narrowing here = listed(session, job.narrowing(dialect));
    Narrowing anywhere = new Narrowing(Optional.empty(), here.keys());
    Sql key = dialect.keyJson(job.keyOf(dialect, "v"));
    return Optional.of(
        job.keys(
            dialect,
            anywhere,
            Sql.of(
                "{} NOT IN (SELECT plumb_here.key FROM (\n{}) AS plumb_here)",
                key,
                job.keys(dialect, here, Sql.of("TRUE")))));
  }

  private static long count(Session session, Sql keys) {
    return session.one(
        Sql.of("SELECT count(*) FROM (\n{}) AS plumb_counted", keys), row -> row.number(1));
  }

  private AuditResult lookAgain(Narrowing narrowing) {
    return new Auditor(database, reading)
        .audit(
            "", List.of(job.query().invariant()), new AuditOptions(10, narrowing, Optional.empty()))
        .results()
        .getFirst()
        .orThrow();
  }

  /** Queries of the keys that violate and that no batch has tried in vain. */
  private Stream<Sql> fresh(Session session) {
    Dialect dialect = session.dialect();
    Sql keys =
        job.keys(
            dialect,
            inScope(session),
            notSetAside(session, dialect.keyJson(job.keyOf(dialect, "v"))));
    Optional<Sql> others =
        strayed(session)
            .map(
                strayed ->
                    Sql.of(
                        "SELECT key FROM (\n{}) AS plumb_strayed WHERE {}",
                        strayed,
                        notSetAside(session, Sql.of("key"))));
    return Stream.concat(Stream.of(keys), others.stream());
  }

  private Sql notSetAside(Session session, Sql key) {
    return Sql.of("{} NOT IN ({})", key, held.progress(session).setAside());
  }

  @Override
  public void prepareNextPass() {
    held.nextPass(session -> fresh(session).toList().forEach(held.progress(session)::append));
  }

  @Override
  public RunState transition(RunState from, RunState to) {
    return held.transition(from, to);
  }
}
