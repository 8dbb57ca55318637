package dev.plumbline.journal;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A lease that is held: a session of its own extends it while batches or audits take their time.
 * The session's end also tells others that the process is gone. {@link #close} gives the lease
 * back.
 */
public final class HeldLease implements AutoCloseable {
  private final Database database;
  private final Lease lease;
  private final ScheduledExecutorService heartbeat;
  private final ScheduledFuture<?> beating;
  private Session session; // guarded by this

  private HeldLease(Database database, Session session, Lease lease) {
    this.database = database;
    this.session = session;
    this.lease = lease;
    this.heartbeat =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lease of run " + lease.run()).daemon().factory());
    long period = Math.max(lease.length().toMillis() / 3, 1);
    this.beating =
        heartbeat.scheduleWithFixedDelay(this::beat, period, period, TimeUnit.MILLISECONDS);
  }

  /**
   * Takes the run for this process.
   *
   * @throws dev.plumbline.error.PlumblineException 75 if another process holds it
   */
  public static HeldLease take(Database database, long run, Duration length) {
    Session session = database.openForWriting(Timeouts.WRITING);
    try {
      return new HeldLease(database, session, new Leases(session).take(run, length));
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  public Lease lease() {
    return lease;
  }

  /**
   * Extends the lease and says again which session stands for it. A beat that fails is made up for
   * by the next, on a new session if this one may be gone; the token keeps this safe.
   */
  private synchronized void beat() {
    try {
      new Leases(session).renewSession(lease);
    } catch (DatabaseException e) {
      if (e.kind() != FailureKind.CONTENTION && e.kind() != FailureKind.TIMEOUT) {
        reopen();
      }
    }
  }

  private void reopen() {
    try {
      Session fresh = database.openForWriting(Timeouts.WRITING);
      session.abandon();
      session = fresh;
      new Leases(session).renewSession(lease);
    } catch (PlumblineException stillGone) {
      // The run itself meets the same outage and reports it; the next beat tries again.
    }
  }

  @Override
  public void close() {
    beating.cancel(false);
    heartbeat.shutdownNow();
    synchronized (this) {
      try {
        new Leases(session).release(lease);
      } catch (RuntimeException unreachable) {
        session.abandon(); // the lease runs out by itself
        return;
      }
      session.close();
    }
  }
}
