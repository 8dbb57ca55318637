package dev.plumbline.embedded;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One use of the PostgreSQL that is kept in a directory. The server is shared: by all processes
 * that open the same directory and by all uses within a process; the last one that closes stops it.
 * Its data stays. It listens on 127.0.0.1 only, asks for a password, and runs with {@code fsync}
 * and {@code synchronous_commit} on.
 *
 * <p>A process that ends without closing leaves the server running; the next {@code open} adopts
 * it.
 *
 * <p>Any thread may use it.
 */
public final class EmbeddedServer implements AutoCloseable {
  private final SharedServer server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedServer(SharedServer server) {
    this.server = server;
  }

  /**
   * Opens the server of a directory, in the version that comes with Plumbline.
   *
   * @param directory made if absent; a project's is {@code .plumb/postgres}
   * @throws EmbeddedServerException if it cannot be made, started or adopted
   */
  public static EmbeddedServer open(Path directory) {
    return open(directory, Binaries.newest());
  }

  /** Opens the server of a directory with binaries of the caller's choice. */
  public static EmbeddedServer open(Path directory, Binaries binaries) {
    return new EmbeddedServer(SharedServer.use(directory, binaries));
  }

  /**
   * The URL of a database; it holds no password: connect with {@link #user} and {@link #password}.
   */
  public String jdbcUrl(String database) {
    return server.access().url(database);
  }

  /** The superuser's name. */
  public String user() {
    return Access.USER;
  }

  /** The superuser's password, never to be shown. */
  public String password() {
    return server.access().password();
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return server.access().port();
  }

  /** Makes a database unless it is there. */
  public void createDatabase(String name) {
    try {
      server.access().createDatabase(name);
    } catch (SQLException e) {
      throw failed("The database " + name + " could not be made", e);
    }
  }

  /** Drops a database, if it is there, and with it all connections to it. */
  public void dropDatabase(String name) {
    try {
      server.access().dropDatabase(name);
    } catch (SQLException e) {
      throw failed("The database " + name + " could not be dropped", e);
    }
  }

  private static EmbeddedServerException failed(String what, SQLException cause) {
    return new EmbeddedServerException(
        what + ": " + cause.getMessage(),
        "Other databases are untouched.",
        "Remove the cause and run the command again.",
        cause);
  }

  /** Ends this use, and stops the server if it was the last one. A second call does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      server.release();
    }
  }
}
