package dev.plumbline.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Changes of rows that keep their before-images. SQLite's RETURNING cannot feed another statement,
 * and it shows rows before the user's AFTER triggers have changed them again. So temporary triggers
 * note which rows change and how they were; how they became is read when all is done. No other
 * connection sees the triggers, and they are gone before the transaction ends.
 *
 * @see <a href="https://www.sqlite.org/lang_createtrigger.html">SQLite's triggers</a>
 */
final class SqliteChanges {
  private final Dialect dialect;

  SqliteChanges(Dialect dialect) {
    this.dialect = dialect;
  }

  List<Sql> insert(
      String table, List<String> columns, Sql select, List<String> conflict, ImageTable images) {
    // Without WHERE the parser takes ON CONFLICT for a join's ON.
    Sql rows =
        conflict.isEmpty()
            ? select
            : Sql.of(
                "SELECT * FROM (\n{}) AS plumb_select WHERE TRUE ON CONFLICT ({}) DO NOTHING",
                select,
                names(conflict));
    return statements(
        noting(images, false),
        List.of(noteInserted(table, images)),
        List.of(Sql.of("INSERT INTO {} ({})\n{}", table, names(columns), rows)),
        "changes()",
        keptInserted(table, images),
        rowsOfReplacing(table),
        "changed");
  }

  List<Sql> update(
      String table, List<String> columns, List<Sql> set, Sql where, ImageTable images) {
    List<Sql> assigned =
        IntStream.range(0, columns.size())
            .mapToObj(i -> Sql.of("{} = {}", dialect.quote(columns.get(i)), set.get(i)))
            .toList();
    return statements(
        noting(images, true),
        noteUpdated(table, images),
        List.of(Sql.of("UPDATE {} SET {} WHERE {}", table, Sql.join(", ", assigned), where)),
        "changes()",
        keptUpdated(table, images),
        rowsOfReplacing(table),
        "0");
  }

  List<Sql> updateFrom(String table, Sql violations, List<String> columns, ImageTable images) {
    String set =
        columns.stream()
            .map(c -> dialect.quote(c) + " = v." + dialect.quote("right_" + c))
            .collect(Collectors.joining(", "));
    String same =
        images.key().stream()
            .map(k -> table + "." + dialect.quote(k) + " = v." + dialect.quote(k))
            .collect(Collectors.joining(" AND "));
    return statements(
        noting(images, true),
        noteUpdated(table, images),
        List.of(
            Sql.of("DROP TABLE IF EXISTS temp.plumb_violation"),
            Sql.of("CREATE TEMPORARY TABLE plumb_violation AS {}", violations),
            Sql.of("UPDATE {} SET {} FROM temp.plumb_violation AS v WHERE {}", table, set, same)),
        "(SELECT count(*) FROM temp.plumb_violation)",
        keptUpdated(table, images),
        rowsOfReplacing(table),
        "0");
  }

  List<Sql> delete(String table, Sql where, ImageTable images) {
    return statements(
        noting(images, true),
        List.of(noteDeleted(table, images)),
        List.of(Sql.of("DELETE FROM {} WHERE {}", table, where)),
        "changes()",
        keptDeleted(images),
        Sql.of("NULL"),
        "0");
  }

  /** A trigger and its name. */
  private record Trigger(String name, Sql create) {}

  /**
   * @param changed how many rows the change has changed; triggers of the user's may have changed
   *     further ones of the same table, which are kept and counted too
   * @param rows how many rows the table has, where that tells of rows that were lost; else NULL
   * @param grown by how many it should have grown
   */
  private static List<Sql> statements(
      Sql noting,
      List<Trigger> triggers,
      List<Sql> change,
      String changed,
      Sql keep,
      Sql rows,
      String grown) {
    return Stream.of(
            Stream.of(
                Sql.of("DROP TABLE IF EXISTS temp.plumb_noted"),
                Sql.of("DROP TABLE IF EXISTS temp.plumb_count"),
                Sql.of("DROP TABLE IF EXISTS temp.plumb_rows"),
                noting,
                Sql.of("CREATE TEMPORARY TABLE plumb_rows AS\nSELECT {} AS before", rows)),
            triggers.stream().map(Trigger::create),
            change.stream(),
            Stream.of(
                Sql.of(
                    """
                    CREATE TEMPORARY TABLE plumb_count AS
                    SELECT max({}, (SELECT count(*) FROM temp.plumb_noted WHERE changed)) AS changed""",
                    changed)),
            triggers.stream().map(t -> Sql.of("DROP TRIGGER temp.{}", t.name())),
            Stream.of(
                keep,
                Sql.of(
                    """
                    SELECT changed, changes() - coalesce(max(0, before + {} - {}), 0)
                    FROM temp.plumb_count, temp.plumb_rows""",
                    grown,
                    rows)))
        .flatMap(s -> s)
        .toList();
  }

  /**
   * How many rows the table has, if its definition says {@code ON CONFLICT}; else NULL, at no cost.
   * A row that {@code REPLACE} takes away is in no count of changes and fires no trigger.
   *
   * @see <a href="https://www.sqlite.org/lang_conflict.html">SQLite's ON CONFLICT clause</a>
   */
  private Sql rowsOfReplacing(String table) {
    return Sql.of(
        """
        CASE WHEN EXISTS (
          SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND sql LIKE '%CONFLICT%'
            AND '"main"."' || replace(name, '"', '""') || '"' = {})
        THEN (SELECT count(*) FROM {}) END""",
        dialect.literal(table), table);
  }

