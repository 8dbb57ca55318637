package dev.plumbline.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plumbline.database.Row;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.NewRun.Kind;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.run.RunState;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The journal's runs: begun, found, held by one process at a time, brought from state to state. It
 * works through a session that the caller owns, inside the caller's transaction if there is one.
 */
public final class Journal {
  private static final JsonFactory JSON = new JsonFactory();

  private final Session session;
  private final Dialect dialect;
  private final String runs;

  public Journal(Session session) {
    this.session = session;
    this.dialect = session.dialect();
    this.runs = dialect.journalTable("runs");
  }

  public boolean exists() {
    return session.one(dialect.journalExists(), row -> row.truth(1));
  }

  /** The statements that make the journal, for those who may not let a program do it. */
  public static List<String> ddl(Dialect dialect) {
    return dialect.journalDdl().stream().map(Sql::toString).toList();
  }

  /**
   * Makes the journal where it is not there yet.
   *
   * @throws PlumblineException 77 if the role may not, saying what to grant
   */
  public void create() {
    if (exists()) {
      return;
    }
    try {
      session.transaction(
          () -> {
            dialect.journalDdl().forEach(session::execute);
            return true;
          });
    } catch (DatabaseException e) {
      if (e.kind() == FailureKind.PERMISSION) {
        throw new PlumblineException(
            ErrorCode.DENIED,
            "The journal cannot be made: " + e.databaseMessage(),
            "Nothing was written: without a journal nothing could be taken back.",
            "Have a DBA run what `plumb journal` prints, and grant this role USAGE and CREATE on"
                + " schema plumb and SELECT, INSERT, UPDATE, DELETE on its tables.",
            e);
      }
      if (!exists()) { // two at once: the other one has made it
        throw e;
      }
    }
  }

  /**
   * Enters a run in state {@code planned}.
   *
   * @throws PlumblineException 75 if another run of the invariant is active
   */
  public long begin(NewRun run) {
    try {
      return session.one(
          Sql.of(
              """
              INSERT INTO {} (kind, invariant, definition, checksum, scope_where, scope_keys,
                scope_limit, strategy, batch_size, workers, reverts, state, planned, actor, host,
                version)
              VALUES ({}) RETURNING id\
              """,
              runs,
              values(
                  word(run.kind()),
                  run.invariant(),
                  run.definition(),
                  run.checksum(),
                  run.scope().where().orElse(null),
                  run.scope().keys().isEmpty() ? null : keysToJson(run.scope().keys()),
                  boxed(run.scope().limit()),
                  word(run.strategy()),
                  run.batchSize().isPresent() ? (long) run.batchSize().getAsInt() : null,
                  (long) run.workers(),
                  boxed(run.reverts()),
                  RunState.PLANNED.word(),
                  run.planned(),
                  System.getProperty("user.name", "unknown"),
                  Owner.localHost(),
                  Version.text())),
          row -> row.number(1));
    } catch (DatabaseException e) {
      if (e.kind() == FailureKind.DATA) {
        throw busy(run.invariant(), e);
      }
      throw e;
    }
  }

  private static PlumblineException busy(String invariant, DatabaseException cause) {
    return new PlumblineException(
        ErrorCode.BUSY,
        "Another run of " + invariant + " is active.",
        "Nothing was changed by this command.",
        "Look at it with: plumb runs. Go on with it, or end it with: plumb cancel RUN",
        cause);
  }

  private static @Nullable Long boxed(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }

