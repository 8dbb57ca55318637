package dev.plumbline.execution;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/**
 * The writing sessions of one run, as many as its threads use at once. One whose connection is gone
 * is thrown away. Safe for several threads.
 */
public final class Sessions implements AutoCloseable {
  private final Database database;
  private final Timeouts timeouts;
  private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();

  public Sessions(Database database, Timeouts timeouts) {
    this.database = database;
    this.timeouts = timeouts;
  }

  /** Does something with a session, outside of any transaction of ours. */
  public <T> T use(Function<Session, T> work) {
    Session session = idle.poll();
    if (session == null) {
      session = database.openForWriting(timeouts);
    }
    try {
      T result = work.apply(session);
      idle.push(session);
      return result;
    } catch (RuntimeException | Error e) {
      if (e instanceof DatabaseException d && d.kind() != FailureKind.CONNECTION) {
        idle.push(session);
      } else {
        session.abandon();
      }
      throw e;
    }
  }

  /** Reads something; once more on a fresh session if the first one's connection is gone. */
  public <T> T read(Function<Session, T> reading) {
    try {
      return use(reading);
    } catch (DatabaseException e) {
      if (e.kind() != FailureKind.CONNECTION) {
        throw e;
      }
      return use(reading);
    }
  }

  /** Does something in a transaction. */
  public <T> T transaction(Function<Session, T> work) {
    return use(session -> session.transaction(() -> work.apply(session)));
  }

  @Override
  public void close() {
    for (Session session = idle.poll(); session != null; session = idle.poll()) {
      session.close();
    }
  }
}
