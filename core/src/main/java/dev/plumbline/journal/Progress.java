package dev.plumbline.journal;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.run.Work.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a run is: its batches, its worklist, the keys that it set aside. Written in the
 * transaction of the batch.
 */
public final class Progress {
  /** Bound values of a statement stay far below what the databases allow. */
  private static final int AT_ONCE = 500;

  private final Session session;
  private final Dialect dialect;
  private final long run;

  public Progress(Session session, long run) {
    this.session = session;
    this.dialect = session.dialect();
    this.run = run;
  }

  /**
   * The checkpoint, last in a batch's transaction: checks the lease's token and extends it, enters
   * the batch, and reads what somebody may have asked of the run.
   *
   * @throws dev.plumbline.error.PlumblineException 75 if the lease is lost; the transaction must
   *     not commit
   */
  public Signal checkpoint(Lease lease, Batch batch) {
    session.execute(
        Sql.of(
            """
            INSERT INTO {} (run, no, pass, sequence, slice_from, slice_to, rows, took_ms)
            VALUES ({}, {}, {}, {}, {}, {}, {}, {})""",
            dialect.journalTable("batches"),
            run,
            batch.no(),
            batch.pass(),
            batch.sequence().isPresent() ? String.valueOf(batch.sequence().getAsLong()) : "NULL",
            Sql.value(batch.from()),
            Sql.value(batch.to()),
            batch.rows(),
            batch.took().toMillis()));
    String state =
        session
            .first(
                Sql.of(
                    """
                    UPDATE {} SET lease_until = {}, changed = changed + {}
                    WHERE id = {} AND lease_token = {} RETURNING state""",
                    dialect.journalTable("runs"),
                    dialect.timestampIn(lease.length()),
                    batch.rows(),
                    run,
                    lease.token()),
                row -> row.required(1))
            .orElseThrow(() -> Leases.lost(dialect, run));
    return switch (state) {
      case "pausing" -> Signal.PAUSE;
      case "cancelling" -> Signal.CANCEL;
      default -> Signal.GO_ON;
    };
  }

  /** The batches of a scan: those of key ranges. */
  public List<Batch> scanBatches() {
    return batches("sequence IS NOT NULL");
  }

  /** The places that are done to their end, where one batch may be a part of its place only. */
  public Set<Long> done() {
    return scanBatches().stream()
        .filter(batch -> batch.to().isEmpty())
        .map(batch -> batch.sequence().orElseThrow())
        .collect(Collectors.toSet());
  }

  /** The batches of the worklist, of all passes. */
  public List<Batch> worklistBatches() {
    return batches("sequence IS NULL");
  }

  private List<Batch> batches(String which) {
    return session.query(
        Sql.of(
            """
            SELECT no, pass, sequence, slice_from, slice_to, rows, took_ms FROM {}
            WHERE run = {} AND {} ORDER BY no""",
            dialect.journalTable("batches"),
            run,
            which),
        row ->
            new Batch(
                row.number(1),
                (int) row.number(2),
                row.optionalNumber(3),
                row.required(4),
                row.required(5),
                row.number(6),
                Duration.ofMillis(row.number(7))));
  }

  /** The highest number of a batch; 0 before the first. */
  public long lastBatch() {
    return session.one(
        Sql.of(
            "SELECT coalesce(max(no), 0) FROM {} WHERE run = {}",
            dialect.journalTable("batches"),
            run),
        row -> row.number(1));
  }

  /**
   * Appends the keys of a query to the worklist.
   *
   * @param keys a query of one column {@code key}, in the order in which they shall be worked on
   * @return how many they are
   */
  public long append(Sql keys) {
    return session.execute(
        Sql.of(
            """
            INSERT INTO {} (run, n, key)
            SELECT {}, {} + row_number() OVER (), plumb_keys.key FROM ({}) AS plumb_keys""",
            dialect.journalTable("worklist"),
            run,
            lastInWorklist(),
            keys));
  }

