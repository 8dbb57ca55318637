package dev.plumbline.database;

import dev.plumbline.dialect.Sql;
import java.util.List;

/**
 * What stands in PostgreSQL's catalogue and does not do what its name promises: in all schemas of
 * users, each sort by one query. Read-only; in the caller's transaction, if there is one.
 */
public final class PostgresDoubts {
  private static final Sql OF_USERS =
      Sql.of(
          """
          n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND n.nspname <> 'plumb'
            AND has_schema_privilege(n.oid, 'USAGE')""");

  private final Session session;

  public PostgresDoubts(Session session) {
    this.session = session;
  }

  /** An object of a table. */
  public record OfTable(String schema, String table, String name) {}

  /** Indexes that no query uses, and that may let duplicates pass: left by builds that failed. */
  public List<OfTable> invalidIndexes() {
    return read(
        Sql.of(
            """
            SELECT n.nspname, t.relname, c.relname
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_class t ON t.oid = i.indrelid
            JOIN pg_namespace n ON n.oid = t.relnamespace
            WHERE NOT i.indisvalid AND c.relkind = 'i' AND {} ORDER BY 1, 2, 3""",
            OF_USERS));
  }

  /** Constraints that were never held against the rows that were there before them. */
  public List<OfTable> notValidated() {
    return read(
        Sql.of(
            """
            SELECT n.nspname, t.relname, c.conname
            FROM pg_constraint c
            JOIN pg_class t ON t.oid = c.conrelid
            JOIN pg_namespace n ON n.oid = t.relnamespace
            WHERE NOT c.convalidated AND {} ORDER BY 1, 2, 3""",
            OF_USERS));
  }

  /** Triggers that are switched off; the one of a foreign key is named as its constraint. */
  public List<OfTable> disabledTriggers() {
    return read(
        Sql.of(
            """
            SELECT DISTINCT n.nspname, t.relname, coalesce(c.conname, g.tgname)
            FROM pg_trigger g
            JOIN pg_class t ON t.oid = g.tgrelid
            JOIN pg_namespace n ON n.oid = t.relnamespace
            LEFT JOIN pg_constraint c ON c.oid = g.tgconstraint AND g.tgisinternal
            WHERE g.tgenabled = 'D' AND {} ORDER BY 1, 2, 3""",
            OF_USERS));
  }

  private List<OfTable> read(Sql sql) {
    return session.query(
        sql, row -> new OfTable(row.required(1), row.required(2), row.required(3)));
  }
}
