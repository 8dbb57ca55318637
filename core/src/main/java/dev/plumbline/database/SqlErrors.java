package dev.plumbline.database;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import java.sql.SQLException;
import java.util.Optional;

/** Turns what JDBC throws into Plumbline's errors, by SQLState or the database's own code. */
final class SqlErrors {
  private static final String UNCONNECTED =
      "There was no connection, so this attempt changed nothing.";

  private final Dialect dialect;
  private final String database;
  private final boolean writing;
  private final Advice advice;

  /**
   * @param database how messages name the database, without credentials
   * @param writing whether the session may write
   */
  SqlErrors(Dialect dialect, String database, boolean writing) {
    this.dialect = dialect;
    this.database = database;
    this.writing = writing;
    this.advice = new Advice(dialect, writing);
  }

  /** No connection came about. */
  DatabaseException unconnected(SQLException thrown) {
    SQLException cause = telling(thrown);
    ServerMessage server = ServerMessage.of(cause);
    FailureKind kind = dialect.failureKind(state(cause), cause.getErrorCode(), false);
    return switch (kind) {
      case DEFINITION, DATA -> wrongUrl(state(cause), server.text(), thrown);
      case PERMISSION ->
          new DatabaseException(
              FailureKind.PERMISSION,
              state(cause),
              server.text(),
              Optional.empty(),
              database + " does not let this user in: " + server.text(),
              UNCONNECTED,
              advice.login(),
              thrown);
      case OTHER -> translate(thrown, FailureKind.CONNECTION, false, Sql.empty(), UNCONNECTED);
      case CONTENTION, TIMEOUT, CONNECTION, READ_ONLY, RESOURCES ->
          translate(thrown, kind, false, Sql.empty(), UNCONNECTED);
    };
  }

  /** What the driver throws where it cannot read a parameter of the URL. */
  DatabaseException unconnected(IllegalArgumentException thrown) {
    return wrongUrl("", String.valueOf(thrown.getMessage()), thrown);
  }

  private DatabaseException wrongUrl(String state, String message, Exception thrown) {
    return new DatabaseException(
        FailureKind.DEFINITION,
        state,
        message,
        Optional.empty(),
        "The URL of " + database + " cannot be connected to: " + message,
        UNCONNECTED,
        "Mend the URL: it stands behind --database, in PLUMB_DATABASE_URL, or in plumb.yaml as"
            + " `database:`.",
        thrown);
  }

  /** The driver or the database refused a statement before it ran. */
  DatabaseException refused(SQLException thrown, Sql sql) {
    FailureKind kind = kind(telling(thrown), sql, false);
    return translate(thrown, kind, false, sql, safe(kind));
  }

  /** A statement failed as it ran. */
  DatabaseException failed(SQLException thrown, Sql sql) {
    FailureKind kind = kind(telling(thrown), sql, true);
    boolean onData = kind == FailureKind.DEFINITION && failsOnData(telling(thrown));
    return translate(thrown, kind, onData, sql, safe(kind));
  }

  /**
   * In a session that only reads, SQL that writes is wrong, and so is SQL of the user's that has no
   * answer for some row: no row was offered that the database could refuse.
   */
  private FailureKind kind(SQLException cause, Sql sql, boolean running) {
    FailureKind kind = dialect.failureKind(state(cause), cause.getErrorCode(), running);
    boolean wrong =
        !writing && (kind == FailureKind.READ_ONLY || (kind == FailureKind.DATA && isUsers(sql)));
    return wrong ? FailureKind.DEFINITION : kind;
  }

  private static boolean isUsers(Sql sql) {
    return !sql.fragments().isEmpty();
  }

  private boolean failsOnData(SQLException cause) {
    return !writing
        && dialect.failureKind(state(cause), cause.getErrorCode(), true) == FailureKind.DATA;
  }

  private static String state(SQLException cause) {
    return Optional.ofNullable(cause.getSQLState()).orElse("");
  }

  /**
   * @param onData whether the SQL is well formed, and fails on what it is about
   */
  private DatabaseException translate(
      SQLException thrown, FailureKind kind, boolean onData, Sql sql, String safe) {
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
        onData
            ? place(problem) + "the SQL fails on the data: " + message
            : what(kind, server, problem),
        safe,
        onData ? advice.answerForEveryRow() : advice.of(kind, server, sql),
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

  private static String place(Optional<Problem> problem) {
    return problem.map(p -> p.position() + ": ").orElse("");
  }

  private String what(FailureKind kind, ServerMessage server, Optional<Problem> problem) {
    String message = server.text();
    return switch (kind) {
      case CONTENTION -> "A lock in " + database + " was not free in time: " + message;
      case TIMEOUT -> "A statement in " + database + " took longer than its limit: " + message;
      case CONNECTION -> database + " does not answer: " + message;
      case RESOURCES -> database + " is short of room: " + message;
      case PERMISSION -> database + " does not permit it: " + message;
      case READ_ONLY -> database + " only allows reading: " + message;
      case DEFINITION -> place(problem) + "the database refuses the SQL: " + message;
      case DATA -> place(problem) + "the data refuse it: " + message;
      case OTHER -> "The database failed: " + message;
    };
  }

  private String safe(FailureKind kind) {
    return !writing || kind == FailureKind.DEFINITION
        ? "Nothing was changed by this statement."
        : "The transaction was rolled back; nothing is half-written.";
  }
}
