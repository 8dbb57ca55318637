package dev.plumbline.object;

import dev.plumbline.claim.Place;
import dev.plumbline.database.Row;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** How PostgreSQL itself writes what its objects are. Empty for what is not there. */
final class PostgresDefinitions {
  private final Session session;
  private final Dialect dialect;

  PostgresDefinitions(Session session) {
    this.session = session;
    this.dialect = session.dialect();
  }

  private Optional<String> first(String query, Place place, String name) {
    return session.first(
        Sql.of(query, Sql.value(place.schema()), Sql.value(name)), row -> row.required(1));
  }

  // --- relations ------------------------------------------------------------------------------

  Optional<String> view(Place place) {
    return viewed(place, "CREATE OR REPLACE VIEW ");
  }

  Optional<String> materializedView(Place place) {
    return viewed(place, "CREATE MATERIALIZED VIEW ");
  }

  private Optional<String> viewed(Place place, String create) {
    return first(
            """
            SELECT coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '')
                   || ' AS ' || rtrim(pg_get_viewdef(c.oid), ';')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = {} AND c.relname = {} AND c.relkind IN ('v', 'm')""",
            place,
            place.name())
        .map(rest -> create + Called.sql(dialect, place) + rest);
  }

  Optional<String> index(Place place) {
    return first(
        """
        SELECT pg_get_indexdef(c.oid)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = {} AND c.relname = {} AND c.relkind IN ('i', 'I')""",
        place,
        place.name());
  }

  /** But for the value at which it stands. */
  Optional<String> sequence(Place place) {
    return first(
        """
        SELECT concat_ws(' ', format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin,
                         s.seqmax, s.seqcache, s.seqcycle)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_sequence s ON s.seqrelid = c.oid
        WHERE n.nspname = {} AND c.relname = {}""",
        place,
        place.name());
  }

  /** The tables that inherit from a table. */
  List<String> children(long table) {
    return session.query(
        Sql.of(
            "SELECT CAST(CAST(inhrelid AS regclass) AS text) FROM pg_inherits WHERE inhparent = {}"
                + " ORDER BY 1",
            table),
        row -> row.required(1));
  }

  // --- parts of tables ------------------------------------------------------------------------

  /** With its collation, where that is not the type's own. */
  Optional<String> columnType(Place column) {
    return session.first(
        Sql.of(
            """
            SELECT format_type(a.atttypid, a.atttypmod)
                   || coalesce(' COLLATE ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname), '')
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_collation co ON co.oid = a.attcollation AND co.oid <> t.typcollation
            LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
            WHERE n.nspname = {} AND c.relname = {} AND a.attname = {}
              AND a.attnum > 0 AND NOT a.attisdropped""",
            Sql.value(column.schema()),
            Sql.value(column.table()),
            Sql.value(column.name())),
        row -> row.required(1));
  }

  Optional<String> policy(Place place) {
    return session.first(
        Sql.of(
            """
            SELECT CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
                   CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                                 WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
                   (SELECT string_agg(CASE WHEN r = 0 THEN 'PUBLIC'
                                           ELSE quote_ident(pg_get_userbyid(r)) END, ', ')
                    FROM unnest(p.polroles) AS r),
                   coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', ''),
                   coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
            FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = {} AND c.relname = {} AND p.polname = {}""",
            Sql.value(place.schema()),
            Sql.value(place.table()),
            Sql.value(place.name())),
        row -> policy(place, row));
  }

  private String policy(Place place, Row row) throws SQLException {
    return "CREATE POLICY "
        + Called.sql(dialect, place)
        + " AS "
        + row.required(1)
        + " FOR "
        + row.required(2)
        + " TO "
        + row.required(3)
        + row.required(4)
        + row.required(5);
  }

  // --- functions, types -----------------------------------------------------------------------

  Optional<String> routine(Place place) {
    return routine(place, "pg_get_functiondef(p.oid)", "<>");
  }

  Optional<String> aggregate(Place place) {
    return routine(place, "'aggregate'", "=");
  }

  private Optional<String> routine(Place place, String shown, String isAggregate) {
    return session.first(
        Sql.of(
            """
            SELECT {} FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = {} AND p.proname = {} AND p.prokind {} 'a'
              AND array_to_string(
                    ARRAY(SELECT format_type(a.type, NULL)
                          FROM unnest(CAST(p.proargtypes AS oid[])) WITH ORDINALITY AS a (type, at)
                          ORDER BY a.at), ', ') = {}""",
            shown,
            Sql.value(place.schema()),
            Sql.value(place.name()),
            isAggregate,
            Sql.value(String.join(", ", place.arguments()))),
        row -> row.required(1).strip());
  }

  /** Of a composite type. */
  String attributes(Place place) {
    return first(
            """
            SELECT coalesce(string_agg(
                     quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', '
                     ORDER BY a.attnum), '')
            FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_attribute a ON a.attrelid = t.typrelid AND a.attnum > 0
              AND NOT a.attisdropped AND t.typrelid <> 0
            WHERE n.nspname = {} AND t.typname = {}""",
            place,
            place.name())
        .orElse("");
  }

  Optional<String> domain(Place place) {
    return first(
        """
        SELECT concat_ws(' ', format_type(t.typbasetype, t.typtypmod), t.typnotnull, t.typdefault,
                 (SELECT string_agg(pg_get_constraintdef(k.oid), ' ' ORDER BY k.conname)
                  FROM pg_constraint k WHERE k.contypid = t.oid))
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        WHERE n.nspname = {} AND t.typname = {} AND t.typtype = 'd'""",
        place,
        place.name());
  }

  // --- schemas, extensions --------------------------------------------------------------------

  Optional<String> schema(Place place) {
    return session.first(
        Sql.of(
            """
            SELECT format('CREATE SCHEMA %I AUTHORIZATION %I', nspname, pg_get_userbyid(nspowner))
            FROM pg_namespace WHERE nspname = {}""",
            Sql.value(place.name())),
        row -> row.required(1));
  }

  Optional<String> extension(Place place) {
    return session.first(
        Sql.of(
            "SELECT 'extension ' || extversion FROM pg_extension WHERE extname = {}",
            Sql.value(place.name())),
        row -> row.required(1));
  }
}
