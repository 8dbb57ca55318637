package dev.plumbline.journal;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.time.Duration;
import java.util.Optional;

/**
 * Who may work on a run: one process at a time takes its lease, extends it and gives it back. It
 * works through a session that the caller owns, inside the caller's transaction if there is one.
 */
public final class Leases {
  private final Session session;
  private final Dialect dialect;
  private final Journal journal;
  private final String runs;

  public Leases(Session session) {
    this.session = session;
    this.dialect = session.dialect();
    this.journal = new Journal(session);
    this.runs = dialect.journalTable("runs");
  }

  /**
   * Takes the run for this process. The token that it returns outdates every earlier one.
   *
   * @throws PlumblineException 75 if another process holds it
   */
  public Lease take(long id, Duration length) {
    Run run = journal.find(id);
    if (run.leaseLive()) {
      throw held(run);
    }
    Optional<String> goneOwner = run.leaseOwner().filter(owner -> Owner.parse(owner).gone());
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
                // Only of the process that was found gone: meanwhile another may have taken it.
                goneOwner
                    .map(owner -> Sql.of("lease_owner = {}", Sql.value(owner)))
                    .orElse(Sql.of("FALSE")),
                dialect.sessionGone("lease_session")),
            row -> new Lease(id, row.number(1), length))
        .orElseThrow(() -> held(journal.find(id)));
  }

  private static PlumblineException held(Run run) {
    return new PlumblineException(
        ErrorCode.BUSY,
        "Run "
            + run.name()
            + " is held by another process: "
            + run.leaseOwner().orElse("unknown")
            + ".",
        "Nothing was changed by this command.",
        "Wait for it, or stop it with: plumb pause " + run.name());
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
      throw lost(dialect, lease.run());
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

  /** The lease was taken over, or ran out and was taken. */
  static PlumblineException lost(Dialect dialect, long run) {
    String name = dialect.runName(run);
    return new PlumblineException(
        ErrorCode.BUSY,
        "Run " + name + " stopped: another process took its lease.",
        "Its committed batches stay; nothing is half-written.",
        "Look at it with: plumb show " + name);
  }
}
