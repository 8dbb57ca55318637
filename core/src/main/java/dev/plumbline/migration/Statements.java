package dev.plumbline.migration;

import dev.plumbline.database.Session;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Problem;
import java.util.List;
import java.util.stream.Stream;

/** Runs a migration's statements, and says which one failed. */
final class Statements {
  private static final String CORRECT =
      "Correct the file or the data, then go on with the same command.";

  /** {@code invalid_transaction_termination}. */
  private static final String COMMITS_ITSELF = "2D000";

  private final String migration;
  private final boolean undo;

  /**
   * @param migration how people call it
   * @param undo whether it is taken back
   */
  Statements(String migration, boolean undo) {
    this.migration = migration;
    this.undo = undo;
  }

  /**
   * Runs them one after the other.
   *
   * @return how many rows they changed
   * @throws DatabaseException if the same again may succeed
   * @throws PlumblineException if it would not
   */
  long run(Session session, Part.Sql part) {
    long rows = 0;
    for (SqlStatement statement : part.statements()) {
      rows += run(session, part, statement);
    }
    return rows;
  }

  private long run(Session session, Part.Sql part, SqlStatement statement) {
    try {
      return session.run(statement.user());
    } catch (DatabaseException e) {
      throw switch (e.kind()) {
        case CONTENTION, CONNECTION -> e;
        case TIMEOUT, DATA, PERMISSION, READ_ONLY, DEFINITION, RESOURCES, OTHER ->
            failed(part, statement, e);
      };
    }
  }

  private PlumblineException failed(Part.Sql part, SqlStatement statement, DatabaseException e) {
    String where = e.problem().map(Problem::position).orElse(statement.sql().start()).toString();
    return new PlumblineException(
        code(e),
        where + ": " + e.databaseMessage() + "\n    here: " + statement.summary(),
        part.alone()
            ? "The statement cannot run in a transaction; what it left unfinished was removed. "
                + before()
            : "The step " + part.step() + " was rolled back whole. " + before(),
        next(e),
        e);
  }

  private String before() {
    return "Steps before it are done and recorded; "
        + migration
        + (undo ? " is not recorded as taken back." : " is not recorded as applied.");
  }

  /**
   * What Plumbline has no name for is still the statement's failure: {@code RAISE} has any code.
   */
  private static ErrorCode code(DatabaseException e) {
    return e.kind() == FailureKind.OTHER ? ErrorCode.FAILED : e.code();
  }

  private static String next(DatabaseException e) {
    return switch (e.kind()) {
      case PERMISSION, READ_ONLY -> e.next() + " Then go on with the same command.";
      case RESOURCES -> "Make room on the server, then go on with the same command.";
      case OTHER ->
          e.sqlState().equals(COMMITS_ITSELF)
              ? "A step and its record commit together: let the procedure or block do its work"
                  + " without COMMIT and ROLLBACK, or call it outside of migrations."
              : CORRECT;
      case CONTENTION, TIMEOUT, CONNECTION, DATA, DEFINITION -> CORRECT;
    };
  }

  /** Sets what cannot be set within a transaction. */
  static void prepare(Session session, List<Part> parts, Part.Sql part) {
    set(session, settings(parts, part).filter(statement -> statement.place().alone()));
  }

  /** Sets the rest. */
  static void enter(Session session, List<Part> parts, Part.Sql part) {
    set(session, settings(parts, part).filter(statement -> !statement.place().alone()));
  }

  private static void set(Session session, Stream<SqlStatement> settings) {
    settings.forEach(setting -> session.run(setting.user()));
  }

  /**
   * Settings that earlier parts of the file have made hold for all of it: each part has a session
   * of its own.
   */
  private static Stream<SqlStatement> settings(List<Part> parts, Part.Sql until) {
    return parts.stream()
        .filter(part -> part.n() < until.n())
        .flatMap(part -> part instanceof Part.Sql sql ? sql.statements().stream() : Stream.empty())
        .filter(SessionSetting::is);
  }
}
