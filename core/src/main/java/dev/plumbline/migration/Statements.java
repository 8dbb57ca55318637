package dev.plumbline.migration;

import dev.plumbline.database.Session;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Problem;
import java.util.List;
import java.util.stream.Stream;

/** Runs a migration's statements, and says which one failed. */
final class Statements {
  private final String migration;

  /**
   * @param migration how people call it
   */
  Statements(String migration) {
    this.migration = migration;
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
      return session.execute(statement.user());
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
        e.code(),
        where + ": " + e.databaseMessage() + "\n    here: " + statement.summary(),
        part.alone()
            ? "The statement cannot run in a transaction; what it left unfinished was removed."
                + " Steps before it are done and recorded; "
                + migration
                + " is not recorded as applied."
            : "The step "
                + part.step()
                + " was rolled back whole. Steps before it are done and recorded; "
                + migration
                + " is not recorded as applied.",
        "Correct the file or the data, then go on with the same command.",
        e);
  }

  /**
   * Settings that earlier parts of the file have made with SET hold for all of it: each part has a
   * session of its own.
   */
  static List<SqlStatement> settings(List<Part> parts, Part.Sql until) {
    return parts.stream()
        .filter(part -> part.n() < until.n())
        .flatMap(part -> part instanceof Part.Sql sql ? sql.statements().stream() : Stream.empty())
        .filter(Statements::isSetting)
        .toList();
  }

  private static boolean isSetting(SqlStatement statement) {
    return statement
        .tree()
        .filter(tree -> tree.kind().equals("VariableSetStmt") && !tree.tree().is("is_local"))
        .isPresent();
  }
}
