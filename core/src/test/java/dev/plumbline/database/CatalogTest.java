package dev.plumbline.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.dialect.Sql;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.ForeignKey;
import dev.plumbline.schema.ForeignKey.OnDelete;
import dev.plumbline.schema.Index;
import dev.plumbline.schema.IndexDefinition;
import dev.plumbline.schema.Table;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import java.util.function.Consumer;

/** What both catalogues say of the same schema. */
class CatalogTest {

  private static void on(TestDatabase database, String ddl, Consumer<Catalog> asks) {
    database.runScript(ddl, java.util.Map.of());
    try (Session session =
        Database.of(JdbcUrl.parse(database.url())).openForReading(Timeouts.READING)) {
      session.transaction(
          () -> {
            asks.accept(Database.catalog(session));
            return 0;
          });
    }
  }

  @OnEachDatabase
  void finds_a_table_with_its_columns_and_keys(TestDatabase database) {
    on(
        database,
        """
        CREATE TABLE enrollment (
          student_id integer NOT NULL, course_id integer NOT NULL, code varchar(20) NOT NULL,
          a integer, b integer, twice integer GENERATED ALWAYS AS (a * 2) STORED,
          PRIMARY KEY (course_id, student_id), UNIQUE (code), UNIQUE (b, a));
        CREATE UNIQUE INDEX partial_one ON enrollment (a) WHERE a > 5;
        CREATE UNIQUE INDEX of_expression ON enrollment (lower(code));
        CREATE INDEX not_unique ON enrollment (a)""",
        catalog -> {
          Table table = catalog.findTable("enrollment").orElseThrow();
          assertThat(table.name()).isEqualTo("enrollment");
          assertThat(table.columnNames())
              .containsExactly("student_id", "course_id", "code", "a", "b", "twice");
          assertThat(table.primaryKey()).containsExactly("course_id", "student_id");
          assertThat(table.uniqueKeys())
              .containsExactlyInAnyOrder(List.of("code"), List.of("b", "a"));
          assertThat(table.columns().stream().filter(Column::notNull).map(Column::name))
              .containsExactly("student_id", "course_id", "code");
          assertThat(table.writable().stream().map(Column::name))
              .doesNotContain("twice")
              .hasSize(5);
          assertThat(table.triggers()).isEmpty();
          assertThat(table.referencedBy()).isEmpty();
        });
  }

  @OnEachDatabase
  void finds_tables_as_sql_would(TestDatabase database) {
    on(
        database,
        """
        CREATE TABLE plain (Id integer PRIMARY KEY);
        CREATE TABLE "Odd Name" (id integer PRIMARY KEY);
        CREATE VIEW a_view AS SELECT 1 AS x;
        CREATE TABLE keyless (x integer)""",
        catalog -> {
          for (String written : List.of("plain", "PLAIN", "\"plain\"")) {
            assertThat(catalog.findTable(written)).as(written).isPresent();
          }
          for (String written : List.of("Odd Name", "\"Odd Name\"")) {
            Table odd = catalog.findTable(written).orElseThrow();
            assertThat(odd.name()).as(written).isEqualTo("Odd Name");
            assertThat(odd.label()).as(written).isEqualTo("Odd Name");
            assertThat(odd.written()).as(written).isEqualTo("\"Odd Name\"");
            assertThat(catalog.findTable(odd.sql())).contains(odd);
          }
          for (String written :
              List.of("missing", "nowhere.plain", "a_view", "", "\"", "a.b.c.d")) {
            assertThat(catalog.findTable(written)).as(written).isEmpty();
          }
          assertThat(catalog.findTable("plain").orElseThrow().findColumn("ID")).isPresent();
          assertThat(catalog.findTable("keyless").orElseThrow().primaryKey()).isEmpty();
          assertThat(catalog.tableNames())
              .containsExactlyInAnyOrder("Odd Name", "a_view", "keyless", "plain");
        });
  }

  @OnEachDatabase
  void tells_who_refers_to_a_table_and_what_a_delete_does(TestDatabase database) {
    on(
        database,
        """
        CREATE TABLE parent (a integer, b integer, PRIMARY KEY (a, b));
        CREATE TABLE refuses (x integer, y integer, FOREIGN KEY (y, x) REFERENCES parent (a, b));
        CREATE TABLE "cascade" (x integer, y integer,
          FOREIGN KEY (x, y) REFERENCES parent ON DELETE CASCADE);
        CREATE TABLE sets (x integer, y integer,
          FOREIGN KEY (x, y) REFERENCES parent ON DELETE SET NULL ON UPDATE CASCADE)""",
        catalog -> {
          List<ForeignKey> keys = catalog.findTable("parent").orElseThrow().referencedBy();
          assertThat(keys.stream().map(ForeignKey::onDelete))
              .containsExactly(OnDelete.CASCADES, OnDelete.REFUSES, OnDelete.SETS);
          assertThat(keys.get(0).columns()).containsExactly("x", "y");
          assertThat(keys.get(0).referenced()).containsExactly("a", "b");
          assertThat(keys.get(1).columns()).containsExactly("y", "x");
          assertThat(catalog.findTable(keys.get(0).table()).orElseThrow().name())
              .isEqualTo("cascade");
        });
  }

  @OnEachDatabase
  void describes_a_query_without_running_it(TestDatabase database) {
    on(
        database,
        "CREATE TABLE t (id integer PRIMARY KEY, name text); INSERT INTO t VALUES (7, 'x')",
        catalog ->
            assertThat(
                    catalog.describe(
                        Sql.of("SELECT id AS \"The Id\", name, 1/(id - 7) AS n FROM t")))
                .extracting(Column::name)
                .containsExactly("The Id", "name", "n"));
  }

  @OnEachDatabase
  void lists_indexes_so_that_they_can_be_compared(TestDatabase database) {
    on(
        database,
        """
        CREATE TABLE goals (id integer, user_id integer, status text, note text, UNIQUE (note, id));
        CREATE INDEX idx_goals_user_status ON goals (user_id, status);
        CREATE UNIQUE INDEX one_active ON goals (user_id) WHERE status = 'active';
        CREATE INDEX by_lower ON goals (lower(note), id DESC)""",
        catalog -> {
          Table goals = catalog.findTable("goals").orElseThrow();
          assertThat(catalog.indexes(goals)).hasSize(4).allMatch(Index::valid);
          for (String statement :
              List.of(
                  "CREATE INDEX other_name ON goals (user_id, status)",
                  "create unique index one_active on goals (user_id) where status = 'active'",
                  "CREATE INDEX by_lower ON goals(lower(note), id DESC)",
                  "CREATE UNIQUE INDEX i ON goals (note, id)")) {
            IndexDefinition wanted = IndexDefinition.parse(statement).orElseThrow();
            assertThat(catalog.indexes(goals))
                .as(statement)
                .filteredOn(i -> IndexDefinition.parse(i.definition()).orElseThrow().sameAs(wanted))
                .hasSize(1);
          }
          assertThat(catalog.findIndex("idx_goals_user_status").orElseThrow().table())
              .isEqualTo("goals");
          assertThat(catalog.findIndex("IDX_GOALS_USER_STATUS")).isPresent();
          assertThat(catalog.findIndex("missing")).isEmpty();
        });
  }
}
