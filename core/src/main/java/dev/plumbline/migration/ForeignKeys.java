package dev.plumbline.migration;

import dev.plumbline.database.Session;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows without the rows that they refer to, where the file has switched their enforcement off. A
 * table that is rebuilt on SQLite takes that, and the check afterwards is part of the recipe (<a
 * href="https://www.sqlite.org/lang_altertable.html#otheralter">making other kinds of changes</a>).
 *
 * @param broken how many of them, by the tables that are concerned
 */
record ForeignKeys(Map<String, Long> broken) {
  ForeignKeys {
    broken = Map.copyOf(broken);
  }

  /** As the session sees them. */
  static ForeignKeys in(Session session) {
    Map<String, Long> broken = new TreeMap<>();
    session
        .dialect()
        .unenforcedForeignKeys()
        .ifPresent(
            sql ->
                session.query(
                    sql,
                    row -> broken.put(row.required(1) + " → " + row.required(2), row.number(3))));
    return new ForeignKeys(broken);
  }

  /**
   * @param before what was broken already
   * @throws PlumblineException 2 if more is now
   */
  void requireNoneSince(ForeignKeys before) {
    new TreeMap<>(broken)
        .forEach(
            (tables, rows) -> {
              long more = rows - before.broken().getOrDefault(tables, 0L);
              if (more > 0) {
                throw new PlumblineException(
                    ErrorCode.FAILED,
                    "The statements leave "
                        + (more == 1 ? "1 row" : Counting.count(more) + " rows")
                        + " without the row that a foreign key refers to: "
                        + tables
                        + ".",
                    "The step was rolled back whole.",
                    "Correct the file: with PRAGMA foreign_keys = OFF it has to keep the keys"
                        + " itself. Then go on with the same command.");
              }
            });
  }
}
