package dev.plumbline.database;

import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Table;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Finds the tables of some names in all schemas, by one query for all of them. */
public final class NamedTables {
  private NamedTables() {}

  /**
   * The tables, by schema and name.
   *
   * @param names in small letters; they stand for names in any case
   */
  public static List<Table> read(Session session, Collection<String> names) {
    Sql list =
        Sql.join(", ", names.stream().map(n -> Sql.value(n.toLowerCase(Locale.ROOT))).toList());
    Sql query =
        switch (session.dialect()) {
          case PostgresDialect postgres ->
              Sql.of(
                  """
                  SELECT n.nspname, c.relname
                  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE c.relkind IN ('r', 'p') AND lower(c.relname) IN ({})
                    AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
                  ORDER BY 1, 2""",
                  list);
          case SqliteDialect sqlite ->
              Sql.of(
                  """
                  SELECT 'main', name FROM main.sqlite_schema
                  WHERE type = 'table' AND lower(name) IN ({}) ORDER BY 2""",
                  list);
        };
    Catalog catalog = Database.catalog(session);
    return session
        .query(
            query,
            row ->
                session.dialect().quote(row.required(1))
                    + "."
                    + session.dialect().quote(row.required(2)))
        .stream()
        .flatMap(name -> catalog.findTable(name).stream())
        .toList();
  }
}