  /** What the triggers write: keys, and how rows were; without types, so that values stay exact. */
  private static Sql noting(ImageTable images, boolean before) {
    List<String> columns = new ArrayList<>(images.keptKey());
    if (before) {
      columns.addAll(images.keptBefore());
    }
    return Sql.of(
        "CREATE TEMPORARY TABLE plumb_noted ({}, changed, PRIMARY KEY ({}))",
        list(columns),
        list(images.keptKey()));
  }

  private Trigger noteInserted(String table, ImageTable images) {
    return new Trigger(
        "plumb_inserted",
        Sql.of(
            """
            CREATE TEMPORARY TRIGGER plumb_inserted AFTER INSERT ON {} BEGIN
              INSERT INTO plumb_noted ({}, changed) SELECT {}, TRUE WHERE NOT {};
            END""",
            table,
            list(images.keptKey()),
            of("NEW", images.key()),
            noted("NEW", images)));
  }

  /**
   * Before the first change of a row its values are noted; after it, that it was changed, since a
   * trigger of the user's may have kept it as it is.
   */
  private List<Trigger> noteUpdated(String table, ImageTable images) {
    return List.of(
        new Trigger(
            "plumb_before",
            Sql.of(
                """
                CREATE TEMPORARY TRIGGER plumb_before BEFORE UPDATE ON {} BEGIN
                  INSERT INTO plumb_noted ({}, {}) SELECT {}, {} WHERE NOT {};
                END""",
                table,
                list(images.keptKey()),
                list(images.keptBefore()),
                of("OLD", images.key()),
                of("OLD", images.columns()),
                noted("OLD", images))),
        new Trigger(
            "plumb_after",
            Sql.of(
                """
                CREATE TEMPORARY TRIGGER plumb_after AFTER UPDATE ON {} BEGIN
                  UPDATE plumb_noted SET changed = TRUE WHERE {};
                END""",
                table,
                sameKey("OLD", images))));
  }

  private Trigger noteDeleted(String table, ImageTable images) {
    return new Trigger(
        "plumb_deleted",
        Sql.of(
            """
            CREATE TEMPORARY TRIGGER plumb_deleted AFTER DELETE ON {} BEGIN
              INSERT INTO plumb_noted ({}, {}, changed) SELECT {}, {}, TRUE WHERE NOT {};
            END""",
            table,
            list(images.keptKey()),
            list(images.keptBefore()),
            of("OLD", images.key()),
            of("OLD", images.columns()),
            noted("OLD", images)));
  }

  private Sql keptInserted(String table, ImageTable images) {
    return Sql.of(
        """
        INSERT INTO {} (batch, {}, {})
        SELECT {}, {}, {} FROM temp.plumb_noted AS n CROSS JOIN {} ON {}""",
        images.sql(),
        list(images.keptKey()),
        list(images.keptAfter()),
        images.batch(),
        of("n", images.keptKey()),
        of(table, images.columns()),
        table,
        joined(table, images));
  }

  private Sql keptUpdated(String table, ImageTable images) {
    return Sql.of(
        """
        INSERT INTO {} (batch, {}, {}, {})
        SELECT {}, {}, {}, {} FROM temp.plumb_noted AS n CROSS JOIN {} ON {} WHERE n.changed""",
        images.sql(),
        list(images.keptKey()),
        list(images.keptBefore()),
        list(images.keptAfter()),
        images.batch(),
        of("n", images.keptKey()),
        of("n", images.keptBefore()),
        of(table, images.columns()),
        table,
        joined(table, images));
  }

  private Sql keptDeleted(ImageTable images) {
    return Sql.of(
        "INSERT INTO {} (batch, {}, {})\nSELECT {}, {}, {} FROM temp.plumb_noted",
        images.sql(),
        list(images.keptKey()),
        list(images.keptBefore()),
        images.batch(),
        list(images.keptKey()),
        list(images.keptBefore()));
  }

  private String noted(String row, ImageTable images) {
    return "EXISTS (SELECT 1 FROM plumb_noted WHERE " + sameKey(row, images) + ")";
  }

  /** Without the column's affinity ({@code +}), which would keep the index from being used. */
  private String sameKey(String row, ImageTable images) {
    return IntStream.rangeClosed(1, images.key().size())
        .mapToObj(i -> "k" + i + " = +" + row + "." + dialect.quote(images.key().get(i - 1)))
        .collect(Collectors.joining(" AND "));
  }

  private String joined(String table, ImageTable images) {
    return IntStream.rangeClosed(1, images.key().size())
        .mapToObj(i -> table + "." + dialect.quote(images.key().get(i - 1)) + " = n.k" + i)
        .collect(Collectors.joining(" AND "));
  }

  private String of(String relation, List<String> columns) {
    return columns.stream()
        .map(c -> relation + "." + dialect.quote(c))
        .collect(Collectors.joining(", "));
  }

  private String names(List<String> columns) {
    return columns.stream().map(dialect::quote).collect(Collectors.joining(", "));
  }

  private static String list(List<String> items) {
    return String.join(", ", items);
  }
}
