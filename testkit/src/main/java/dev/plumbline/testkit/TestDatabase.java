package dev.plumbline.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fresh, real database for one test. Closing it drops it, and fails the test if a connection to
 * it is still open. In a JUnit test:
 *
 * <pre>{@code
 * @AutoClose TestDatabase database = TestDatabase.postgres();
 * }</pre>
 *
 * <p>Any thread may use it; each call uses a connection of its own.
 */
public final class TestDatabase implements AutoCloseable {
  private final DatabaseHost host;
  private final String name;
  private final Leaks leaks;
  private final List<TestRole> roles = Collections.synchronizedList(new ArrayList<>());

  private TestDatabase(DatabaseHost host) {
    this.host = host;
    this.name = "test_" + UUID.randomUUID().toString().replace("-", "");
    this.leaks = new Leaks(host, name);
    try {
      host.create(name);
    } catch (SQLException e) {
      throw new IllegalStateException("no database for the test", e);
    }
  }

  /** A database on the newest PostgreSQL. */
  public static TestDatabase postgres() {
    return postgres(PostgresVersion.NEWEST);
  }

  /** A database on the shared server of a version. */
  public static TestDatabase postgres(PostgresVersion version) {
    return new TestDatabase(SharedServers.server(version));
  }

  /** A SQLite file. */
  public static TestDatabase sqlite() {
    return new TestDatabase(SqliteHost.create());
  }

  static TestDatabase on(DatabaseHost host) {
    return new TestDatabase(host);
  }

  /** The JDBC URL, with user and password where the database asks for them. */
  public String url() {
    return host.url(name);
  }

  /** The database's name; for SQLite the name of the file without its ending. */
  public String name() {
    return name;
  }

  /** A new connection, which the test must close. */
  public Connection connect() {
    try {
      Connection connection = DriverManager.getConnection(url());
      leaks.watch(connection);
      return connection;
    } catch (SQLException e) {
      throw failed("connect", e);
    }
  }

  /** Executes statements, each in a transaction of its own. */
  public void execute(String... statements) {
    executeAll(List.of(statements));
  }

  /** Executes a script, with a value for each <code>${name}</code> in it. */
  public void runScript(String script, Map<String, String> placeholders) {
    executeAll(new SqlScript(script).with(placeholders).statements());
  }

  /** Executes a script file, with a value for each <code>${name}</code> in it. */
  public void runScript(Path file, Map<String, String> placeholders) {
    try {
      runScript(Files.readString(file), placeholders);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void executeAll(List<String> statements) {
    String current = "connect";
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        current = sql;
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw failed(current, e);
    }
  }

  /** All rows, each value as the text that the driver makes of it; NULL is null. */
  public List<List<@Nullable String>> query(String sql) {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<@Nullable String>> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row(result));
      }
      return Collections.unmodifiableList(rows);
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  private static List<@Nullable String> row(ResultSet result) throws SQLException {
    List<@Nullable String> row = new ArrayList<>();
    for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
      row.add(result.getString(column));
    }
    return Collections.unmodifiableList(row);
  }

  /** The one value of a query that returns one row of one column. */
  public @Nullable String queryValue(String sql) {
    List<List<@Nullable String>> rows = query(sql);
    if (rows.size() != 1 || rows.getFirst().size() != 1) {
      throw new AssertionError("not one value: " + sql + " returned " + rows);
    }
    return rows.getFirst().getFirst();
  }

  /**
   * A hash over every column's value of every row: two tables have the same fingerprint only if
   * they hold the same, byte for byte. Memory stays bounded however large the table.
   *
   * @param table as in SQL: quoted and qualified where need be
   * @param orderBy a key, as in SQL; without one the rows are ordered by their whole content
   */
  public String fingerprint(String table, String... orderBy) {
    try (Connection connection = DriverManager.getConnection(url())) {
      return new Fingerprint(connection, host).of(table, List.of(orderBy));
    } catch (SQLException e) {
      throw failed("fingerprint of " + table, e);
    }
  }

  /**
   * PostgreSQL only: a role that may log in and holds only the given privileges; dropped with the
   * database.
   *
   * @param privileges each as in GRANT, without the role: {@code "SELECT ON enrollments"}
   */
  public TestRole role(String... privileges) {
    TestRole role = TestRole.create(this, postgresHost());
    roles.add(role);
    for (String privilege : privileges) {
      role.grant(privilege);
    }
    return role;
  }

  /** The host, where only PostgreSQL will do. */
  PostgresHost postgresHost() {
    if (host instanceof PostgresHost postgres) {
      return postgres;
    }
    throw new UnsupportedOperationException(
        "this needs PostgreSQL, and the database is on " + host);
  }

  private static IllegalStateException failed(String sql, SQLException cause) {
    return new IllegalStateException("failed: " + sql + ": " + cause.getMessage(), cause);
  }

  /**
   * Drops the database.
   *
   * @throws AssertionError if a connection to it is open
   */
  @Override
  public void close() {
    try {
      leaks.check();
    } finally {
      drop();
    }
  }

  private void drop() {
    try {
      leaks.closeWatched();
      host.drop(name);
      roles.forEach(TestRole::drop);
    } catch (SQLException e) {
      throw failed("drop", e);
    }
  }

  /** How test reports name it. */
  @Override
  public String toString() {
    return host.label();
  }
}
