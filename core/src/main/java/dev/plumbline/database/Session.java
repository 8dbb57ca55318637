package dev.plumbline.database;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection, spoken to in {@link Sql}. Every failure becomes a {@link
 * dev.plumbline.error.DatabaseException}. For one thread at a time; whoever opens it closes it.
 */
public final class Session implements AutoCloseable {
  private final Connection connection;
  private final Dialect dialect;
  private final SqlErrors errors;
  private final Optional<Sql> begin;

  /** Why the database has given up the transaction, if it has. */
  private @Nullable DatabaseException gone;

  /**
   * @param begin how a transaction begins; empty: as JDBC does it
   */
  Session(Connection connection, Dialect dialect, SqlErrors errors, Optional<Sql> begin) {
    this.connection = connection;
    this.dialect = dialect;
    this.errors = errors;
    this.begin = begin;
  }

  /** Reads one row; the row is valid only during the call. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  /** Takes the rows of a stream one by one. */
  @FunctionalInterface
  public interface Consumer {
    void accept(Row row) throws SQLException;
  }

  /** What is done in one transaction. */
  @FunctionalInterface
  public interface Work<T> {
    T run();
  }

  public Dialect dialect() {
    return dialect;
  }

  /**
   * All rows; for results that are known to be small. They are fetched at once: PostgreSQL uses no
   * parallel workers for a result that is fetched in parts (<a
   * href="https://www.postgresql.org/docs/current/when-can-parallel-query-be-used.html">when can
   * parallel query be used</a>), which would make a count several times slower.
   */
  public <T> List<T> query(Sql sql, Reader<T> reader) {
    List<T> rows = new ArrayList<>();
    read(sql, 0, row -> rows.add(reader.read(row)));
    return rows;
  }

  /** The first row, if there is one. */
  public <T> Optional<T> first(Sql sql, Reader<T> reader) {
    return query(sql, reader).stream().findFirst();
  }

  /** The one row that the query must return. */
  public <T> T one(Sql sql, Reader<T> reader) {
    return first(sql, reader).orElseThrow(() -> new IllegalStateException("no row from: " + sql));
  }

  /** Hands out the rows as they arrive; memory stays flat inside a transaction. */
  public void stream(Sql sql, Consumer consumer) {
    read(sql, FETCH_SIZE, consumer);
  }

  private void read(Sql sql, int fetchSize, Consumer consumer) {
    try (PreparedStatement statement = prepare(sql)) {
      bind(statement, sql);
      statement.setFetchSize(fetchSize);
      try (ResultSet result = statement.executeQuery()) {
        Row row = new Row(result, dialect);
        while (result.next()) {
          consumer.accept(row);
        }
      }
    } catch (SQLException e) {
      throw errors.failed(e, sql);
    }
  }

  /** Reads what the driver says of a column of a query. */
  @FunctionalInterface
  interface Describing<T> {
    T read(ResultSetMetaData columns, int column) throws SQLException;
  }

