package dev.plumbline.transform;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.document.Examination;
import dev.plumbline.document.Examiner;
import dev.plumbline.document.Transform;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Gaps;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.HeldRun.OpenBatch;
import dev.plumbline.execution.RunWork;
import dev.plumbline.execution.Sessions;
import dev.plumbline.execution.Slice;
import dev.plumbline.execution.Slice.KeyRange;
import dev.plumbline.execution.Slice.ListRange;
import dev.plumbline.journal.Batch;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.SetAside;
import dev.plumbline.journal.SetAside.Reason;
import dev.plumbline.run.RunState;
import dev.plumbline.transform.ColumnWriter.Wanted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A transform of the documents in a column as the run loop sees it: ranges of the table's key. A
 * batch reads its documents and computes without a lock; its transaction locks the rows that
 * change, computes anew what somebody has changed meanwhile, and writes data, images and
 * checkpoint.
 */
final class ColumnWork implements RunWork<Slice> {
  private final Database database;
  private final ColumnTable table;
  private final Transform transform;
  private final Examiner examiner;
  private final HeldRun held;
  private final Sessions sessions;
  private final Timeouts reading;
  private final BatchCharacters characters = new BatchCharacters();

  // Where the next slice begins; used by one thread at a time.
  private final Deque<Slice> gaps = new ArrayDeque<>();
  private Optional<Key> scanned = Optional.empty();
  private long scanNumber;
  private boolean scanning;

  // What the last verification found.
  private Optional<ColumnLook> found = Optional.empty();

  ColumnWork(
      Database database,
      ColumnTable table,
      Transform transform,
      Examiner examiner,
      HeldRun held,
      Timeouts reading) {
    this.database = database;
    this.table = table;
    this.transform = transform;
    this.examiner = examiner;
    this.held = held;
    this.sessions = held.sessions();
    this.reading = reading;
  }

