package dev.plumbline.database;

import dev.plumbline.dialect.Sql;
import java.util.List;
import java.util.Optional;

/**
 * All objects of SQLite's database {@code main}, read by one query for objects and one for columns.
 * Read-only; in the caller's transaction, if there is one.
 */
public final class SqliteObjects {
  private final Session session;

  public SqliteObjects(Session session) {
    this.session = session;
  }

  /**
   * A table, index, view or trigger.
   *
   * @param sql the statement that made it, as SQLite keeps it; none for an index of a constraint
   */
  public record Stored(String type, String name, Optional<String> sql) {}

  /** A column, its type as written. */
  public record Column(String table, String name, String type) {}

  public List<Stored> objects() {
    return session.query(
        Sql.of("SELECT type, name, sql FROM main.sqlite_schema ORDER BY rowid"),
        row -> new Stored(row.required(1), row.required(2), row.optional(3)));
  }

  public List<Column> columns() {
    return session.query(
        Sql.of(
            """
            SELECT s.name, c.name, c.type
            FROM main.sqlite_schema AS s, pragma_table_xinfo(s.name, 'main') AS c
            WHERE s.type = 'table' ORDER BY s.rowid, c.cid"""),
        row -> new Column(row.required(1), row.required(2), row.required(3)));
  }
}