  /** The columns that a query would return; it is planned, not run. */
  <T> List<T> describe(Sql sql, Describing<T> describing) {
    try (PreparedStatement statement = prepare(sql)) {
      bind(statement, sql);
      ResultSetMetaData columns = statement.getMetaData();
      List<T> described = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        described.add(describing.read(columns, i));
      }
      return described;
    } catch (SQLException e) {
      throw errors.failed(e, sql);
    }
  }

  private static final int FETCH_SIZE = 2_000;

  /** Runs a statement and returns the rows that it touched; 0 where it is none that counts rows. */
  public long execute(Sql sql) {
    try (PreparedStatement statement = prepare(sql)) {
      bind(statement, sql);
      statement.execute();
      return Math.max(statement.getLargeUpdateCount(), 0);
    } catch (SQLException e) {
      throw errors.failed(e, sql);
    }
  }

  /**
   * Runs a statement that somebody else wrote, to its end whatever it returns: its rows are fetched
   * in parts and dropped. {@link #execute} would leave SQLite at the first row, and hold all of
   * PostgreSQL's in memory.
   *
   * @return the rows that it changed; 0 where it is none that counts rows
   */
  public long run(Sql sql) {
    try (PreparedStatement statement = prepare(sql)) {
      bind(statement, sql);
      statement.setFetchSize(FETCH_SIZE);
      if (!statement.execute()) {
        return Math.max(statement.getLargeUpdateCount(), 0);
      }
      try (ResultSet result = statement.getResultSet()) {
        while (result.next()) {
          // What it computes on the way may be what it is there for.
        }
      }
      return 0;
    } catch (SQLException e) {
      throw errors.failed(e, sql);
    }
  }

  /**
   * Runs one statement many times over, each time with other values.
   *
   * @param statements which differ in nothing but their values
   * @return the rows that each of them touched
   */
  public long[] batch(List<Sql> statements) {
    if (statements.isEmpty()) {
      return new long[0];
    }
    Sql first = statements.getFirst();
    try (PreparedStatement statement = prepare(first)) {
      for (Sql sql : statements) {
        bind(statement, sql);
        statement.addBatch();
      }
      return Arrays.stream(statement.executeBatch()).asLongStream().toArray();
    } catch (SQLException e) {
      throw errors.failed(e, first);
    }
  }

  private PreparedStatement prepare(Sql sql) {
    if (gone != null) {
      throw gone;
    }
    try {
      return connection.prepareStatement(sql.jdbcText(dialect::escapeOperators));
    } catch (SQLException e) {
      throw errors.refused(e, sql);
    }
  }

  private static void bind(PreparedStatement statement, Sql sql) throws SQLException {
    int index = 0;
    for (@Nullable Object value : sql.values()) {
      statement.setObject(++index, value);
    }
  }

  /**
   * Runs the work in a transaction: commits when it returns, rolls back when it throws. A failure
   * to roll back is added to the first failure.
   */
  public <T> T transaction(Work<T> work) {
    begin();
    try {
      T result = work.run();
      commit();
      return result;
    } catch (Throwable t) {
      rollback(t);
      throw t;
    }
  }

  /**
   * Runs work inside the transaction so that its failure leaves the transaction usable, and the
   * snapshot the same. Where the database has given up the whole transaction (SQLite's {@code
   * RAISE(ROLLBACK)}, a full disk), nothing more is run in it: it would be committed at once.
   */
  public <T> T attempt(Work<T> work) {
    execute(Sql.of("SAVEPOINT plumb"));
    try {
      T result = work.run();
      execute(Sql.of("RELEASE SAVEPOINT plumb"));
      return result;
    } catch (Throwable t) {
      undoAttempt(t);
      throw t;
    }
  }

  private void undoAttempt(Throwable cause) {
    if (gone != null) {
      return;
    }
    try {
      execute(Sql.of("ROLLBACK TO SAVEPOINT plumb"));
      execute(Sql.of("RELEASE SAVEPOINT plumb"));
    } catch (DatabaseException second) {
      cause.addSuppressed(second);
      gone = cause instanceof DatabaseException first ? first : second;
    }
  }

  private void begin() {
    gone = null;
    if (begin.isPresent()) {
      execute(begin.get());
      return;
    }
    try {
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw errors.failed(e, Sql.of("BEGIN"));
    }
  }

  private void commit() {
    if (begin.isPresent()) {
      execute(Sql.of("COMMIT"));
      return;
    }
    try {
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw errors.failed(e, Sql.of("COMMIT"));
    }
  }

  private void rollback(Throwable cause) {
    gone = null;
    try {
      if (begin.isPresent()) {
        execute(Sql.of("ROLLBACK"));
      } else {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException | DatabaseException second) {
      cause.addSuppressed(second);
    }
  }

  /** Closes a session that may be broken; what it was doing is rolled back by the server. */
  public void abandon() {
    try {
      connection.abort(Runnable::run);
      connection.close();
    } catch (SQLException alreadyGone) {
      // There is nothing left to close.
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw errors.failed(e, Sql.of("close"));
    }
  }
}
