package dev.plumbline.database;

import dev.plumbline.dialect.Sql;
import dev.plumbline.schema.LiveObject;
import java.util.List;
import java.util.OptionalLong;

/** Lists what is in a PostgreSQL database, in one query. */
public final class LiveObjects {
  private LiveObjects() {}

  /** Its tables, views, indexes, sequences, functions and types, but for the server's own. */
  public static List<LiveObject> read(Session session) {
    return session.query(
        Sql.of(
            """
            SELECT n.nspname, o.name, o.rows, o.forced
            FROM (
              SELECT relnamespace AS namespace, relname AS name,
                CASE WHEN reltuples >= 0 AND relkind IN ('r', 'p', 'm') THEN reltuples::bigint END AS rows,
                relforcerowsecurity AS forced
              FROM pg_class
              UNION ALL
              SELECT pronamespace, proname, NULL, false FROM pg_proc
              UNION ALL
              SELECT typnamespace, typname, NULL, false FROM pg_type WHERE typrelid = 0
            ) AS o
            JOIN pg_namespace n ON n.oid = o.namespace
            WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"""),
        row -> {
          OptionalLong rows = row.optionalNumber(3);
          return new LiveObject(row.required(1), row.required(2), rows, row.truth(4));
        });
  }
}