  /** Appends keys to the worklist, in the order in which they shall be worked on. */
  public void append(List<Key> keys) {
    long last = lastInWorklist();
    for (int from = 0; from < keys.size(); from += AT_ONCE) {
      List<Sql> rows = new ArrayList<>();
      for (Key key : keys.subList(from, Math.min(from + AT_ONCE, keys.size()))) {
        rows.add(Sql.of("({}, {}, {})", run, ++last, Sql.value(key.toJson())));
      }
      session.execute(
          Sql.of(
              "INSERT INTO {} (run, n, key) VALUES {}",
              dialect.journalTable("worklist"),
              Sql.join(", ", rows)));
    }
  }

  public long lastInWorklist() {
    return session.one(
        Sql.of(
            "SELECT coalesce(max(n), 0) FROM {} WHERE run = {}",
            dialect.journalTable("worklist"),
            run),
        row -> row.number(1));
  }

  /** The keys of a slice of the worklist. */
  public List<Key> keys(long after, long upTo) {
    return session.query(
        Sql.of(
            "SELECT key FROM {} WHERE run = {} AND n > {} AND n <= {} ORDER BY n",
            dialect.journalTable("worklist"),
            run,
            after,
            upTo),
        row -> Key.fromJson(row.required(1)));
  }

  /** A query of one column: the keys in the worklist, as JSON. */
  public Sql worklist() {
    return Sql.of("SELECT key FROM {} WHERE run = {}", dialect.journalTable("worklist"), run);
  }

  /** A query of one column: the keys set aside, as JSON. */
  public Sql setAside() {
    return Sql.of("SELECT key FROM {} WHERE run = {}", dialect.journalTable("set_aside"), run);
  }

  /** The keys set aside, whatever for, in their order. */
  public List<Key> allSetAside() {
    return session.query(
        Sql.of("{} ORDER BY key", setAside()), row -> Key.fromJson(row.required(1)));
  }

  private static final String GIVEN_UP = "reason IN ('quarantined', 'unrepairable', 'set_again')";

