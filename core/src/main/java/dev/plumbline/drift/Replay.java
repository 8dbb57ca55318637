package dev.plumbline.drift;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.Position;
import dev.plumbline.parser.Parsed;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.parser.Statement;
import dev.plumbline.parser.SyntaxError;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the SQL of migrations on an empty scratch database, so that its catalogue can be compared
 * with that of the database on which they are recorded. For one thread.
 */
public final class Replay {
  /**
   * What may not run in a transaction; and a new value of an enum, used in the one that adds it.
   */
  private static final Set<String> NEEDS_NO_TRANSACTION = Set.of("25001", "55P04");

  private final PostgresParser parser;
  private final Session scratch;

  /**
   * @param scratch on an empty database, as a superuser; it is written to
   */
  public Replay(PostgresParser parser, Session scratch) {
    this.parser = parser;
    this.scratch = scratch;
  }

  /**
   * A migration's file.
   *
   * @param sql what runs forward, at the same places as in the file
   */
  public record Script(Path file, String sql) {}

  /**
   * What made the replay end early.
   *
   * @param at the file and line
   * @param statement as written; empty where the file could not be read
   * @param message the server's own words, or the parser's
   */
  public record Stopped(Position at, String statement, String message) {}

  /**
   * Makes stand-ins for roles that migrations may name: owners and privileges are not compared.
   *
   * @param live on the database whose roles are needed
   */
  public void makeRolesOf(Session live) {
    String roles = "SELECT rolname FROM pg_roles WHERE left(rolname, 3) <> 'pg_' ORDER BY 1";
    List<String> there = scratch.query(Sql.of(roles), row -> row.required(1));
    for (String role : live.query(Sql.of(roles), row -> row.required(1))) {
      if (!there.contains(role)) {
        scratch.execute(Sql.of("CREATE ROLE {} NOLOGIN", scratch.dialect().quote(role)));
      }
    }
  }

  /**
   * Runs the files in their order, each in one transaction, unless it makes its own or holds what
   * may not run in one. Data that a {@code COPY} would read is left out.
   *
   * @return what stopped it; empty when all files ran
   */
  public Optional<Stopped> run(List<Script> scripts) {
    List<Parsed> parsed = parser.parseAll(scripts.stream().map(Script::sql).toList());
    for (int i = 0; i < scripts.size(); i++) {
      Optional<Stopped> stopped = run(scripts.get(i), parsed.get(i));
      if (stopped.isPresent()) {
        return stopped;
      }
    }
    return Optional.empty();
  }

  private Optional<Stopped> run(Script script, Parsed parsed) {
    if (!parsed.errors().isEmpty()) {
      SyntaxError first = parsed.errors().getFirst();
      return Optional.of(
          new Stopped(
              new Position(script.file(), first.at().line(), first.at().column()),
              "",
              first.message()));
    }
    List<Statement> statements =
        parsed.statements().stream()
            .filter(statement -> !statement.kind().equals("CopyStmt"))
            .toList();
    boolean ownTransactions =
        statements.stream().anyMatch(statement -> statement.kind().equals("TransactionStmt"));
    try {
      if (ownTransactions) {
        each(script, statements);
      } else {
        wholeIfItCan(script, statements);
      }
      scratch.dialect().backToItself().forEach(scratch::execute);
      return Optional.empty();
    } catch (Failed failed) {
      return Optional.of(failed.stopped);
    }
  }

  private void wholeIfItCan(Script script, List<Statement> statements) {
    try {
      scratch.transaction(
          () -> {
            each(script, statements);
            return statements.size();
          });
    } catch (Failed failed) {
      if (!NEEDS_NO_TRANSACTION.contains(failed.sqlState)) {
        throw failed;
      }
      each(script, statements);
    }
  }

  private void each(Script script, List<Statement> statements) {
    for (Statement statement : statements) {
      dev.plumbline.parser.Position start =
          dev.plumbline.parser.Position.of(script.sql(), statement.start());
      Position at = new Position(script.file(), start.line(), start.column());
      try {
        scratch.run(Sql.user(new Fragment(statement.text(), at, 1)));
      } catch (DatabaseException e) {
        throw new Failed(at, statement.text(), e);
      }
    }
  }

  /** Carries what stopped a file out of its transaction. */
  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Stopped stopped;
    private final String sqlState;

    Failed(Position at, String statement, DatabaseException cause) {
      super(cause);
      this.stopped = new Stopped(at, statement, cause.databaseMessage());
      this.sqlState = cause.sqlState();
    }
  }
}