  private static Sql values(@Nullable Object... values) {
    List<Sql> bound = new ArrayList<>();
    for (@Nullable Object value : values) {
      bound.add(Sql.value(value));
    }
    return Sql.join(", ", bound);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** All runs, newest first. */
  public List<Run> list() {
    return session.query(Sql.of("{} ORDER BY id DESC", select()), this::run);
  }

  /**
   * @throws PlumblineException 78 if there is no such run
   */
  public Run find(long id) {
    return session
        .first(Sql.of("{} WHERE id = {}", select(), id), this::run)
        .orElseThrow(
            () ->
                new PlumblineException(
                    ErrorCode.USAGE,
                    "There is no run " + id + ".",
                    "Nothing was changed.",
                    "List the runs with: plumb runs"));
  }

  private Sql select() {
    return Sql.of(
        """
        SELECT id, kind, invariant, definition, checksum, scope_where, scope_keys, scope_limit,
          strategy, batch_size, workers, reverts, planned, state, pass, changed, remaining, error,
          actor, host, version, {}, {}, {}, lease_owner,
          coalesce(lease_until > {} AND NOT ({}), FALSE)
        FROM {}\
        """,
        dialect.timestampText("created_at"),
        dialect.timestampText("started_at"),
        dialect.timestampText("finished_at"),
        dialect.timestamp(),
        dialect.sessionGone("lease_session"),
        runs);
  }

  private Run run(Row row) throws SQLException {
    OptionalLong batchSize = row.optionalNumber(10);
    NewRun plan =
        new NewRun(
            Kind.valueOf(row.required(2).toUpperCase(Locale.ROOT)),
            row.required(3),
            row.required(4),
            row.required(5),
            new Scope(
                row.optional(6),
                row.optional(7).map(Journal::keysFromJson).orElse(List.of()),
                row.optionalNumber(8)),
            Strategy.valueOf(row.required(9).toUpperCase(Locale.ROOT)),
            batchSize.isPresent()
                ? OptionalInt.of((int) batchSize.getAsLong())
                : OptionalInt.empty(),
            (int) row.number(11),
            row.optionalNumber(12),
            row.number(13));
    Optional<String> owner = row.optional(25);
    return new Run(
        row.number(1),
        plan,
        RunState.of(row.required(14)),
        (int) row.number(15),
        row.number(16),
        row.optionalNumber(17),
        row.optional(18),
        row.required(19),
        row.required(20),
        row.required(21),
        row.instant(22).orElseThrow(),
        row.instant(23),
        row.instant(24),
        owner,
        row.truth(26) && !owner.map(Owner::parse).map(Owner::gone).orElse(false));
  }

  /**
   * Takes the run for this process. The token that it returns outdates every earlier one.
   *
   * @throws PlumblineException 75 if another process holds it
   */
  public Lease take(long id, Duration length) {
    Run run = find(id);
    if (run.leaseLive()) {
      throw held(run);
    }
    boolean ownerGone = run.leaseOwner().map(Owner::parse).map(Owner::gone).orElse(false);
    return session
        .first(
            Sql.of(
                """
                UPDATE {} SET lease_token = lease_token + 1, lease_owner = {}, lease_session = {},
                  lease_until = {}, started_at = coalesce(started_at, {})
                WHERE id = {} AND (lease_until IS NULL OR lease_until <= {} OR {} OR {})
                RETURNING lease_token\
                """,
                runs,
                Sql.value(Owner.self().text()),
                dialect.sessionIdentity(),
                dialect.timestampIn(length),
                dialect.timestamp(),
                id,
                dialect.timestamp(),
                ownerGone ? "TRUE" : "FALSE",
                dialect.sessionGone("lease_session")),
            row -> new Lease(id, row.number(1), length))
        .orElseThrow(() -> held(find(id)));
  }

  private static PlumblineException held(Run run) {
    return new PlumblineException(
        ErrorCode.BUSY,
        "Run "
            + run.id()
            + " is held by another process: "
            + run.leaseOwner().orElse("unknown")
            + ".",
        "Nothing was changed by this command.",
        "Wait for it, or stop it with: plumb pause " + run.id());
  }

  /** Extends the lease between batches; false if it is lost. */
  public boolean extend(Lease lease) {
    return session.execute(
            Sql.of(
                "UPDATE {} SET lease_until = {} WHERE id = {} AND lease_token = {}",
                runs,
                dialect.timestampIn(lease.length()),
                lease.run(),
                lease.token()))
        == 1;
  }

  /**
   * Extends the lease.
   *
   * @throws PlumblineException 75 if it is lost
   */
  public void extendOrStop(Lease lease) {
    if (!extend(lease)) {
      throw lost(lease.run());
    }
  }

  /** This session stands for the process from now on. */
  public void renewSession(Lease lease) {
    session.execute(
        Sql.of(
            "UPDATE {} SET lease_session = {}, lease_until = {} WHERE id = {} AND lease_token = {}",
            runs,
            dialect.sessionIdentity(),
            dialect.timestampIn(lease.length()),
            lease.run(),
            lease.token()));
  }

  /** Gives the run back; nothing if it is lost already. */
  public void release(Lease lease) {
    session.execute(
        Sql.of(
            """
            UPDATE {} SET lease_until = NULL, lease_owner = NULL, lease_session = NULL
            WHERE id = {} AND lease_token = {}\
            """,
            runs,
            lease.run(),
            lease.token()));
  }

  /**
   * Brings the run to another state, unless a pause or cancellation was asked for meanwhile.
   *
   * @return the state in which it is then
   * @throws PlumblineException 75 if the lease is lost, or another run of the invariant is active
   */
  public RunState transition(Lease lease, RunState from, RunState to) {
    if (change(lease, from, to)) {
      return to;
    }
    return session
        .first(
            Sql.of(
                "SELECT state FROM {} WHERE id = {} AND lease_token = {}",
                runs,
                lease.run(),
                lease.token()),
            row -> RunState.of(row.required(1)))
        .filter(s -> s == RunState.PAUSING || s == RunState.CANCELLING)
        .orElseThrow(() -> lost(lease.run()));
  }

  private boolean change(Lease lease, RunState from, RunState to) {
    try {
      return session.execute(
              Sql.of(
                  "UPDATE {} SET state = {}, {} WHERE id = {} AND lease_token = {} AND state IN ({}, {})",
                  runs,
                  Sql.value(to.word()),
                  to.active()
                      ? Sql.of("finished_at = NULL, error = NULL")
                      : Sql.of("finished_at = {}", dialect.timestamp()),
                  lease.run(),
                  lease.token(),
                  Sql.value(from.word()),
                  Sql.value(to.word())))
          == 1;
    } catch (DatabaseException e) {
      if (e.kind() == FailureKind.DATA) { // the unique index over active runs
        throw busy(find(lease.run()).plan().invariant(), e);
      }
      throw e;
    }
  }

  /** The lease was taken over, or ran out and was taken. */
  static PlumblineException lost(long run) {
    return new PlumblineException(
        ErrorCode.BUSY,
        "Run " + run + " stopped: another process took its lease.",
        "Its committed batches stay; nothing is half-written.",
        "Look at it with: plumb show " + run);
  }

  /** Notes what a verification found, or why the run failed. */
  public void note(Lease lease, OptionalLong remaining, Optional<String> error) {
    session.execute(
        Sql.of(
            "UPDATE {} SET remaining = {}, error = {} WHERE id = {} AND lease_token = {}",
            runs,
            Sql.value(boxed(remaining)),
            Sql.value(error.orElse(null)),
            lease.run(),
            lease.token()));
  }

  /**
   * A further pass begins.
   *
   * @return false if it has begun already: the reply to the first attempt was lost
   */
  public boolean nextPass(Lease lease, int pass) {
    return session.execute(
            Sql.of(
                "UPDATE {} SET pass = {} WHERE id = {} AND lease_token = {} AND pass < {}",
                runs,
                pass,
                lease.run(),
                lease.token(),
                pass))
        == 1;
  }

  /**
   * Asks the process that works on a run for something, or does it where none does.
   *
   * @param wish {@code PAUSING} or {@code CANCELLING}
   * @return the state in which the run is then
   * @throws PlumblineException 64 if the run's state does not allow it
   */
  public RunState request(long id, RunState wish) {
    Run run = find(id);
    if (run.state() == wish && run.leaseLive()) {
      return wish;
    }
    if (run.state() != wish && !run.state().mayBecome(wish)) {
      throw new PlumblineException(
          ErrorCode.USAGE,
          "Run " + id + " is " + run.state().word() + ": it cannot go over to " + wish.word() + ".",
          "Nothing was changed.",
          "Look at it with: plumb show " + id);
    }
    RunState end = wish == RunState.PAUSING ? RunState.PAUSED : RunState.CANCELLED;
    RunState to = run.leaseLive() ? wish : end;
    long changed =
        session.execute(
            Sql.of(
                "UPDATE {} SET state = {}{} WHERE id = {} AND state = {}",
                runs,
                Sql.value(to.word()),
                to.active() ? Sql.empty() : Sql.of(", finished_at = {}", dialect.timestamp()),
                id,
                Sql.value(run.state().word())));
    return changed == 1 ? to : request(id, wish);
  }

  static String keysToJson(List<Key> keys) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (Key key : keys) {
        json.writeString(key.toJson());
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static List<Key> keysFromJson(String text) {
    List<Key> keys = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        keys.add(Key.fromJson(json.getText()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return keys;
  }
}
