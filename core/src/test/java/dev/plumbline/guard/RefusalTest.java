package dev.plumbline.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ProjectException;
import dev.plumbline.testkit.TestDatabase;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no trigger can keep true is refused, with the reason and what to write instead. */
class RefusalTest {
  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void tables() {
    database.execute(
        "CREATE TABLE p (id int PRIMARY KEY, a int, b text, n int, t timestamptz,"
            + " g int GENERATED ALWAYS AS (a + 1) STORED)",
        "CREATE TABLE c (id int PRIMARY KEY, p_id int, x int, ks int[])",
        "CREATE TABLE parts (id int PRIMARY KEY, p_id int, x int) PARTITION BY RANGE (id)",
        "CREATE TABLE part1 PARTITION OF parts FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE keyless (p_id int, n int)",
        "CREATE VIEW v AS SELECT * FROM c",
        "CREATE FUNCTION mine(i int) RETURNS int LANGUAGE sql AS 'SELECT i'",
        "CREATE FUNCTION sure(i int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT i'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          derive: {n: (SELECT count(*) FROM c WHERE p_id = p.id)}              | cannot follow a subquery | `from:` and `by:`
          derive: {n: 'CAST(random() AS int)'}                                 | VOLATILE                 | compare with a column
          derive: {b: 'now()'}                                                 | random or STABLE         | compare with a column
          derive: {b: CURRENT_USER}                                            | changes by itself        | compare with a column
          derive: {t: '''today''::timestamptz'}                                | stands for the clock     | compare with a column
          derive: {n: mine(a)}                                                 | VOLATILE                 | declare it IMMUTABLE
          derive: {n: g * 2}                                                   | is generated after       | generated column's expression
          derive: {n: 'sum(a) OVER ()'}                                        | window function          | an aggregate with `from`
          derive: {n: count(*)}~from: v~by: {p_id: id}                         | there is no table        | it is a view
          derive: {n: count(*)}~from: SELECT * FROM v~by: {p_id: id}           | needs a table            | name the tables
          derive: {n: count(*)}~from: SELECT p_id FROM c LIMIT 5~by: {p_id: id} | LIMIT                   | plain SELECT
          derive: {n: count(*)}~from: SELECT p_id FROM c UNION SELECT id FROM c~by: {p_id: id} | UNION    | plain SELECT
          derive: {n: sum(k)}~from: SELECT p_id, count(*) AS k FROM c GROUP BY 1~by: {p_id: id} | GROUP BY | aggregate in `derive`
          derive: {n: count(*)}~from: SELECT c.p_id FROM c JOIN keyless k ON k.p_id = c.p_id~by: {p_id: id} | cannot follow a join | one of the tables first
          derive: {n: count(*)}~from: SELECT p_id FROM (SELECT * FROM c) AS q~by: {p_id: id} | a query in FROM | plain SELECT
          derive: {n: count(*)}~from: parts~by: {p_id: id}                     | partitioned              | scheduled repair
          derive: {n: count(*)}~from: part1~by: {p_id: id}                     | partitioned              | scheduled repair
          derive: {n: count(*)}~from: p~by: {a: id}                            | the guard's own writes   | another table
          derive: {n: count(*)}~from: c~by: {p_id: g}                          | generated after          | generated from
          derive: {n: count(*)}~from: c~by: {p_id: id}~where: t > now()        | STABLE                   | compare with a column
          derive: {n: count(*)}~from: c~by: {p_id: id}~where: EXISTS (SELECT 1 FROM c) | cannot follow a subquery | columns of the row
          """)
  void is_refused(String yaml, String what, String instead) {
    Guarding guarding = Guarding.of(database, "table: p\n" + yaml.replace("~", "\n") + "\n");
    assertThatThrownBy(guarding::plan)
        .isInstanceOfSatisfying(
            ProjectException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.PROJECT);
              assertThat(e.problems())
                  .anySatisfy(
                      p -> {
                        assertThat(p.what()).contains(what.replaceFirst("^random or ", ""));
                        assertThat(p.suggestion().orElse("")).contains(instead);
                      });
            });
  }

  @ParameterizedTest
  @CsvSource({
    "citext, text",
    "text, citext",
    "text COLLATE loose, text",
    "text, text COLLATE loose",
    "float8, bigint",
    "numeric, real"
  })
  void keys_of_which_one_side_calls_more_equal_are_refused(String source, String target) {
    database.execute(
        "CREATE EXTENSION citext",
        "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
        "CREATE TABLE parent (id int PRIMARY KEY, k %s, n int)".formatted(target),
        "CREATE TABLE child (k %s)".formatted(source));
    Guarding guarding =
        Guarding.of(database, "table: parent\nderive: {n: count(*)}\nfrom: child\nby: k\n");
    assertThatThrownBy(guarding::plan).hasMessageContaining("do not call the same keys equal");
  }

  @Test
  void a_table_without_key_is_refused() {
    Guarding guarding =
        Guarding.of(database, "table: keyless\nderive: {n: count(*)}\nfrom: c\nby: p_id\n");
    assertThatThrownBy(guarding::plan).hasMessageContaining("has no key");
  }

  @Test
  void what_follows_from_the_row_is_taken_with_functions_and_types_of_ones_own() {
    database.execute(
        "CREATE TYPE mood AS ENUM ('low', 'high')",
        "CREATE TABLE m (id int PRIMARY KEY, a int, b text, feeling mood)");
    Guarding.installed(
            database,
            """
            table: m
            derive:
              a: sure(id) + length(b)
              feeling: "CAST(CASE WHEN id > 5 THEN 'high' ELSE 'low' END AS mood)"
            """)
        .holdsAfter("INSERT INTO m (id, b) VALUES (1, 'x'), (9, 'yy')", "UPDATE m SET a = 0");
    assertThat(database.query("SELECT a, feeling FROM m ORDER BY id").toString())
        .isEqualTo("[[2, low], [11, high]]");
  }

  @Test
  void a_schema_open_to_everybody_is_no_place_for_what_the_guard_calls() {
    database.execute("GRANT CREATE ON SCHEMA public TO PUBLIC");
    Guarding guarding = Guarding.of(database, "table: p\nderive: {n: sure(a)}\n");
    assertThatThrownBy(guarding::plan).hasMessageContaining("everybody may make objects");
  }

  @Test
  void hidden_rows_are_refused() {
    database.execute("ALTER TABLE c ENABLE ROW LEVEL SECURITY");
    var role = database.role("SELECT ON p, c");
    Guards guards =
        new Guards(
            dev.plumbline.database.Database.of(dev.plumbline.database.JdbcUrl.parse(role.url())),
            dev.plumbline.execution.Settings.standard());
    Guarding guarding =
        Guarding.of(database, "table: p\nderive: {n: count(*)}\nfrom: c\nby: {p_id: id}\n");
    assertThatThrownBy(() -> guards.plan(guarding.invariant()))
        .hasMessageContaining("row-level security hides rows of c");
  }
}