  /**
   * A query of one column: the keys that some steps could not change, or not whole, as JSON.
   *
   * @param steps their numbers
   */
  public Sql givenUp(List<Integer> steps) {
    return Sql.of(
        "{} AND {} AND step IN ({})",
        setAside(),
        GIVEN_UP,
        steps.stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  /** Whether there are keys that could not be changed. */
  public boolean someGivenUp() {
    return session.one(
        Sql.of("SELECT EXISTS ({} AND {})", setAside(), GIVEN_UP), row -> row.truth(1));
  }

  public void setAside(SetAside aside) {
    session.execute(
        Sql.of(
            """
            INSERT INTO {} (run, step, key, reason, sqlstate, message)
            VALUES ({}, {}, {}, {}, {}, {})
            ON CONFLICT (run, step, key, reason) DO NOTHING""",
            dialect.journalTable("set_aside"),
            run,
            aside.step(),
            Sql.value(aside.key().toJson()),
            Sql.value(aside.reason().word()),
            Sql.value(aside.sqlState().orElse(null)),
            Sql.value(aside.message())));
  }

  /**
   * Sets the rows of a query aside.
   *
   * @param rows a query of the columns {@code step}, {@code key} and {@code message}
   */
  public void setAside(SetAside.Reason reason, Sql rows) {
    session.execute(
        Sql.of(
            """
            INSERT INTO {} (run, step, key, reason, message)
            SELECT {}, plumb_rows.step, plumb_rows.key, {}, plumb_rows.message
            FROM ({}) AS plumb_rows WHERE TRUE
            ON CONFLICT (run, step, key, reason) DO NOTHING""",
            dialect.journalTable("set_aside"),
            run,
            dialect.literal(reason.word()),
            rows));
  }

  /** How many keys a rollback keeps as they are, whoever has changed them. */
  public long kept() {
    return session.one(
        Sql.of(
            """
            SELECT count(*) FROM (
              SELECT DISTINCT step, key FROM {}
              WHERE run = {} AND reason IN ('conflict', 'set_again')) AS plumb_kept""",
            dialect.journalTable("set_aside"),
            run),
        row -> row.number(1));
  }

  /** What was set aside for a reason. */
  public long count(SetAside.Reason reason) {
    return session.one(
        Sql.of(
            "SELECT count(*) FROM {} WHERE run = {} AND reason = {}",
            dialect.journalTable("set_aside"),
            run,
            Sql.value(reason.word())),
        row -> row.number(1));
  }

  /** The first of what was set aside, by time. */
  public List<SetAside> setAside(int most) {
    return session.query(
        Sql.of(
            """
            SELECT step, key, reason, sqlstate, message FROM {} WHERE run = {}
            ORDER BY at, step, key LIMIT {}""",
            dialect.journalTable("set_aside"),
            run,
            most),
        row ->
            new SetAside(
                (int) row.number(1),
                Key.fromJson(row.required(2)),
                SetAside.Reason.valueOf(row.required(3).toUpperCase(Locale.ROOT)),
                row.optional(4),
                row.required(5)));
  }

  /** Gives the keys that were set aside another chance, in a resumed run. */
  public void forgetSetAside() {
    session.execute(
        Sql.of("DELETE FROM {} WHERE run = {}", dialect.journalTable("set_aside"), run));
  }

  /** The keys that were set aside for a reason. */
  public List<Key> setAside(SetAside.Reason reason) {
    return session.query(
        Sql.of("{} AND reason = {} ORDER BY key", setAside(), Sql.value(reason.word())),
        row -> Key.fromJson(row.required(1)));
  }

  /** Why keys were set aside for a reason, in words. */
  public Map<Key, String> messages(SetAside.Reason reason) {
    Map<Key, String> messages = new HashMap<>();
    session
        .query(
            Sql.of(
                "SELECT key, message FROM {} WHERE run = {} AND reason = {}",
                dialect.journalTable("set_aside"),
                run,
                Sql.value(reason.word())),
            row -> Map.entry(Key.fromJson(row.required(1)), row.required(2)))
        .forEach(one -> messages.put(one.getKey(), one.getValue()));
    return messages;
  }

  /** Forgets what was set aside of these keys. */
  public void forget(List<Key> keys) {
    for (int from = 0; from < keys.size(); from += AT_ONCE) {
      List<Sql> some =
          keys.subList(from, Math.min(from + AT_ONCE, keys.size())).stream()
              .map(key -> Sql.value(key.toJson()))
              .toList();
      session.execute(
          Sql.of(
              "DELETE FROM {} WHERE run = {} AND key IN ({})",
              dialect.journalTable("set_aside"),
              run,
              Sql.join(", ", some)));
    }
  }

  /** Forgets what was set aside for a reason. */
  public void forget(SetAside.Reason reason) {
    session.execute(
        Sql.of(
            "DELETE FROM {} WHERE run = {} AND reason = {}",
            dialect.journalTable("set_aside"),
            run,
            Sql.value(reason.word())));
  }

  /** Batches with this place count as undone again; what they did stays in the history. */
  public void reopen(long sequence) {
    session.execute(
        Sql.of(
            "UPDATE {} SET sequence = NULL WHERE run = {} AND sequence = {}",
            dialect.journalTable("batches"),
            run,
            sequence));
  }

  /** How many batches are committed, and how long they took together. */
  public record Totals(long batches, Duration took, OptionalLong slowestMillis) {}

  public Totals totals() {
    return session.one(
        Sql.of(
            "SELECT count(*), coalesce(sum(took_ms), 0), max(took_ms) FROM {} WHERE run = {}",
            dialect.journalTable("batches"),
            run),
        row -> new Totals(row.number(1), Duration.ofMillis(row.number(2)), row.optionalNumber(3)));
  }
}
