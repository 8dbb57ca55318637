package dev.plumbline.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.dialect.Sql;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Column.Comparison;
import dev.plumbline.schema.Table;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresCatalogTest {
  private TestDatabase database;
  private Session session;
  private Catalog catalog;

  @BeforeEach
  void open() {
    database = TestDatabase.postgres();
    session = Database.of(JdbcUrl.parse(database.url())).openForReading(Timeouts.READING);
    catalog = Database.catalog(session);
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  @Test
  void a_described_column_has_a_type_that_a_cast_understands() {
    database.execute(
        "CREATE SCHEMA \"Odd\"",
        "CREATE TYPE \"Odd\".\"Mood\" AS ENUM ('fine')",
        """
        CREATE TABLE t (id bigserial, n serial, mood "Odd"."Mood", name varchar(5), tags text[],
          doc json, price numeric(5, 2))""");
    Sql query =
        Sql.of("SELECT id, n, mood, name, tags, doc, price, 'x' AS x, NULL AS none, id FROM t");
    assertThat(catalog.describe(query))
        .extracting(Column::type)
        .containsExactly(
            "bigint",
            "integer",
            "\"Odd\".\"Mood\"",
            "character varying",
            "text[]",
            "json",
            "numeric",
            "text",
            "text",
            "bigint");
    for (Column column : catalog.describe(query)) {
      assertThat(session.query(Sql.of("SELECT CAST(NULL AS {})", column.type()), row -> 1))
          .hasSize(1);
    }
    assertThat(catalog.describe(query)).extracting(Column::name).contains("mood", "none");
    assertThat(catalog.describe(Sql.of("SELECT pg_sleep(60)"))).hasSize(1);
  }

  @Test
  void compares_exactly_what_the_types_equality_does_not() {
    database.execute(
        "CREATE COLLATION ignoring_case (provider = icu, locale = 'und-u-ks-level2', deterministic"
            + " = false)",
        "CREATE TABLE t (id integer, name text COLLATE ignoring_case, plain text, doc json, p point)");
    Table table = catalog.findTable("t").orElseThrow();
    assertThat(table.columns())
        .extracting(Column::exact)
        .containsExactly(
            Comparison.PLAIN, Comparison.BYTES, Comparison.PLAIN, Comparison.TEXT, Comparison.TEXT);
  }

  @Test
  void a_domain_is_compared_as_what_it_stands_for() {
    database.execute("CREATE DOMAIN document AS json", "CREATE TABLE t (d document)");
    assertThat(catalog.findTable("t").orElseThrow().columns().getFirst().exact())
        .isEqualTo(Comparison.TEXT);
  }

  @Test
  void follows_the_search_path_and_finds_partitioned_tables() {
    database.execute(
        "CREATE SCHEMA other",
        "CREATE TABLE other.t (id integer PRIMARY KEY)",
        "CREATE TABLE parts (id integer PRIMARY KEY) PARTITION BY RANGE (id)");
    assertThat(catalog.findTable("t")).isEmpty();
    assertThat(catalog.findTable("other.t").orElseThrow().sql()).isEqualTo("\"other\".\"t\"");
    assertThat(catalog.findTable("Other.T")).isPresent();
    assertThat(catalog.findTable("parts").orElseThrow().primaryKey()).containsExactly("id");
    assertThat(catalog.tableNames()).containsExactlyInAnyOrder("other.t", "parts");
  }

  @Test
  void a_deferrable_key_is_none_to_rely_on() {
    database.execute("CREATE TABLE t (a integer, b integer UNIQUE DEFERRABLE, c integer UNIQUE)");
    assertThat(catalog.findTable("t").orElseThrow().uniqueKeys()).containsExactly(List.of("c"));
  }

  @Test
  void triggers_are_those_of_rows_that_are_enabled() {
    database.execute(
        "CREATE TABLE t (id integer)",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$",
        "CREATE TRIGGER of_rows AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()",
        "CREATE TRIGGER of_statement AFTER UPDATE ON t EXECUTE FUNCTION f()",
        "CREATE TRIGGER off AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()",
        "ALTER TABLE t DISABLE TRIGGER off");
    assertThat(catalog.findTable("t").orElseThrow().triggers()).containsExactly("of_rows");
  }
}
