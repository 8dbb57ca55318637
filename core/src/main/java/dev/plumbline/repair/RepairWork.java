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
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.HeldRun.OpenBatch;
import dev.plumbline.execution.RunWork;
import dev.plumbline.execution.Sessions;
import dev.plumbline.invariant.DeriveQuery;
import dev.plumbline.invariant.Narrowing;
import dev.plumbline.journal.Batch;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.SetAside;
import dev.plumbline.repair.Slice.KeyRange;
import dev.plumbline.repair.Slice.ListRange;
import dev.plumbline.run.RunState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A repair as the run loop sees it: slices of keys, each repaired in one transaction. */
final class RepairWork implements RunWork<Slice> {
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
          Optional<Key> upTo = keyAt(session, rows - 1, "").or(() -> keyAt(session, 0, "DESC"));
          return upTo.map(
              key -> {
                KeyRange range = new KeyRange(++scanNumber, scanned, key);
                scanned = Optional.of(key);
                return range;
              });
        });
  }

  private Optional<Key> keyAt(Session session, int offset, String direction) {
    Dialect dialect = session.dialect();
    if (!(job.query() instanceof DeriveQuery derive)) {
      throw new IllegalStateException("only a derived column is repaired by a scan");
    }
    List<Sql> key = job.keyOf(dialect, derive.table().sql());
    Sql later =
        scanned
            .map(after -> Sql.of("({}) > ({})", Sql.join(", ", key), job.bound(dialect, after)))
            .orElse(Sql.of("TRUE"));
    return session.first(
        derive.keyAt(later, direction, offset), row -> Key.fromJson(row.required(1)));
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
      case ListRange list -> halves(list);
      case KeyRange range -> listed(range);
    };
  }

  private static List<Slice> halves(ListRange list) {
    if (list.size() <= 1) {
      return List.of();
    }
    long middle = list.after() + list.size() / 2;
    return List.of(new ListRange(list.after(), middle), new ListRange(middle, list.upTo()));
  }

  /**
   * In one transaction with the range's own checkpoint, so that a killed run finds the one or
   * other.
   */
  private List<Slice> listed(KeyRange range) {
    OpenBatch batch = held.openBatch();
    return sessions.transaction(
        session -> {
          Dialect dialect = session.dialect();
          Narrowing narrowing = job.narrowing(dialect).and(job.in(dialect, range, List.of()));
          long before = held.progress(session).lastInWorklist();
          long added = held.progress(session).append(job.keys(dialect, narrowing, Sql.of("TRUE")));
          checkpoint(session, batch, range, 0);
          return List.<Slice>of(new ListRange(before, before + added));
        });
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
          Dialect dialect = session.dialect();
          AuditResult found = lookAgain(inScope(session));
          verified = Optional.of(found);
          long remaining = found.counts().orElseThrow().violations();
          long fresh = remaining == 0 ? 0 : fresh(session, dialect);
          held.noteRemaining(session, remaining);
          return new Verified(remaining, fresh);
        });
  }

  /** The scope; with a limit it is what the worklist holds. */
  private Narrowing inScope(Session session) {
    Dialect dialect = session.dialect();
    Narrowing narrowing = job.narrowing(dialect);
    return job.scope().limit().isEmpty()
        ? narrowing
        : narrowing.and(
            key -> Sql.of("{} IN ({})", dialect.keyJson(key), held.progress(session).worklist()));
  }

  private AuditResult lookAgain(Narrowing narrowing) {
    return new Auditor(database, reading)
        .audit(
            "", List.of(job.query().invariant()), new AuditOptions(10, narrowing, Optional.empty()))
        .results()
        .getFirst()
        .orThrow();
  }

  /** Violations that no batch has tried in vain. */
  private long fresh(Session session, Dialect dialect) {
    return session.one(
        Sql.of(
            "SELECT count(*) FROM (\n{}) AS plumb_fresh",
            job.keys(dialect, inScope(session), notSetAside(session))),
        row -> row.number(1));
  }

  private Sql notSetAside(Session session) {
    Dialect dialect = session.dialect();
    return Sql.of(
        "{} NOT IN ({})",
        dialect.keyJson(job.keyOf(dialect, "v")),
        held.progress(session).setAside());
  }

  @Override
  public void prepareNextPass() {
    held.nextPass(
        session ->
            held.progress(session)
                .append(job.keys(session.dialect(), inScope(session), notSetAside(session))));
  }

  @Override
  public RunState transition(RunState from, RunState to) {
    return held.transition(from, to);
  }
}
