package dev.plumbline.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.dialect.Sql;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Column.Comparison;
import dev.plumbline.schema.Index;
import dev.plumbline.schema.Table;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SqliteCatalogTest {
  private TestDatabase database;
  private Session session;
  private Catalog catalog;

  @BeforeEach
  void open() {
    database = TestDatabase.sqlite();
    database.execute("PRAGMA user_version = 1");
    session = Database.of(JdbcUrl.parse(database.url())).openForReading(Timeouts.READING);
    catalog = Database.catalog(session);
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  private Table table(String ddl, String name) {
    database.runScript(ddl, Map.of());
    return catalog.findTable(name).orElseThrow();
  }

  @Test
  void a_columns_type_is_its_affinity() {
    Table table =
        table(
            """
            CREATE TABLE t (a INT, b BIGINT UNSIGNED, c VARCHAR(20), d "native character"(5), e CLOB,
              f BLOB, g, h REAL, i DOUBLE PRECISION, j DECIMAL(5, 2), k DATETIME, l BOOLEAN, m ANY,
              n "FLOATING POINT")""",
            "t");
    assertThat(table.columns().stream().map(Column::type))
        .containsExactly(
            "INTEGER", "INTEGER", "TEXT", "TEXT", "TEXT", "BLOB", "BLOB", "REAL", "REAL", "NUMERIC",
            "NUMERIC", "NUMERIC", "NUMERIC", "INTEGER");
  }

  @Test
  void any_in_a_strict_table_has_no_affinity() {
    Table table = table("CREATE TABLE t (id INTEGER PRIMARY KEY, v ANY, n INT) STRICT", "t");
    assertThat(table.columns().stream().map(Column::type))
        .containsExactly("INTEGER", "BLOB", "INTEGER");
  }

  @Test
  void the_rows_own_number_is_never_null_but_other_primary_keys_may_be() {
    assertThat(table("CREATE TABLE a (id INTEGER PRIMARY KEY)", "a").columns().getFirst().notNull())
        .isTrue();
    assertThat(table("CREATE TABLE b (id TEXT PRIMARY KEY)", "b").columns().getFirst().notNull())
        .isFalse();
    assertThat(
            table("CREATE TABLE c (id TEXT PRIMARY KEY) WITHOUT ROWID", "c")
                .columns()
                .getFirst()
                .notNull())
        .isTrue();
    assertThat(table("CREATE TABLE d (x TEXT)", "d").primaryKey()).isEmpty();
  }

  @Test
  void text_is_compared_by_bytes_where_a_collation_may_say_otherwise() {
    Table collated =
        table("CREATE TABLE t (id INTEGER, a TEXT COLLATE NOCASE, b DATE, c REAL)", "t");
    assertThat(collated.columns().stream().map(Column::exact))
        .containsExactly(Comparison.PLAIN, Comparison.BYTES, Comparison.BYTES, Comparison.PLAIN);
    assertThat(table("CREATE TABLE u (a TEXT /* COLLATE */)", "u").columns())
        .allMatch(c -> c.exact() == Comparison.PLAIN);
    assertThat(catalog.describe(Sql.of("SELECT id, a, lower(a) FROM t")))
        .extracting(Column::exact)
        .containsExactly(Comparison.PLAIN, Comparison.BYTES, Comparison.BYTES);
  }

  @Test
  void a_described_expression_has_no_affinity() {
    table("CREATE TABLE t (id INTEGER, name VARCHAR(20), price DECIMAL(5, 2))", "t");
    assertThat(
            catalog.describe(
                Sql.of(
                    """
                    WITH x AS (SELECT id, name, price, count(*) AS n FROM t)
                    SELECT x.id, name AS label, price, n, name || '', {} FROM x""",
                    Sql.value(7))))
        .extracting(Column::type)
        .containsExactly("INTEGER", "TEXT", "NUMERIC", "BLOB", "BLOB", "BLOB");
  }

  @Test
  void knows_triggers_and_keeps_internal_tables_to_itself() {
    Table table =
        table(
            """
            CREATE TABLE T (id INTEGER PRIMARY KEY AUTOINCREMENT);
            CREATE TABLE plumb_runs (id INTEGER);
            CREATE TRIGGER one AFTER INSERT ON t BEGIN SELECT 1; END;
            CREATE TRIGGER another BEFORE DELETE ON "T" BEGIN SELECT 1; END""",
            "t");
    assertThat(table.sql()).isEqualTo("\"main\".\"T\"");
    assertThat(table.triggers()).containsExactly("another", "one");
    assertThat(catalog.tableNames()).containsExactly("T");
    assertThat(catalog.findTable("main.t")).contains(table);
    assertThat(catalog.findTable("sqlite_schema")).isEmpty();
  }

  @Test
  void an_index_of_a_constraint_gets_the_statement_that_would_make_it() {
    Table table =
        table(
            "CREATE TABLE \"my t\" (id TEXT PRIMARY KEY, \"a b\" TEXT, c INT, UNIQUE (\"a b\", c))",
            "my t");
    assertThat(catalog.indexes(table).stream().map(Index::definition))
        .containsExactly(
            "CREATE UNIQUE INDEX \"sqlite_autoindex_my t_1\" ON \"my t\" (id)",
            "CREATE UNIQUE INDEX \"sqlite_autoindex_my t_2\" ON \"my t\" (\"a b\", c)");
  }

  @Test
  void a_reference_without_columns_means_the_primary_key() {
    Table table =
        table(
            """
            CREATE TABLE parent (code TEXT PRIMARY KEY);
            CREATE TABLE child (p REFERENCES Parent ON DELETE SET DEFAULT)""",
            "parent");
    assertThat(table.referencedBy()).hasSize(1);
    assertThat(table.referencedBy().getFirst().referenced()).isEqualTo(List.of("code"));
  }
}
