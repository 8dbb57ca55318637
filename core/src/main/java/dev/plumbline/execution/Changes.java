package dev.plumbline.execution;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import dev.plumbline.schema.Table;
import java.util.List;
import java.util.Optional;

/** Carries out statements that change rows and keep their before-images. */
public final class Changes {
  private Changes() {}

  /**
   * Runs them, in the caller's transaction, and returns how many rows were changed. A row changed
   * without its before-image, or the other way round, is the work of a trigger of the table, or of
   * somebody who came between; where a transaction writes alone, it is the work of a conflict
   * clause. The batch is rolled back.
   *
   * @param table the changed table
   * @param statements of which the last returns one row: rows changed, rows kept
   */
  public static long carryOut(Session session, Table table, List<Sql> statements) {
    statements.subList(0, statements.size() - 1).forEach(session::execute);
    return session.one(
        statements.getLast(),
        row -> {
          requireAll(session, table, row.number(1), row.number(2));
          return row.number(1);
        });
  }

  /**
   * Requires that as many rows were changed and kept as should have been.
   *
   * @param table the changed table
   * @throws DatabaseException of the data where a trigger or conflict clause is to blame, else of
   *     contention
   */
  public static void requireAll(Session session, Table table, long wanted, long done) {
    if (wanted != done) {
      String told = wanted + " rows were to be changed and " + done + " were";
      throw cause(session.dialect(), table)
          .map(cause -> suppressed(told, cause))
          .orElseGet(() -> cameBetween(told));
    }
  }

  /** How messages name the table's row triggers; empty where it has none. */
  public static Optional<String> triggers(Table table) {
    return table.triggers().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "a row trigger of " + table.label() + " (" + String.join(", ", table.triggers()) + ")");
  }

  /** What in the table's own definition may have come between; empty where nothing can have. */
  private static Optional<String> cause(Dialect dialect, Table table) {
    Optional<String> trigger =
        triggers(table).map(t -> t + " suppressed the change or changed the key");
    return dialect.writesAlone()
        ? Optional.of(
            trigger.map(t -> t + ", or ").orElse("")
                + "an ON CONFLICT clause of "
                + table.label()
                + " left a row out or replaced one")
        : trigger;
  }

  /** As an error of the data, so that the batch is taken apart until that row stands alone. */
  private static DatabaseException suppressed(String told, String cause) {
    String why = told + ": " + cause;
    return new DatabaseException(
        FailureKind.DATA,
        "",
        why,
        Optional.empty(),
        why,
        "The batch was rolled back; nothing is half-written.",
        "Look at what that does to the row.",
        null);
  }

  private static DatabaseException cameBetween(String told) {
    return new DatabaseException(
        FailureKind.CONTENTION,
        "",
        told,
        Optional.empty(),
        "Somebody changed the same rows at the same time: " + told + ".",
        "The batch was rolled back; nothing is half-written.",
        "It is tried again.",
        null);
  }
}
