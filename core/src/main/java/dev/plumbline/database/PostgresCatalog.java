package dev.plumbline.database;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Column.Comparison;
import dev.plumbline.schema.ForeignKey;
import dev.plumbline.schema.ForeignKey.OnDelete;
import dev.plumbline.schema.Index;
import dev.plumbline.schema.KnownKeys;
import dev.plumbline.schema.Table;
import dev.plumbline.schema.TableName;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** PostgreSQL's catalogue. */
final class PostgresCatalog implements Catalog {
  /** Types without an equality of their own, or with one that is not exact. */
  private static final Set<String> COMPARED_AS_TEXT =
      Set.of("json", "xml", "citext", "point", "line", "lseg", "box", "path", "polygon", "circle");

  private final Session session;
  private final Dialect dialect;

  PostgresCatalog(Session session) {
    this.session = session;
    this.dialect = session.dialect();
  }

  private record Found(long oid, String schema, String name) {}

  @Override
  public Optional<Table> findTable(String written) {
    return find(written, "'r', 'p'").map(this::table);
  }

  private Optional<Found> find(String written, String kinds) {
    for (List<String> reading : TableName.readings(written)) {
      if (reading.size() > 2) {
        continue; // a database before the schema, which the server refuses
      }
      String name = reading.stream().map(dialect::quote).collect(Collectors.joining("."));
      Optional<Found> found =
          session.first(
              Sql.of(
                  """
                  SELECT c.oid, n.nspname, c.relname
                  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE c.oid = to_regclass(CAST({} AS text)) AND c.relkind IN ({})""",
                  Sql.value(name),
                  kinds),
              row -> new Found(row.number(1), row.required(2), row.required(3)));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Table table(Found found) {
    List<List<String>> unique = uniqueKeys(found.oid(), false);
    List<Column> columns = columns(found.oid());
    return new Table(
        found.schema(),
        found.name(),
        dialect.quote(found.schema()) + "." + dialect.quote(found.name()),
        columns,
        uniqueKeys(found.oid(), true).stream()
            .findFirst()
            .or(() -> KnownKeys.of(found.name(), columns))
            .orElse(List.of()),
        inherited(found.oid()),
        unique,
        triggers(found.oid()),
        referencedBy(found.oid()));
  }

  private List<Column> columns(long table) {
    return session.query(
        Sql.of(
            """
            SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                   a.attgenerated <> '', coalesce(b.typname, t.typname),
                   coalesce(NOT c.collisdeterministic, false)
            FROM pg_attribute a
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_type b ON b.oid = t.typbasetype
            LEFT JOIN pg_collation c ON c.oid = a.attcollation
            WHERE a.attrelid = {} AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum""",
            table),
        row ->
            new Column(
                row.required(1),
                row.required(2),
                comparison(row.required(5), row.truth(6)),
                row.truth(3),
                row.truth(4)));
  }

  private static Comparison comparison(String type, boolean looseCollation) {
    if (COMPARED_AS_TEXT.contains(type)) {
      return Comparison.TEXT;
    }
    return looseCollation ? Comparison.BYTES : Comparison.PLAIN;
  }

  /** Keys that hold for every row and at once: no partial, no expression, no deferrable ones. */
  private List<List<String>> uniqueKeys(long table, boolean primary) {
    return session.query(
        Sql.of(
            """
            SELECT CAST(array_agg(a.attname ORDER BY k.position) AS text[])
            FROM pg_index i
            CROSS JOIN unnest(CAST(i.indkey AS int2[])) WITH ORDINALITY AS k (attnum, position)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = {} AND i.indisprimary = {} AND i.indisunique AND i.indisvalid
              AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL
              AND k.position <= i.indnkeyatts
            GROUP BY i.indexrelid ORDER BY i.indexrelid""",
            table,
            primary ? "true" : "false"),
        row -> row.texts(1));
  }

  private boolean inherited(long table) {
    return session.one(
        Sql.of(
            """
            SELECT EXISTS (
              SELECT 1 FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
              WHERE i.inhparent = {} AND NOT c.relispartition)""",
            table),
        row -> row.truth(1));
  }

  /**
   * Those of partitions and inheriting tables too, whose rows a statement reaches. Of Plumbline's
   * own guards only those that change a row before it is updated: the others fill rows that are
   * inserted, which are kept whole anyway, or write afterwards what any writer might.
   */
  private List<String> triggers(long table) {
    return session.query(
        Sql.of(
            """
            WITH RECURSIVE plumb_tree (oid) AS (
              SELECT CAST({} AS oid)
              UNION ALL
              SELECT i.inhrelid FROM pg_inherits i JOIN plumb_tree t ON t.oid = i.inhparent)
            SELECT DISTINCT tgname FROM pg_trigger JOIN plumb_tree ON tgrelid = plumb_tree.oid
            JOIN pg_proc p ON p.oid = tgfoid
            WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgtype & 1 = 1
              AND (tgtype & 18 = 18 OR p.pronamespace IS DISTINCT FROM to_regnamespace('plumb'))
            ORDER BY tgname""",
            table),
        row -> row.required(1));
  }

  private List<ForeignKey> referencedBy(long table) {
    return session.query(
        Sql.of(
            """
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), f.confdeltype,
                   (SELECT CAST(array_agg(a.attname ORDER BY k.position) AS text[])
                    FROM unnest(f.conkey) WITH ORDINALITY AS k (attnum, position)
                    JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.attnum),
                   (SELECT CAST(array_agg(a.attname ORDER BY k.position) AS text[])
                    FROM unnest(f.confkey) WITH ORDINALITY AS k (attnum, position)
                    JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.attnum)
            FROM pg_constraint f
            JOIN pg_class c ON c.oid = f.conrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE f.contype = 'f' AND f.confrelid = {}
              -- a partitioned table's key is listed for each of its partitions, too
              AND NOT EXISTS (SELECT 1 FROM pg_constraint p
                              WHERE p.oid = f.conparentid AND p.confrelid = f.confrelid)
            ORDER BY 1, f.conname""",
            table),
        row ->
            new ForeignKey(row.required(1), row.texts(3), row.texts(4), onDelete(row.required(2))));
  }

  private static OnDelete onDelete(String code) throws SQLException {
    return switch (code) {
      case "a", "r" -> OnDelete.REFUSES;
      case "c" -> OnDelete.CASCADES;
      case "n", "d" -> OnDelete.SETS;
      default -> throw new SQLException("unknown confdeltype " + code);
    };
  }

  @Override
  public List<String> tableNames() {
    return session.query(
        Sql.of(
            """
            SELECT CASE WHEN pg_table_is_visible(c.oid) THEN c.relname
                        ELSE n.nspname || '.' || c.relname END
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm')
              AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'plumb')
            ORDER BY 1"""),
        row -> row.required(1));
  }

  /**
   * The names come from the driver, the types from the server: the driver calls a type after the
   * sequence behind its column ({@code bigserial}), and leaves quotes out.
   */
  @Override
  public List<Column> describe(Sql query) {
    List<String> names = session.describe(query, ResultSetMetaData::getColumnLabel);
    List<String> types = names.isEmpty() ? List.of() : types(query, names.size());
    return IntStream.range(0, names.size())
        .mapToObj(
            i ->
                new Column(
                    names.get(i), types.get(i), comparison(types.get(i), false), false, false))
        .toList();
  }

  /** The types of a query's columns; the join keeps the server from running it. */
  private List<String> types(Sql query, int count) {
    String columns =
        IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    String types =
        IntStream.range(0, count)
            .mapToObj(i -> "CAST(pg_typeof(q.c" + i + ") AS text)")
            .collect(Collectors.joining(", "));
    return session.one(
        Sql.of(
            "SELECT ARRAY[{}] FROM (SELECT 1) AS one LEFT JOIN (\n{}) AS q ({}) ON FALSE",
            types,
            query,
            columns),
        row -> row.texts(1));
  }

  @Override
  public List<Index> indexes(Table table) {
    return indexes(Sql.of("i.indrelid = to_regclass(CAST({} AS text))", Sql.value(table.sql())));
  }

  @Override
  public Optional<Index> findIndex(String written) {
    return find(written, "'i', 'I'").stream()
        .flatMap(found -> indexes(Sql.of("i.indexrelid = {}", found.oid())).stream())
        .findFirst();
  }

  private List<Index> indexes(Sql which) {
    return session.query(
        Sql.of(
            """
            SELECT c.relname, t.relname, pg_get_indexdef(i.indexrelid), i.indisvalid
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_class t ON t.oid = i.indrelid
            WHERE {} ORDER BY 1""",
            which),
        row -> new Index(row.required(1), row.required(2), row.required(3), row.truth(4)));
  }
}
