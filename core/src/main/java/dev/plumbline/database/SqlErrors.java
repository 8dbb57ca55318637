package dev.plumbline.database;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import java.sql.SQLException;
import java.util.Optional;

/** Turns what JDBC throws into Plumbline's errors, by SQLState or the database's own code. */
final class SqlErrors {
  private final Dialect dialect;
  private final String database;
  private final boolean writing;

  /**
   * @param database how messages name the database, without credentials
   * @param writing whether the session may write
   */
  SqlErrors(Dialect dialect, String database, boolean writing) {
    this.dialect = dialect;
    this.database = database;
    this.writing = writing;
  }

  /** No connection came about. */
  DatabaseException unconnected(SQLException thrown) {
    FailureKind kind = kind(telling(thrown), false);
    return translate(
        thrown,
        kind == FailureKind.OTHER ? FailureKind.CONNECTION : kind,
        Sql.empty(),
        "There was no connection, so this attempt changed nothing.");
  }

  /** The driver or the database refused a statement before it ran. */
  DatabaseException refused(SQLException thrown, Sql sql) {
    FailureKind kind = kind(telling(thrown), false);
    return translate(thrown, kind, sql, safe(kind));
  }

  /** A statement failed as it ran. */
  DatabaseException failed(SQLException thrown, Sql sql) {
    FailureKind kind = kind(telling(thrown), true);
    return translate(thrown, kind, sql, safe(kind));
  }

  private FailureKind kind(SQLException cause, boolean running) {
    return dialect.failureKind(state(cause), cause.getErrorCode(), running);
  }

  private static String state(SQLException cause) {
    return Optional.ofNullable(cause.getSQLState()).orElse("");
  }

  private DatabaseException translate(SQLException thrown, FailureKind kind, Sql sql, String safe) {
    SQLException cause = telling(thrown);
    ServerMessage server = ServerMessage.of(cause);
    String message = server.text();
    Optional<Problem> problem =
        kind == FailureKind.DEFINITION || kind == FailureKind.DATA
            ? locate(sql, server).map(p -> new Problem(p, message, "", Optional.empty()))
            : Optional.empty();
    return new DatabaseException(
        kind,
        state(cause),
        message,
        problem,
        what(kind, message, problem),
        safe,
        next(kind),
        thrown);
  }

  /** The exception that carries the SQLState: the first one with a state, over causes and nexts. */
  private static SQLException telling(SQLException thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      for (SQLException e = t instanceof SQLException s ? s : null;
          e != null;
          e = e.getNextException()) {
        if (e.getSQLState() != null && !e.getSQLState().isEmpty()) {
          return e;
        }
      }
    }
    return thrown;
  }

  private static Optional<Position> locate(Sql sql, ServerMessage server) {
    if (server.position().isPresent()) {
      return sql.locate(server.position().getAsInt());
    }
    Optional<Position> stumbled = server.near().flatMap(sql::locate);
    return stumbled.isPresent() || sql.fragments().size() != 1
        ? stumbled
        : sql.fragments().stream().map(Fragment::start).findFirst();
  }

  private String what(FailureKind kind, String message, Optional<Problem> problem) {
    String place = problem.map(p -> p.position() + ": ").orElse("");
    return switch (kind) {
      case CONTENTION -> "A lock in " + database + " was not free in time: " + message;
      case TIMEOUT -> "A statement in " + database + " took longer than its limit: " + message;
      case CONNECTION -> database + " does not answer: " + message;
      case RESOURCES -> database + " is short of room: " + message;
      case PERMISSION -> database + " does not permit it: " + message;
      case DEFINITION -> place + "the database refuses the SQL: " + message;
      case DATA -> place + "the data refuse it: " + message;
      case OTHER -> "The database failed: " + message;
    };
  }

  private String safe(FailureKind kind) {
    return !writing || kind == FailureKind.DEFINITION
        ? "Nothing was changed by this statement."
        : "The transaction was rolled back; nothing is half-written.";
  }

  private String next(FailureKind kind) {
    return switch (kind) {
      case CONTENTION -> "Try again when the other transaction is done.";
      case TIMEOUT -> "Raise statement_timeout in plumb.yaml, or look at the query's plan.";
      case CONNECTION ->
          switch (dialect) {
            case PostgresDialect postgres ->
                "Check that the server runs and that the URL names it, then try again.";
            case SqliteDialect sqlite ->
                "Check that the file is there, that it is a SQLite database, and that it is whole.";
          };
      case RESOURCES -> "Make room for the database, then run the command again.";
      case PERMISSION -> "Ask for the privilege, or connect as a role that has it.";
      case DEFINITION -> "Mend the SQL and run the command again.";
      case DATA -> "Look at the row that the message names.";
      case OTHER -> "Run the command again with --verbose and report what it prints.";
    };
  }
}
