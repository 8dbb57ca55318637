package dev.plumbline.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.dialect.TextWriting.AtOnce;
import dev.plumbline.dialect.TextWriting.OneByOne;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The statements that write documents into rows, to the letter. */
class TextWritingTest {
  private static final TextColumns COLUMNS =
      new TextColumns(
          "\"shop\".\"o\"\"x\"",
          List.of("a", "b"),
          List.of("INTEGER", "TEXT"),
          List.of("do'c", "at"),
          List.of("jsonb", "timestamp with time zone"),
          false);

  private static final TextColumns WITH_TRIGGERS =
      new TextColumns(
          "\"t\"", List.of("id"), List.of("INTEGER"), List.of("doc"), List.of("TEXT"), true);

  private static final TextRow ROW =
      new TextRow(
          "[\"17\",\"x\"]",
          List.of("16384", "(0,1)", "745"),
          Arrays.asList("{}", null),
          Arrays.asList("{\"n\":1}", "2026-11-21"));

  @Test
  void postgresql_writes_all_rows_by_their_places_and_keeps_what_it_has_itself() {
    AtOnce written = (AtOnce) new PostgresDialect().writeTexts(COLUMNS, List.of(ROW), 7, 3);
    assertThat(written.statement())
        .hasToString(
            """
            WITH plumb_after AS (
              UPDATE "shop"."o""x" SET "do'c" = CAST(v.plumb_a1 AS jsonb), "at" = CAST(v.plumb_a2 AS timestamp with time zone)
              FROM (
                SELECT plumb_was.tableoid AS plumb_table, plumb_was.ctid AS plumb_row,
                  plumb_new.key AS plumb_key, plumb_new.a1 AS plumb_a1, CAST(plumb_was."do'c" AS text) AS plumb_b1, plumb_new.a2 AS plumb_a2, CAST(plumb_was."at" AS text) AS plumb_b2
                FROM unnest(CAST($1 AS text[]), CAST($2 AS text[]), CAST($3 AS text[]), CAST($4 AS text[]), CAST($5 AS text[]), CAST($6 AS text[])) AS plumb_new ("table", row, version, key, a1, a2)
                JOIN "shop"."o""x" AS plumb_was ON plumb_was.ctid = CAST(plumb_new.row AS tid)
                  AND plumb_was.tableoid = CAST(plumb_new."table" AS oid)
                  AND plumb_was.xmin = CAST(plumb_new.version AS xid)) AS v
              WHERE "shop"."o""x".ctid = v.plumb_row AND "shop"."o""x".tableoid = v.plumb_table
              RETURNING v.plumb_key, v.plumb_b1, CAST("shop"."o""x"."do'c" AS text) AS plumb_c1, v.plumb_b2, CAST("shop"."o""x"."at" AS text) AS plumb_c2)
            INSERT INTO plumb.documents (run, id, batch, state, before, after)
            SELECT 7, plumb_key, 3, 'written',
              CAST(json_build_object('do''c', plumb_b1, 'at', plumb_b2) AS text),
              CAST(json_build_object('do''c', plumb_c1, 'at', plumb_c2) AS text)
            FROM plumb_after
            ON CONFLICT (run, id) DO UPDATE SET batch = excluded.batch, state = excluded.state,
              before = excluded.before, after = excluded.after
            RETURNING id""");
    assertThat(written.statement().values()).hasSize(6);
    assertThat((String[]) written.statement().values().get(4)).containsExactly("{\"n\":1}");
  }

  @Test
  void postgresql_knows_a_row_that_it_wrote_by_its_transaction_or_else_by_its_image() {
    Dialect dialect = new PostgresDialect();
    assertThat(dialect.asWritten(COLUMNS, 7))
        .hasToString(
            "\"shop\".\"o\"\"x\".xmin IN (SELECT plumb_b.xmin FROM plumb.batches AS plumb_b WHERE"
                + " plumb_b.run = 7)");
    assertThat(dialect.asWritten(WITH_TRIGGERS, 7))
        .hasToString(
            """
            EXISTS (
              SELECT 1 FROM plumb.documents AS plumb_d
              WHERE plumb_d.run = 7 AND plumb_d.id = ('[' || to_json(CAST("t"."id" AS text)) || ']')
                AND plumb_d.after = CAST(json_build_object('doc', CAST("t"."doc" AS text)) AS text))""");
  }

