package dev.plumbline.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database refused or failed. Classified by SQLState, never by the text of its message. */
public final class DatabaseException extends PlumblineException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final String sqlState;
  private final String databaseMessage;
  private final transient Optional<Problem> problem;

  public DatabaseException(
      FailureKind kind,
      String sqlState,
      String databaseMessage,
      Optional<Problem> problem,
      String what,
      String safe,
      String next,
      @Nullable Throwable cause) {
    super(code(kind), what, safe, next, cause);
    this.kind = kind;
    this.sqlState = sqlState;
    this.databaseMessage = databaseMessage;
    this.problem = problem;
  }

  private static ErrorCode code(FailureKind kind) {
    return switch (kind) {
      case CONTENTION, TIMEOUT -> ErrorCode.BUSY;
      case CONNECTION, RESOURCES -> ErrorCode.UNREACHABLE;
      case PERMISSION, READ_ONLY -> ErrorCode.DENIED;
      case DEFINITION -> ErrorCode.PROJECT;
      case DATA -> ErrorCode.FAILED;
      case OTHER -> ErrorCode.BUG;
    };
  }

  /** The same failure where it means something else for the work at hand. */
  public DatabaseException as(FailureKind other) {
    return new DatabaseException(
        other, sqlState, databaseMessage, problem, what(), safe(), next(), this);
  }

  public FailureKind kind() {
    return kind;
  }

  /** The SQLState; the empty string where the driver gave none. */
  public String sqlState() {
    return sqlState;
  }

  /** The database's own words. */
  public String databaseMessage() {
    return databaseMessage;
  }

  /** Where in the project's files the failing SQL stands, if it stands in one. */
  public Optional<Problem> problem() {
    return problem;
  }
}
