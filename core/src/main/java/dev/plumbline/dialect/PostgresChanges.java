package dev.plumbline.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Changes of rows that keep their before-images: one statement does both, since what RETURNING
 * tells of the changed rows feeds the insert beside it. A part of the statement does not see what
 * another writes, so that what is read there is how the rows were.
 *
 * @see <a href="https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING">
 *     data-modifying statements in WITH</a>
 */
final class PostgresChanges {
  private static final String ADDRESS = "plumb_table, plumb_row, plumb_version";

  private final Dialect dialect;
  private final PostgresImages beforeImages;

  PostgresChanges(Dialect dialect, PostgresImages beforeImages) {
    this.dialect = dialect;
    this.beforeImages = beforeImages;
  }

  List<Sql> insert(
      String table, List<String> columns, Sql select, List<String> conflict, ImageTable images) {
    return List.of(
        inserting(
            table,
            columns,
            "",
            select,
            conflict.isEmpty() ? "" : "ON CONFLICT (" + names(conflict) + ") DO NOTHING",
            images));
  }

  List<Sql> insertBack(String table, List<String> columns, Sql select, ImageTable images) {
    return List.of(inserting(table, columns, " OVERRIDING SYSTEM VALUE", select, "", images));
  }

  private Sql inserting(
      String table,
      List<String> columns,
      String overriding,
      Sql select,
      String conflict,
      ImageTable images) {
    return Sql.of(
        """
        WITH plumb_new AS (
          INSERT INTO {} ({}){}
          {}
          {} RETURNING *),
        plumb_kept AS (
          {} FROM plumb_new
          RETURNING 1)
        SELECT (SELECT count(*) FROM plumb_new), (SELECT count(*) FROM plumb_kept)""",
        table,
        names(columns),
        overriding,
        select,
        conflict,
        beforeImages.keep(images, quoted(images.key()), List.of(), quoted(images.columns())));
  }

  /**
   * Only rows that are still what was kept of them: a row may begin to meet the condition after the
   * others were locked, while somebody is changing it.
   */
  List<Sql> update(
      String table, List<String> columns, List<Sql> set, Sql where, ImageTable images) {
    return List.of(
        Sql.of(
            """
            WITH plumb_before AS MATERIALIZED (
              SELECT {}, {} FROM {} WHERE {}),
            plumb_after AS (
              UPDATE {} SET {}
              FROM (SELECT {} FROM plumb_before) AS v
              WHERE {}
              RETURNING {}),
            plumb_kept AS (
              {})
            SELECT (SELECT count(*) FROM plumb_before), (SELECT count(*) FROM plumb_kept)""",
            selected(table, images, images.keptBefore()),
            Sql.join(", ", dialect.rowAddress(table)),
            table,
            where,
            table,
            Sql.join(
                ", ",
                IntStream.range(0, columns.size())
                    .mapToObj(i -> Sql.of("{} = {}", dialect.quote(columns.get(i)), set.get(i)))
                    .toList()),
            ADDRESS,
            atItsPlace(table, where),
            selected(table, images, images.keptAfter()),
            keptBeforeAndAfter(images)));
  }

  /** Where only what the query gives is kept, the table need not be read again for it. */
  List<Sql> updateFrom(
      String table, Sql violations, Sql among, List<String> columns, ImageTable images) {
    return List.of(
        images.columns().equals(columns)
            ? keepingAsGiven(table, violations, among, images)
            : keepingAsStored(table, violations, among, columns, images));
  }

  private Sql keepingAsGiven(String table, Sql violations, Sql among, ImageTable images) {
    List<String> columns = images.columns();
    return Sql.of(
        """
        WITH plumb_violation AS MATERIALIZED (
          {}),
        plumb_kept AS (
          {} FROM plumb_violation),
        plumb_after AS (
          UPDATE {} SET {}
          FROM {}
          WHERE {}
          RETURNING 1)
        SELECT (SELECT count(*) FROM plumb_violation), (SELECT count(*) FROM plumb_after)""",
        violations,
        beforeImages.keep(images, quoted(images.key()), quoted(columns), quoted(right(columns))),
        table,
        setRight(columns),
        violation(columns),
        atItsPlace(table, among));
  }