  @Test
  void what_a_column_holds_is_compared_as_its_type_stores_it() {
    Sql column = Sql.of("{}.{}", "\"t\"", "\"at\"");
    Sql postgres = new PostgresDialect().holds(column, "timestamp(3)", Optional.of("now"));
    assertThat(postgres)
        .hasToString(
            "CAST(\"t\".\"at\" AS text) IS NOT DISTINCT FROM CAST(CAST($1 AS timestamp(3)) AS text)");
    assertThat(postgres.values()).containsExactly("now");
    Sql sqlite = new SqliteDialect().holds(column, "INTEGER", Optional.empty());
    assertThat(sqlite).hasToString("\"t\".\"at\" COLLATE BINARY IS $1");
    assertThat(sqlite.values()).containsOnlyNulls();
    assertThat(new PostgresDialect().fireDeferred().orElseThrow())
        .hasToString("SET CONSTRAINTS ALL IMMEDIATE");
    assertThat(new SqliteDialect().fireDeferred()).isEmpty();
  }

  @Test
  void sqlite_writes_row_by_row_where_the_texts_are_as_they_were_read() {
    OneByOne written = (OneByOne) new SqliteDialect().writeTexts(COLUMNS, List.of(ROW), 7, 3);
    assertThat(written.keep().getFirst())
        .hasToString(
            """
            INSERT INTO plumb_documents (run, id, batch, state, before, after)
            SELECT 7, $1, 3, 'written', json_object('do''c', CASE typeof("shop"."o""x"."do'c") WHEN 'blob' THEN 'x''' || hex("shop"."o""x"."do'c") || '''' ELSE CAST("shop"."o""x"."do'c" AS TEXT) END, 'at', CASE typeof("shop"."o""x"."at") WHEN 'blob' THEN 'x''' || hex("shop"."o""x"."at") || '''' ELSE CAST("shop"."o""x"."at" AS TEXT) END), json_object('do''c', $2, 'at', $3)
            FROM "shop"."o""x" WHERE "shop"."o""x"."a" = $4 AND "shop"."o""x"."b" = $5 AND CASE typeof("shop"."o""x"."do'c") WHEN 'blob' THEN 'x''' || hex("shop"."o""x"."do'c") || '''' ELSE CAST("shop"."o""x"."do'c" AS TEXT) END IS $6 AND CASE typeof("shop"."o""x"."at") WHEN 'blob' THEN 'x''' || hex("shop"."o""x"."at") || '''' ELSE CAST("shop"."o""x"."at" AS TEXT) END IS $7
            ON CONFLICT (run, id) DO UPDATE SET batch = excluded.batch, state = excluded.state,
              before = excluded.before, after = excluded.after""");
    assertThat(written.keep().getFirst().values())
        .containsExactly("[\"17\",\"x\"]", "{\"n\":1}", "2026-11-21", 17L, "x", "{}", null);
    assertThat(written.write().getFirst())
        .hasToString(
            "UPDATE \"shop\".\"o\"\"x\" SET \"do'c\" = $1, \"at\" = $2 WHERE"
                + " \"shop\".\"o\"\"x\".\"a\" = $3 AND \"shop\".\"o\"\"x\".\"b\" = $4");
    assertThat(written.note()).isEmpty();
  }

  @Test
  void sqlite_looks_again_at_what_triggers_may_have_made_of_a_row() {
    TextRow row =
        new TextRow("[\"17\"]", List.of(), Arrays.asList("{}"), Arrays.asList("{\"n\":1}"));
    OneByOne written = (OneByOne) new SqliteDialect().writeTexts(WITH_TRIGGERS, List.of(row), 7, 3);
    assertThat(written.note().getFirst())
        .hasToString(
            """
            UPDATE plumb_documents SET after = (SELECT json_object('doc', CASE typeof("t"."doc") WHEN 'blob' THEN 'x''' || hex("t"."doc") || '''' ELSE CAST("t"."doc" AS TEXT) END) FROM "t" WHERE "t"."id" = $1)
            WHERE run = 7 AND id = $2""");
  }
}
