package dev.plumbline.database;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.schema.Catalog;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A database that can be connected to. Safe for use by several threads; each opens its own session.
 */
public final class Database {
  private final String label;
  private final Dialect dialect;
  private final Connecting connecting;

  /**
   * @param label how messages name it, without credentials
   */
  public Database(String label, Dialect dialect, Connecting connecting) {
    this.label = label;
    this.dialect = dialect;
    this.connecting = connecting;
  }

  /**
   * The database behind a JDBC URL. Nothing is opened yet.
   *
   * @throws PlumblineException 78 if the URL is of a kind that Plumbline does not speak
   */
  public static Database of(JdbcUrl url) {
    return new Database(url.label(), url.dialect(), new UrlConnecting(url));
  }

  public String label() {
    return label;
  }

  public Dialect dialect() {
    return dialect;
  }

  /** A session whose transactions cannot write, each of them one snapshot. */
  public Session openForReading(Timeouts timeouts) {
    return open(timeouts, false);
  }

  /** A session that may write. */
  public Session openForWriting(Timeouts timeouts) {
    return open(timeouts, true);
  }

  private Session open(Timeouts timeouts, boolean writing) {
    SqlErrors errors = new SqlErrors(dialect, label, writing);
    Connection connection;
    try {
      connection = connecting.open();
    } catch (SQLException e) {
      throw errors.unconnected(e);
    } catch (IllegalArgumentException e) {
      throw errors.unconnected(e);
    }
    Session session = new Session(connection, dialect, errors, dialect.begin(writing));
    try {
      dialect.limits(timeouts.lock(), timeouts.statement()).forEach(session::execute);
      if (!writing) {
        dialect.readOnly().forEach(session::execute);
      }
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** The catalogue as a session sees it. */
  public static Catalog catalog(Session session) {
    return switch (session.dialect()) {
      case PostgresDialect postgres -> new PostgresCatalog(session);
      case SqliteDialect sqlite -> new SqliteCatalog(session);
    };
  }
}
