package dev.plumbline.execution;

import dev.plumbline.database.Session;
import dev.plumbline.journal.Batch;
import dev.plumbline.journal.BeforeImages;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Lease;
import dev.plumbline.journal.Leases;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.Run;
import dev.plumbline.run.RunState;
import dev.plumbline.run.Work.Signal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A run that this process holds, for the work that it does: where the run stands in the journal,
 * and how what is done is entered there. Safe for several threads between two calls of {@link
 * #reload}.
 */
public final class HeldRun {
  private final Sessions sessions;
  private final Run run;
  private final Lease lease;
  private final AtomicLong lastBatch = new AtomicLong();
  private int pass;

  public HeldRun(Sessions sessions, Run run, Lease lease) {
    this.sessions = sessions;
    this.run = run;
    this.lease = lease;
    this.pass = run.pass();
  }

  public Sessions sessions() {
    return sessions;
  }

  /** The run as it was when it was taken. */
  public Run run() {
    return run;
  }

  public int pass() {
    return pass;
  }

  public Progress progress(Session session) {
    return new Progress(session, run.id());
  }

  public BeforeImages images(Session session) {
    return new BeforeImages(session, run.id());
  }

  /**
   * Reads where the run stands. Extending the lease comes first: it waits for a batch of a lost
   * connection whose commit is still under way, since each batch ends with an update of the same
   * row.
   *
   * @param further what else the work reads
   * @throws dev.plumbline.error.PlumblineException 75 if the lease is lost
   */
  public void reload(Consumer<Session> further) {
    sessions.use(
        session -> {
          extendLease(session);
          lastBatch.set(progress(session).lastBatch());
          pass = new Journal(session).find(run.id()).pass();
          further.accept(session);
          return true;
        });
  }

  /**
   * For a transaction that ends without a checkpoint.
   *
   * @throws dev.plumbline.error.PlumblineException 75 if the lease is lost
   */
  public void extendLease(Session session) {
    new Leases(session).extendOrStop(lease);
  }

  /** A batch begins: it gets its number, and its time runs. */
  public OpenBatch openBatch() {
    return new OpenBatch(lastBatch.incrementAndGet(), System.nanoTime());
  }

  /** A batch that is not committed yet. */
  public final class OpenBatch {
    private final long number;
    private final long start;

    private OpenBatch(long number, long start) {
      this.number = number;
      this.start = start;
    }

    /** What its before-images carry. */
    public long number() {
      return number;
    }

    /**
     * Its checkpoint, last in its transaction.
     *
     * @param sequence the place of its slice, where slices have one
     * @param from what lies before its slice
     * @param to the last of its slice
     * @return what somebody has asked of the run
     * @throws dev.plumbline.error.PlumblineException 75 if the lease is lost
     */
    public Signal checkpoint(
        Session session, OptionalLong sequence, String from, String to, long rows) {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return progress(session)
          .checkpoint(lease, new Batch(number, pass, sequence, from, to, rows, took));
    }
  }

  /** Goes on by a file that has been corrected where it was not carried out yet. */
  public void redefine(String definition, String checksum) {
    sessions.use(
        session -> {
          new Journal(session).redefine(lease, definition, checksum);
          return true;
        });
  }

  /** Notes what a verification found. */
  public void noteRemaining(Session session, long remaining) {
    new Journal(session).note(lease, OptionalLong.of(remaining), Optional.empty());
  }

  /**
   * A further pass begins, in one transaction with what prepares it; nothing if it has begun
   * already, because the reply to the first attempt was lost.
   */
  public void nextPass(Consumer<Session> preparing) {
    sessions.transaction(
        session -> {
          if (new Journal(session).nextPass(lease, pass + 1)) {
            preparing.accept(session);
          }
          return true;
        });
  }

  /**
   * Brings the run to another state, unless somebody has asked for something else meanwhile.
   *
   * @return the state in which it is then
   * @throws dev.plumbline.error.PlumblineException 75 if the lease is lost
   */
  public RunState transition(RunState from, RunState to) {
    return sessions.use(session -> new Journal(session).transition(lease, from, to));
  }
}