  private Sql keepingAsStored(
      String table, Sql violations, Sql among, List<String> columns, ImageTable images) {
    return Sql.of(
        """
        WITH plumb_violation AS MATERIALIZED (
          {}),
        plumb_before AS (
          SELECT {} FROM {}, {}
          WHERE {}),
        plumb_after AS (
          UPDATE {} SET {}
          FROM {}
          WHERE {}
          RETURNING {}),
        plumb_kept AS (
          {})
        SELECT (SELECT count(*) FROM plumb_violation), (SELECT count(*) FROM plumb_kept)""",
        violations,
        selected(table, images, images.keptBefore()),
        table,
        violation(columns),
        atItsPlace(table, among),
        table,
        setRight(columns),
        violation(columns),
        atItsPlace(table, among),
        selected(table, images, images.keptAfter()),
        keptBeforeAndAfter(images));
  }

  private String setRight(List<String> columns) {
    return columns.stream()
        .map(c -> dialect.quote(c) + " = v." + dialect.quote("right_" + c))
        .collect(Collectors.joining(", "));
  }

  private static List<String> right(List<String> columns) {
    return columns.stream().map(c -> "right_" + c).toList();
  }

  /** Without the columns that the table has too: a user's condition may name them unqualified. */
  private String violation(List<String> columns) {
    return "(SELECT " + ADDRESS + ", " + names(right(columns)) + " FROM plumb_violation) AS v";
  }

  /**
   * The row as it was read: one that somebody has changed since is at another place and of another
   * version, so that it is left alone and missed in the count.
   */
  private static Sql atItsPlace(String table, Sql among) {
    return Sql.of(
        "{}.ctid = v.plumb_row AND {}.tableoid = v.plumb_table AND {}.xmin = v.plumb_version"
            + " AND ({})",
        table,
        table,
        table,
        among);
  }

  List<Sql> delete(String table, Sql where, ImageTable images) {
    return List.of(
        Sql.of(
            """
            WITH plumb_gone AS (
              DELETE FROM {} WHERE {} RETURNING *),
            plumb_kept AS (
              {} FROM plumb_gone
              RETURNING 1)
            SELECT (SELECT count(*) FROM plumb_gone), (SELECT count(*) FROM plumb_kept)""",
            table,
            where,
            beforeImages.keep(images, quoted(images.key()), quoted(images.columns()), List.of())));
  }

  /** The table's key and kept columns, by the names under which they are kept. */
  private String selected(String table, ImageTable images, List<String> kept) {
    List<String> items = new ArrayList<>();
    items.addAll(as(table, images.key(), images.keptKey()));
    items.addAll(as(table, images.columns(), kept));
    return list(items);
  }

  private List<String> as(String table, List<String> columns, List<String> names) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> table + "." + dialect.quote(columns.get(i)) + " AS " + names.get(i))
        .toList();
  }

  private Sql keptBeforeAndAfter(ImageTable images) {
    return Sql.of(
        """
        {}
          FROM plumb_before AS b JOIN plumb_after AS a ON {}
          RETURNING 1""",
        beforeImages.keep(
            images,
            of("b", images.keptKey()),
            of("b", images.keptBefore()),
            of("a", images.keptAfter())),
        images.keptKey().stream()
            .map(k -> "b." + k + " = a." + k)
            .collect(Collectors.joining(" AND ")));
  }

  private static List<String> of(String relation, List<String> columns) {
    return columns.stream().map(c -> relation + "." + c).toList();
  }

  private List<String> quoted(List<String> columns) {
    return columns.stream().map(dialect::quote).toList();
  }

  private String names(List<String> columns) {
    return list(quoted(columns));
  }

  private static String list(List<String> items) {
    return String.join(", ", items);
  }
}
