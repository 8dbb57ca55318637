package dev.plumbline.migration;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells who keeps a part's statements waiting. */
final class LockHolders {
  private LockHolders() {}

  /**
   * The failure with those who hold locks on the tables that the part locks, as far as they can
   * still be seen.
   *
   * @param session in no transaction
   */
  static DatabaseException named(Session session, Part.Sql part, DatabaseException failure) {
    if (failure.kind() != FailureKind.CONTENTION) {
      return failure;
    }
    List<String> holders = new ArrayList<>();
    try {
      Locks locks = new Locks();
      part.statements().stream()
          .flatMap(statement -> statement.tree().map(locks::of).orElse(List.of()).stream())
          .map(TableLock::table)
          .distinct()
          .forEach(table -> holders.addAll(holders(session, table)));
    } catch (DatabaseException second) {
      failure.addSuppressed(second);
    }
    return holders.isEmpty()
        ? failure
        : new DatabaseException(
            failure.kind(),
            failure.sqlState(),
            failure.databaseMessage(),
            failure.problem(),
            failure.what() + " In the way: " + String.join("; ", holders) + ".",
            failure.safe(),
            "Wait for them or end them (SELECT pg_terminate_backend(PROCESS)), then go on with the"
                + " same command.",
            failure);
  }

  private static List<String> holders(Session session, String table) {
    Optional<Sql> query = session.dialect().lockHolders(table);
    return query.isEmpty()
        ? List.of()
        : session.query(query.get(), row -> table + " is held by " + row.required(1));
  }
}
