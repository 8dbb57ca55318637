package dev.plumbline.database;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.dialect.SqlScan;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Column.Comparison;
import dev.plumbline.schema.ForeignKey;
import dev.plumbline.schema.ForeignKey.OnDelete;
import dev.plumbline.schema.Index;
import dev.plumbline.schema.KnownKeys;
import dev.plumbline.schema.Table;
import dev.plumbline.schema.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * SQLite's catalogue of the database {@code main}. Names are found whatever their case, as SQLite
 * does.
 *
 * @see <a href="https://www.sqlite.org/pragma.html">SQLite's pragmas</a>
 */
final class SqliteCatalog implements Catalog {
  private static final String SCHEMA = "main";
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_]\\w*");

  private final Session session;
  private final Dialect dialect;

  SqliteCatalog(Session session) {
    this.session = session;
    this.dialect = session.dialect();
  }

  /** What {@code pragma table_list} and the schema say of a table. */
  private record Found(String name, boolean strict, String sql) {}

  @Override
  public Optional<Table> findTable(String written) {
    return found(written).map(this::table);
  }

  private Optional<Found> found(String written) {
    return TableName.readings(written).stream()
        .filter(SqliteCatalog::inMain)
        .flatMap(
            reading ->
                session
                    .first(
                        Sql.of(
                            """
                            SELECT l.name, l.strict, s.sql
                            FROM pragma_table_list AS l
                            JOIN main.sqlite_schema AS s ON s.type = 'table' AND s.name = l.name
                            WHERE l.schema = 'main' AND l.type = 'table'
                              AND l.name = {} COLLATE NOCASE""",
                            Sql.value(reading.getLast())),
                        row -> new Found(row.required(1), row.truth(2), row.required(3)))
                    .stream())
        .findFirst();
  }

  private static boolean inMain(List<String> name) {
    return name.size() == 1 || (name.size() == 2 && name.getFirst().equalsIgnoreCase(SCHEMA));
  }

  private Table table(Found found) {
    List<UniqueKey> unique = uniqueKeys(found.name());
    boolean rowid = unique.stream().noneMatch(UniqueKey::primary);
    List<Column> columns = columns(found, rowid);
    List<String> primary =
        KnownKeys.of(found.name(), columns).orElseGet(() -> primaryKey(found.name()));
    return new Table(
        SCHEMA,
        found.name(),
        qualified(found.name()),
        columns,
        primary,
        false,
        unique.stream().filter(k -> !k.primary()).map(UniqueKey::columns).toList(),
        triggers(found.name()),
        referencedBy(found.name(), primary));
  }

  private String qualified(String table) {
    return dialect.quote(SCHEMA) + "." + dialect.quote(table);
  }

  /**
   * @param rowid whether a primary key of one column is the row's own number, which is never NULL
   */
  private List<Column> columns(Found table, boolean rowid) {
    boolean collated = collated(table.sql());
    return session.query(
        Sql.of(
            """
            SELECT name, type, "notnull" OR ({} AND pk > 0), hidden IN (2, 3)
            FROM pragma_table_xinfo({}, 'main') WHERE hidden <> 1 ORDER BY cid""",
            rowid ? "TRUE" : "FALSE",
            Sql.value(table.name())),
        row -> {
          String affinity =
              table.strict() && row.required(2).equalsIgnoreCase("ANY")
                  ? "BLOB"
                  : affinity(row.required(2));
          return new Column(
              row.required(1),
              affinity,
              comparison(affinity, collated),
              row.truth(3),
              row.truth(4));
        });
  }

  /** Whether any column of the table may have a collation of its own. */
  private static boolean collated(String sql) {
    SqlScan scan = SqlScan.of(sql);
    return scan.code().stream().anyMatch(t -> scan.text(t).equalsIgnoreCase("COLLATE"));
  }

  private static Comparison comparison(String affinity, boolean collated) {
    return switch (affinity) {
      case "INTEGER", "REAL" -> Comparison.PLAIN;
      default -> collated ? Comparison.BYTES : Comparison.PLAIN;
    };
  }

  /**
   * @see <a href="https://www.sqlite.org/datatype3.html#determination_of_column_affinity">SQLite's
   *     rules</a>
   */
  private static String affinity(String declared) {
    String type = declared.toUpperCase(Locale.ROOT);
    if (type.contains("INT")) {
      return "INTEGER";
    }
    if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
      return "TEXT";
    }
    if (type.isEmpty() || type.contains("BLOB")) {
      return "BLOB";
    }
    if (type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB")) {
      return "REAL";
    }
    return "NUMERIC";
  }

  private List<String> primaryKey(String table) {
    return session.query(
        Sql.of(
            "SELECT name FROM pragma_table_xinfo({}, 'main') WHERE pk > 0 ORDER BY pk",
            Sql.value(table)),
        row -> row.required(1));
  }

  /**
   * A unique index over columns alone that holds for every row.
   *
   * @param primary whether it is the primary key's; one that is the row's number has none
   */
  private record UniqueKey(boolean primary, List<String> columns) {}

  private List<UniqueKey> uniqueKeys(String table) {
    Map<String, UniqueKey> keys = new LinkedHashMap<>();
    List<String> ofExpressions = new ArrayList<>();
    session.stream(
        Sql.of(
            """
            SELECT l.name, l.origin = 'pk', i.name
            FROM pragma_index_list({}, 'main') AS l, pragma_index_xinfo(l.name, 'main') AS i
            WHERE l."unique" AND NOT l.partial AND i.key ORDER BY l.seq DESC, i.seqno""",
            Sql.value(table)),
        row -> {
          String index = row.required(1);
          boolean primary = row.truth(2);
          Optional<String> column = row.optional(3);
          keys.computeIfAbsent(index, name -> new UniqueKey(primary, new ArrayList<>()));
          column.ifPresentOrElse(
              c -> keys.get(index).columns().add(c), () -> ofExpressions.add(index));
        });
    ofExpressions.forEach(keys::remove);
    return List.copyOf(keys.values());
  }

  private List<String> triggers(String table) {
    return session.query(
        Sql.of(
            """
            SELECT name FROM main.sqlite_schema
            WHERE type = 'trigger' AND tbl_name = {} COLLATE NOCASE ORDER BY name""",
            Sql.value(table)),
        row -> row.required(1));
  }

  private record Reference(String table, long key, String from, Optional<String> to, String rule) {}

  private List<ForeignKey> referencedBy(String table, List<String> primaryKey) {
    List<Reference> references =
        session.query(
            Sql.of(
                """
                SELECT s.name, f.id, f."from", f."to", f.on_delete
                FROM main.sqlite_schema AS s, pragma_foreign_key_list(s.name, 'main') AS f
                WHERE s.type = 'table' AND f."table" = {} COLLATE NOCASE
                ORDER BY s.name, f.id, f.seq""",
                Sql.value(table)),
            row ->
                new Reference(
                    row.required(1),
                    row.number(2),
                    row.required(3),
                    row.optional(4),
                    row.required(5)));
    return references.stream()
        .collect(
            Collectors.groupingBy(
                r -> Map.entry(r.table(), r.key()), LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(columns -> foreignKey(columns, primaryKey))
        .toList();
  }

  /** Without named columns it is the primary key that is referenced. */
  private ForeignKey foreignKey(List<Reference> columns, List<String> primaryKey) {
    boolean named = columns.stream().allMatch(r -> r.to().isPresent());
    return new ForeignKey(
        qualified(columns.getFirst().table()),
        columns.stream().map(Reference::from).toList(),
        named ? columns.stream().flatMap(r -> r.to().stream()).toList() : primaryKey,
        switch (columns.getFirst().rule()) {
          case "CASCADE" -> OnDelete.CASCADES;
          case "SET NULL", "SET DEFAULT" -> OnDelete.SETS;
          default -> OnDelete.REFUSES;
        });
  }

  @Override
  public List<String> tableNames() {
    return session.query(
        Sql.of(
            """
            SELECT name FROM main.sqlite_schema
            WHERE type IN ('table', 'view') AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'plumb_*'
            ORDER BY name"""),
        row -> row.required(1));
  }

  /** A column that is an expression has no affinity, and may have any collation. */
  @Override
  public List<Column> describe(Sql query) {
    return session.describe(
        query,
        (columns, i) -> {
          String table = columns.getTableName(i);
          String affinity =
              table == null || table.isEmpty() ? "BLOB" : affinity(columns.getColumnTypeName(i));
          return new Column(
              columns.getColumnLabel(i), affinity, comparison(affinity, true), false, false);
        });
  }

  @Override
  public List<Index> indexes(Table table) {
    return indexes(Sql.of("tbl_name = {} COLLATE NOCASE", Sql.value(table.name())));
  }

  @Override
  public Optional<Index> findIndex(String written) {
    return TableName.readings(written).stream()
        .filter(SqliteCatalog::inMain)
        .flatMap(
            reading ->
                indexes(Sql.of("name = {} COLLATE NOCASE", Sql.value(reading.getLast()))).stream())
        .findFirst();
  }

  private record Described(String name, String table, Optional<String> sql) {}

  private List<Index> indexes(Sql which) {
    return session
        .query(
            Sql.of(
                """
                SELECT name, tbl_name, sql FROM main.sqlite_schema
                WHERE type = 'index' AND {} ORDER BY name""",
                which),
            row -> new Described(row.required(1), row.required(2), row.optional(3)))
        .stream()
        .map(i -> new Index(i.name(), i.table(), i.sql().orElseGet(() -> ofConstraint(i)), true))
        .toList();
  }

  /** The statement that would make the index of a UNIQUE or PRIMARY KEY constraint. */
  private String ofConstraint(Described index) {
    List<String> columns =
        session.query(
            Sql.of(
                "SELECT name FROM pragma_index_info({}, 'main') ORDER BY seqno",
                Sql.value(index.name())),
            row -> plain(row.required(1)));
    return "CREATE UNIQUE INDEX %s ON %s (%s)"
        .formatted(plain(index.name()), plain(index.table()), String.join(", ", columns));
  }

  private String plain(String name) {
    return PLAIN_NAME.matcher(name).matches() ? name : dialect.quote(name);
  }
}
