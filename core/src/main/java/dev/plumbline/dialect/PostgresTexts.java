package dev.plumbline.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Texts written into rows by one statement: the rows come as arrays, each is found where it was
 * read, and the images are made of what the server itself had and has there.
 */
final class PostgresTexts {
  private final Dialect dialect;

  PostgresTexts(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * A row's place is that of a version, which nobody writes to: one that somebody has changed since
   * is at another place, and so it is left alone.
   */
  Sql write(TextColumns of, List<TextRow> rows, long run, long batch) {
    return Sql.of(
        """
        WITH plumb_after AS (
          UPDATE {} SET {}
          FROM (
            SELECT plumb_was.tableoid AS plumb_table, plumb_was.ctid AS plumb_row,
              plumb_new.key AS plumb_key, {}
            FROM unnest({}) AS plumb_new ("table", row, version, key, {})
            JOIN {} AS plumb_was ON plumb_was.ctid = CAST(plumb_new.row AS tid)
              AND plumb_was.tableoid = CAST(plumb_new."table" AS oid)
              AND plumb_was.xmin = CAST(plumb_new.version AS xid)) AS v
          WHERE {}.ctid = v.plumb_row AND {}.tableoid = v.plumb_table
          RETURNING v.plumb_key, {})
        INSERT INTO plumb.documents (run, id, batch, state, before, after)
        SELECT {}, plumb_key, {}, 'written',
          CAST(json_build_object({}) AS text),
          CAST(json_build_object({}) AS text)
        FROM plumb_after
        ON CONFLICT (run, id) DO UPDATE SET batch = excluded.batch, state = excluded.state,
          before = excluded.before, after = excluded.after
        RETURNING id""",
        of.table(),
        each(of, i -> Sql.of("{} = CAST(v.plumb_a{} AS {})", column(of, i), i + 1, type(of, i))),
        each(
            of,
            i ->
                Sql.of(
                    "plumb_new.a{} AS plumb_a{}, CAST(plumb_was.{} AS text) AS plumb_b{}",
                    i + 1,
                    i + 1,
                    column(of, i),
                    i + 1)),
        arrays(of, rows),
        each(of, i -> Sql.of("a{}", i + 1)),
        of.table(),
        of.table(),
        of.table(),
        each(
            of,
            i ->
                Sql.of(
                    "v.plumb_b{}, CAST({}.{} AS text) AS plumb_c{}",
                    i + 1,
                    of.table(),
                    column(of, i),
                    i + 1)),
        run,
        batch,
        each(of, i -> Sql.of("{}, plumb_b{}", property(of, i), i + 1)),
        each(of, i -> Sql.of("{}, plumb_c{}", property(of, i), i + 1)));
  }

  /**
   * A row's version names the transaction that wrote it, and so does the batch that was entered in
   * the same transaction. Where triggers may have had a say after the row was written, it is
   * compared with its image instead.
   */
  Sql asWritten(TextColumns of, long run) {
    return of.triggers()
        ? Sql.of(
            """
            EXISTS (
              SELECT 1 FROM plumb.documents AS plumb_d
              WHERE plumb_d.run = {} AND plumb_d.id = {}
                AND plumb_d.after = CAST(json_build_object({}) AS text))""",
            run,
            key(of),
            each(
                of,
                i -> Sql.of("{}, CAST({}.{} AS text)", property(of, i), of.table(), column(of, i))))
        : Sql.of(
            "{}.xmin IN (SELECT plumb_b.xmin FROM plumb.batches AS plumb_b WHERE plumb_b.run = {})",
            of.table(),
            run);
  }

  Sql hasImage(TextColumns of, long run) {
    return Sql.of(
        """
        EXISTS (
          SELECT 1 FROM plumb.documents AS plumb_d
          WHERE plumb_d.run = {} AND plumb_d.id = {})""",
        run,
        key(of));
  }

  /** As texts, since some types have no equality. */
  Sql holds(Sql column, String type, Optional<String> text) {
    return Sql.of(
        "CAST({} AS text) IS NOT DISTINCT FROM CAST(CAST({} AS {}) AS text)",
        column,
        Sql.value(text.orElse(null)),
        type);
  }

  private Sql key(TextColumns of) {
    return dialect.keyJson(
        of.key().stream().map(k -> Sql.of("{}.{}", of.table(), dialect.quote(k))).toList());
  }

  private String column(TextColumns of, int i) {
    return dialect.quote(of.columns().get(i));
  }

  private static String type(TextColumns of, int i) {
    return of.types().get(i);
  }

  private String property(TextColumns of, int i) {
    return dialect.literal(of.columns().get(i));
  }

  private static Sql each(TextColumns of, Function<Integer, Sql> part) {
    List<Sql> parts = new ArrayList<>();
    for (int i = 0; i < of.columns().size(); i++) {
      parts.add(part.apply(i));
    }
    return Sql.join(", ", parts);
  }

  private static Sql arrays(TextColumns of, List<TextRow> rows) {
    List<Sql> arrays = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int part = i;
      arrays.add(array(rows, row -> row.address().get(part)));
    }
    arrays.add(array(rows, TextRow::key));
    for (int i = 0; i < of.columns().size(); i++) {
      int column = i;
      arrays.add(array(rows, row -> row.after().get(column)));
    }
    return Sql.join(", ", arrays);
  }

  private static Sql array(List<TextRow> rows, Function<TextRow, @Nullable String> value) {
    @Nullable String[] values = new String[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.apply(rows.get(i));
    }
    return Sql.of("CAST({} AS text[])", Sql.value(values));
  }
}
