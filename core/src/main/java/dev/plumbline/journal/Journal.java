package dev.plumbline.journal;

import dev.plumbline.database.Row;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.NewRun.Kind;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.run.RunState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The journal's runs: begun, found, brought from state to state by the process that holds the
 * lease. It works through a session that the caller owns, inside the caller's transaction if there
 * is one.
 */
public final class Journal {
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

  /** Whether it has all its tables; one that an earlier version made lacks the newer ones. */
  public boolean complete() {
    return session.one(dialect.journalComplete(), row -> row.truth(1));
  }

  /** Whether runs' backups can be read; a journal that an earlier version made has none. */
  public boolean hasBackups() {
    return session.one(dialect.journalHas("backups"), row -> row.truth(1));
  }

  /** Whether runs' documents can be read; a journal that an earlier version made has none. */
  public boolean hasDocuments() {
    return session.one(dialect.journalHas("documents"), row -> row.truth(1));
  }

  /** Whether runs' places can be read; a journal that an earlier version made has none. */
  boolean hasPlaces() {
    return session.one(dialect.journalHas("places"), row -> row.truth(1));
  }

  /**
   * Makes the journal where it is not there yet, and what an earlier version did not make.
   *
   * @throws PlumblineException 77 if the role may not make it, or not use it, saying what to grant
   */
  public void create() {
    try {
      if (complete() && hasBackups() && hasDocuments() && hasPlaces()) {
        return;
      }
      session.transaction(
          () -> {
            dialect.journalDdl().forEach(session::execute);
            return true;
          });
    } catch (DatabaseException e) {
      if (e.kind() == FailureKind.PERMISSION) {
        throw new PlumblineException(
            ErrorCode.DENIED,
            "The journal cannot be made or used: " + e.databaseMessage(),
            "Nothing was written: without a journal nothing could be taken back.",
            "Have a DBA run what `plumb journal` prints, and grant this role USAGE and CREATE on"
                + " schema plumb and SELECT, INSERT, UPDATE, DELETE on its tables.",
            e);
      }
      if (!complete()) { // two at once: the other one has made it
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
    long id = enter(run);
    run.partOf().ifPresent(part -> join(part, id));
    return id;
  }

  private void join(NewRun.PartOf part, long child) {
    session.execute(
        Sql.of(
            "INSERT INTO {} (child, run, n) VALUES ({}, {}, {})",
            dialect.journalTable("step_runs"),
            child,
            part.run(),
            part.n()));
  }

  private long enter(NewRun run) {
    return session
        .first(
            Sql.of(
                """
              INSERT INTO {} (kind, invariant, definition, checksum, scope_where, scope_keys,
                scope_limit, strategy, batch_size, workers, reverts, state, planned, actor, host,
                version)
              VALUES ({}) ON CONFLICT DO NOTHING RETURNING id\
              """,
                runs,
                values(
                    word(run.kind()),
                    run.invariant(),
                    run.definition(),
                    run.checksum(),
                    run.scope().where().orElse(null),
                    run.scope().keys().isEmpty() ? null : KeyList.toJson(run.scope().keys()),
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
            row -> row.number(1))
        .orElseThrow(() -> busy(run.invariant(), null));
  }

  private PlumblineException busy(String invariant, @Nullable DatabaseException cause) {
    Optional<Run> other = active(invariant);
    return new PlumblineException(
        ErrorCode.BUSY,
        "Another run of "
            + invariant
            + other.map(Journal::described).orElse(" was active a moment ago."),
        "Nothing was changed by this command.",
        other.map(Journal::ending).orElse("Run the command again."),
        cause);
  }

  /** The run of an invariant or transform that has not ended, where there is one. */
  public Optional<Run> active(String invariant) {
    return session.first(
        Sql.of(
            "{} WHERE invariant = {} AND state IN ({})",
            select(),
            Sql.value(invariant),
            Arrays.stream(RunState.values())
                .filter(RunState::active)
                .map(state -> dialect.literal(state.word()))
                .collect(Collectors.joining(", "))),
        this::run);
  }

  private static String described(Run run) {
    return " is active: run "
        + run.name()
        + " ("
        + word(run.plan().kind())
        + ") is "
        + (run.interrupted() ? "interrupted" : run.state().word())
        + (run.leaseLive() ? ", held by " + run.leaseOwner().orElse("unknown") : "")
        + ".";
  }

  private static String ending(Run run) {
    return (run.leaseLive() ? "Wait for it" : "Go on with it: plumb resume " + run.name())
        + ", or end it: plumb cancel "
        + run.name();
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

  /** The runs of migrations, and those that took them back, oldest first. */
  public List<Run> migrations() {
    return session.query(
        Sql.of("{} WHERE kind IN ('migration', 'undo') ORDER BY id", select()), this::run);
  }

  /**
   * @throws PlumblineException 64 if there is no such run
   */
  public Run find(long id) {
    return session
        .first(Sql.of("{} WHERE id = {}", select(), id), this::run)
        .orElseThrow(
            () ->
                new PlumblineException(
                    ErrorCode.USAGE,
                    "There is no run " + dialect.runName(id) + ".",
                    "Nothing was changed.",
                    "List the runs with: plumb runs"));
  }

  /** The newest run that has taken documents or rows of this one back, where there is one. */
  public Optional<Run> takenBackBy(long id) {
    return session.first(
        Sql.of(
            "{} WHERE kind = 'rollback' AND reverts = {} AND changed > 0 ORDER BY id DESC LIMIT 1",
            select(),
            id),
        this::run);
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
                row.optional(7).map(KeyList::fromJson).orElse(List.of()),
                row.optionalNumber(8)),
            Strategy.valueOf(row.required(9).toUpperCase(Locale.ROOT)),
            batchSize.isPresent()
                ? OptionalInt.of((int) batchSize.getAsLong())
                : OptionalInt.empty(),
            (int) row.number(11),
            row.optionalNumber(12),
            row.number(13),
            Optional.empty());
    Optional<String> owner = row.optional(25);
    return new Run(
        row.number(1),
        dialect.runName(row.number(1)),
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
        .orElseThrow(() -> Leases.lost(dialect, lease.run()));
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

  /** Notes what a verification found, or why the run failed; what was found before stays. */
  public void note(Lease lease, OptionalLong remaining, Optional<String> error) {
    session.execute(
        Sql.of(
            """
            UPDATE {} SET remaining = coalesce({}, remaining), error = {}
            WHERE id = {} AND lease_token = {}""",
            runs,
            remaining.isPresent() ? Sql.of("{}", remaining.getAsLong()) : Sql.of("NULL"),
            Sql.value(error.orElse(null)),
            lease.run(),
            lease.token()));
  }

  /** The file that the run goes by has been corrected, where it had not been carried out yet. */
  public void redefine(Lease lease, String definition, String checksum) {
    session.execute(
        Sql.of(
            "UPDATE {} SET definition = {}, checksum = {} WHERE id = {} AND lease_token = {}",
            runs,
            Sql.value(definition),
            Sql.value(checksum),
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
}
