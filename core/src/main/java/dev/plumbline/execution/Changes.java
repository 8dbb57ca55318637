package dev.plumbline.execution;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import java.util.List;
import java.util.Optional;

/** Carries out statements that change rows and keep their before-images. */
public final class Changes {
  private Changes() {}

  /**
   * Runs them, in the caller's transaction, and returns how many rows were changed. If a row was
   * changed without its before-image, or the other way round, somebody has come between: the batch
   * is rolled back and tried again.
   *
   * @param statements of which the last returns one row: rows changed, rows kept
   */
  public static long carryOut(Session session, List<Sql> statements) {
    statements.subList(0, statements.size() - 1).forEach(session::execute);
    return session.one(
        statements.getLast(),
        row -> {
          if (row.number(1) != row.number(2)) {
            throw new DatabaseException(
                FailureKind.CONTENTION,
                "",
                row.number(1) + " rows were to be changed and " + row.number(2) + " were",
                Optional.empty(),
                "Somebody changed the same rows at the same time.",
                "The batch was rolled back; nothing is half-written.",
                "It is tried again.",
                null);
          }
          return row.number(1);
        });
  }
}