  /** What the fresh look at the end found; empty before it. */
  Optional<ColumnLook> found() {
    return found;
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

          gaps.clear();
          gaps.addAll(Gaps.inWorklist(progress.worklistBatches(), progress.lastInWorklist()));
          scanning = held.pass() == 0 && held.run().plan().strategy() == Strategy.SCAN;
          if (scanning) {
            List<Batch> ranges = progress.scanBatches();
            gaps.addAll(Gaps.inScan(ranges));
            scanned = Gaps.scanReached(ranges).or(this::beginning);
            scanNumber = ranges.stream().mapToLong(b -> b.sequence().orElseThrow()).max().orElse(0);
          }
        });
  }

  /** The key after which the run's scope begins, where somebody said so. */
  private Optional<Key> beginning() {
    return held.run().plan().scope().where().map(Key::fromJson);
  }

  @Override
  public Optional<Slice> next(int most) {
    int rows = held.run().plan().batchSize().isPresent() ? most : Math.min(most, characters.rows());
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
          Sql ahead =
              Sql.and(List.of(table.withDocument(), table.between(scanned, Optional.empty())));
          Optional<Key> upTo =
              keyAt(session, ahead, "", rows - 1).or(() -> keyAt(session, ahead, "DESC", 0));
          return upTo.map(
              key -> {
                KeyRange range = new KeyRange(++scanNumber, scanned, key);
                scanned = Optional.of(key);
                return range;
              });
        });
  }

  private Optional<Key> keyAt(Session session, Sql condition, String direction, long offset) {
    return session.first(
        table.keyAt(condition, direction, offset), row -> Key.fromJson(row.required(1)));
  }

  /** The rows of a slice that have a document. */
  private Sql in(Session session, Slice slice) {
    Sql keys =
        switch (slice) {
          case KeyRange range -> table.between(range.after(), Optional.of(range.upTo()));
          case ListRange list ->
              table.withKeys(held.progress(session).keys(list.after(), list.upTo()));
        };
    return Sql.and(List.of(table.withDocument(), keys));
  }

  @Override
  public Applied apply(Slice slice) {
    OpenBatch batch = held.openBatch();
    List<ColumnRow> rows = sessions.use(session -> table.read(session, in(session, slice)));
    characters.saw(rows.size(), rows.stream().mapToLong(ColumnRow::characters).sum());
    Map<String, Examination> examined = new LinkedHashMap<>();
    List<Wanted> wanted = new ArrayList<>();
    for (ColumnRow row : rows) {
      decide(row, examined).ifPresent(texts -> wanted.add(new Wanted(row, texts)));
    }
    return sessions.transaction(session -> apply(session, slice, batch, wanted, examined));
  }

  private Applied apply(
      Session session,
      Slice slice,
      OpenBatch batch,
      List<Wanted> wanted,
      Map<String, Examination> examined) {
    Map<String, Examination> settled = new HashMap<>(examined);
    long rows =
        new ColumnWriter(session, table, held.run().id(), batch.number())
            .write(wanted, row -> decide(row, settled));
    settled.forEach((key, found) -> setAside(held.progress(session), key, found));
    return new Applied(
        examined.size(),
        batch.checkpoint(session, slice.sequence(), slice.from(), slice.to(), rows));
  }

  /** What to write into a row; notes what was found where that is to be told. */
  private Optional<Map<String, Optional<String>>> decide(
      ColumnRow row, Map<String, Examination> examined) {
    Examination now = examiner.examine(row.document());
    examined.put(row.key(), now);
    return now instanceof Examination.Transformed result
        ? Optional.of(texts(result))
        : Optional.empty();
  }

  private static Map<String, Optional<String>> texts(Examination.Transformed result) {
    Map<String, Optional<String>> texts = new HashMap<>();
    result.after().forEach((property, text) -> texts.put(property, Optional.of(text)));
    return texts;
  }

  private static void setAside(Progress progress, String key, Examination found) {
    String id = ColumnRow.id(key);
    switch (found) {
      case Examination.Refused refused ->
          aside(progress, key, Reason.UNREPAIRABLE, Problem.refused(id, refused.findings()));
      case Examination.Failed failed ->
          aside(progress, key, Reason.QUARANTINED, Problem.failed(id, failed.what()));
      case Examination.Transformed written -> {}
      case Examination.Unchanged same -> {}
      case Examination.Skipped none -> {}
    }
  }

  private static void aside(Progress progress, String key, Reason reason, Problem problem) {
    progress.setAside(new SetAside(0, Key.fromJson(key), reason, Optional.empty(), problem.what()));
  }

  /** A slice of the worklist in halves; a key range becomes the list of its documents. */
  @Override
  public List<Slice> split(Slice slice) {
    return switch (slice) {
      case ListRange list -> list.halves();
      case KeyRange range -> listed(range);
    };
  }

  /**
   * In one transaction with the range's own checkpoint, so that a killed run finds the one or
   * other.
   */
  private List<Slice> listed(KeyRange range) {
    OpenBatch batch = held.openBatch();
    return sessions.transaction(
        session -> {
          Progress progress = held.progress(session);
          long before = progress.lastInWorklist();
          long added = progress.append(table.keys(in(session, range)));
          batch.checkpoint(session, range.sequence(), range.from(), range.to(), 0);
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
          return batch.checkpoint(session, place.sequence(), place.from(), place.to(), 0);
        });
  }

  /** Looks at every document in the scope again, but for those that are as the run left them. */
  @Override
  public Verified verify() {
    ColumnLook look = new ColumnLook(table, examiner, held.run().id(), transform.idempotent());
    try (Session session = database.openForReading(reading)) {
      session.transaction(
          () -> {
            look.through(session, scope(session), transform.written(), held.progress(session));
            if (held.run().plan().strategy() == Strategy.SCAN && beginning().isEmpty()) {
              look.withoutKey(session);
            }
            return true;
          });
    }
    found = Optional.of(look);
    long remaining = look.findings().remaining();
    sessions.transaction(
        session -> {
          look.note(held.progress(session));
          held.noteRemaining(session, remaining);
          return true;
        });
    return new Verified(remaining, look.fresh().size());
  }

  /** The rows that the run is about; those of the worklist where it was made at the start. */
  private Sql scope(Session session) {
    return held.run().plan().strategy() == Strategy.SCAN
        ? table.between(beginning(), Optional.empty())
        : Sql.of("{} IN ({})", table.keyJson(), held.progress(session).worklist());
  }

  @Override
  public void prepareNextPass() {
    List<Key> fresh = found.map(ColumnLook::fresh).orElse(List.of());
    held.nextPass(session -> held.progress(session).append(fresh));
  }

  @Override
  public RunState transition(RunState from, RunState to) {
    return held.transition(from, to);
  }
}
