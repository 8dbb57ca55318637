package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people write into migrations besides the obvious. */
class MigrationSqlTest {
  private static final String SIZES = "says: x\ntable: boxes\nderive: {size: width * 2}\n";

  /** SQLite changes a table by making it anew. */
  private static final String REBUILD =
      """
      PRAGMA foreign_keys = OFF;
      CREATE TABLE new_shelves (id integer PRIMARY KEY, name text NOT NULL);
      INSERT INTO new_shelves SELECT id, name FROM shelves;
      DROP TABLE shelves;
      ALTER TABLE new_shelves RENAME TO shelves;
      PRAGMA foreign_keys = ON;
      """;

  @TempDir private Path folder;

  private static void boxes(TestDatabase database) {
    database.execute(
        "CREATE TABLE boxes (id integer PRIMARY KEY, width integer, size integer)",
        "INSERT INTO boxes (id, width) VALUES (1, 10), (2, 20), (3, 30)");
  }

  private static void shelves(TestDatabase database) {
    database.execute(
        "CREATE TABLE shelves (id integer PRIMARY KEY, name text)",
        "CREATE TABLE books (id integer PRIMARY KEY,"
            + " shelf integer REFERENCES shelves ON DELETE CASCADE)",
        "INSERT INTO shelves VALUES (1, 'a'), (2, 'b')",
        "INSERT INTO books VALUES (1, 1), (2, 2)");
  }

  // --- SQLite ---------------------------------------------------------------------------------

  @Test
  void foreign_keys_that_a_file_switches_off_stay_off_for_the_rest_of_it() {
    try (TestDatabase database = TestDatabase.sqlite()) {
      shelves(database);
      MigrationProject project =
          MigrationProject.in(folder, database).migration("001_rebuild.sql", REBUILD);
      project.cli().callJson(0, "migrate", "--commit");
      assertThat(database.queryValue("SELECT count(*) FROM books")).isEqualTo("2");
      assertThat(database.queryValue("SELECT sql FROM sqlite_schema WHERE name = 'shelves'"))
          .contains("NOT NULL");
    }
  }

  @Test
  void rows_that_lose_what_they_refer_to_fail_the_step() {
    try (TestDatabase database = TestDatabase.sqlite()) {
      shelves(database);
      database.execute("PRAGMA foreign_keys = OFF", "INSERT INTO books VALUES (3, 77)");
      String forgetful = REBUILD.replace("FROM shelves;", "FROM shelves WHERE id = 1;");
      MigrationProject project =
          MigrationProject.in(folder, database).migration("001_rebuild.sql", forgetful);
      JsonNode failed = project.cli().callJson(2, "migrate", "--commit");
      assertThat(failed.get("error").get("what").asText())
          .contains("1 row without the row that a foreign key refers to: books → shelves");
      assertThat(database.queryValue("SELECT count(*) FROM shelves")).isEqualTo("2");

      project.migration("001_rebuild.sql", REBUILD);
      project.cli().callJson(0, "migrate", "--commit");
      assertThat(database.queryValue("SELECT count(*) FROM books")).isEqualTo("3");
    }
  }

  @Test
  void a_table_that_the_undo_rebuilds_gets_its_old_values_afterwards() {
    try (TestDatabase database = TestDatabase.sqlite()) {
      boxes(database);
      MigrationProject project =
          MigrationProject.in(folder, database)
              .invariant("sizes", SIZES)
              .migration(
                  "001_sizes.sql",
                  """
                  -- plumb:backfill sizes
                  -- plumb:constrain
                  CREATE TABLE made (id integer PRIMARY KEY, width integer, size integer NOT NULL);
                  INSERT INTO made SELECT * FROM boxes;
                  DROP TABLE boxes;
                  ALTER TABLE made RENAME TO boxes;
                  -- plumb:undo
                  CREATE TABLE made (id integer PRIMARY KEY, width integer, size integer);
                  INSERT INTO made SELECT * FROM boxes;
                  DROP TABLE boxes;
                  ALTER TABLE made RENAME TO boxes;
                  """);
      project.cli().callJson(0, "migrate", "--commit");
      assertThat(database.queryValue("SELECT sum(size) FROM boxes")).isEqualTo("120");
      project.cli().callJson(0, "undo", "--commit");
      assertThat(database.queryValue("SELECT count(*) FROM boxes")).isEqualTo("3");
      assertThat(database.queryValue("SELECT count(size) FROM boxes")).isEqualTo("0");
    }
  }

  // --- PostgreSQL -----------------------------------------------------------------------------

  @Test
  void a_role_and_a_search_path_of_the_files_own_keep_it_from_nothing() {
    try (TestDatabase database = TestDatabase.postgres()) {
      boxes(database);
      String role = "role_of_" + database.queryValue("SELECT current_database()");
      database.execute(
          "CREATE ROLE \"" + role + "\"",
          "GRANT CREATE, USAGE ON SCHEMA public TO \"" + role + "\"");
      MigrationProject project =
          MigrationProject.in(folder, database)
              .invariant("sizes", SIZES)
              .migration(
                  "001_role.sql",
                  """
                  -- plumb:expect 3 rows violate sizes
                  -- plumb:schema
                  SELECT pg_catalog.set_config('search_path', '', false);
                  SET ROLE "ROLE";
                  CREATE TABLE public.owned (id integer);
                  CREATE INDEX CONCURRENTLY owned_id ON public.owned (id);
                  CREATE TABLE public.owned_as_well (id integer);
                  -- plumb:backfill sizes
                  -- plumb:document
                  COMMENT ON TABLE public.owned IS 'by another role';
                  """
                      .replace("ROLE\"", role + "\""));
      try {
        project.cli().callJson(0, "migrate", "--commit");
        assertThat(
                database.queryValue(
                    "SELECT count(*) FROM pg_class WHERE relname LIKE 'owned%'"
                        + " AND relowner::regrole::text LIKE '%role_of_%'"))
            .isEqualTo("3");
      } finally {
        database.execute("DROP OWNED BY \"" + role + "\"", "DROP ROLE \"" + role + "\"");
      }
    }
  }

  @Test
  void a_statement_may_return_more_rows_than_fit_into_memory() {
    try (TestDatabase database = TestDatabase.postgres()) {
      MigrationProject project =
          MigrationProject.in(folder, database)
              .migration(
                  "001_large.sql",
                  """
                  CREATE SEQUENCE counted;
                  SELECT nextval('counted'), repeat('x', 10000) FROM generate_series(1, 200000);
                  """);
      project.cli().callJson(0, "migrate", "--commit");
      assertThat(database.queryValue("SELECT last_value FROM counted")).isEqualTo("200000");
    }
  }

  @Test
  void a_large_file_is_taken_apart_in_time() {
    try (TestDatabase database = TestDatabase.postgres()) {
      boxes(database);
      String filling =
          IntStream.rangeClosed(1, 20_000)
              .mapToObj(i -> "INSERT INTO boxes VALUES (" + (100 + i) + ", 1); -- row " + i + "\n")
              .collect(Collectors.joining());
      MigrationProject project =
          MigrationProject.in(folder, database)
              .migration("001_large.sql", filling + "INSERT INTO boxes VALUES (1, 1);\n");
      JsonNode failed = project.cli().callJson(2, "migrate", "--commit");
      assertThat(failed.get("error").get("what").asText()).contains("001_large.sql:20001:1");
    }
  }

  @Test
  void what_a_do_block_swallows_is_named_with_its_place() {
    try (TestDatabase database = TestDatabase.postgres()) {
      MigrationProject project =
          MigrationProject.in(folder, database)
              .migration(
                  "001_swallows.sql",
                  """
                  DO $$
                  BEGIN
                    CREATE TABLE lost (id integer);
                    RAISE EXCEPTION 'no';
                  EXCEPTION WHEN OTHERS THEN NULL;
                  END $$;
                  """);
      JsonNode failed = project.cli().callJson(2, "migrate", "--commit");
      assertThat(failed.get("error").get("what").asText())
          .contains("001_swallows.sql:3:3: ")
          .contains("table lost missing");
    }
  }

  @Test
  void a_failure_of_any_code_is_the_statements() {
    try (TestDatabase database = TestDatabase.postgres()) {
      MigrationProject project =
          MigrationProject.in(folder, database)
              .migration(
                  "001_own_code.sql",
                  "DO $$ BEGIN RAISE EXCEPTION 'not today' USING ERRCODE = 'AB123'; END $$;\n");
      JsonNode failed = project.cli().callJson(2, "migrate", "--commit");
      assertThat(failed.get("error").get("what").asText()).contains("not today");

      project.migration("001_own_code.sql", "DO $$ BEGIN COMMIT; END $$;\n");
      JsonNode commits = project.cli().callJson(2, "migrate", "--commit");
      assertThat(commits.get("error").get("next").asText()).contains("without COMMIT");
    }
  }

  // --- both -----------------------------------------------------------------------------------

  /** The last row is one that the function refuses. */
  @OnEachDatabase
  void a_query_runs_to_its_end(TestDatabase database) {
    boxes(database);
    database.execute("INSERT INTO boxes (id, width) VALUES (9, 2)");
    boolean sqlite = database.url().startsWith("jdbc:sqlite");
    String refusing = sqlite ? "abs(8 - id - 9223372036854775807)" : "1 / (9 - id)";
    MigrationProject project =
        MigrationProject.in(folder, database)
            .migration(
                "001_query.sql",
                "SELECT CASE WHEN id = 9 THEN "
                    + refusing
                    + " ELSE 0 END FROM boxes ORDER BY id;\n");
    Cli.Result result = project.cli().call("migrate", "--commit");
    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(2);
  }

  @OnEachDatabase
  void a_file_without_a_statement_is_shown_as_such(TestDatabase database) {
    boxes(database);
    MigrationProject project =
        MigrationProject.in(folder, database).migration("001_empty.sql", "-- nothing yet\n");
    assertThat(project.cli().call("migrate").out()).contains("no statement and no step");
  }

  @OnEachDatabase
  void a_file_that_would_be_passed_over_is_refused(TestDatabase database) {
    boxes(database);
    MigrationProject project =
        MigrationProject.in(folder, database).migration("001_LOUD.SQL", "SELECT 1;\n");
    Cli.Result refused = project.cli().call("migrate");
    assertThat(refused.exit()).isEqualTo(78);
    assertThat(refused.err()).contains("001_LOUD.SQL:1:1").contains("lower case");
  }

  @OnEachDatabase
  void the_run_of_a_backfill_tells_whose_step_it_is(TestDatabase database) {
    boxes(database);
    MigrationProject project =
        MigrationProject.in(folder, database)
            .invariant("sizes", SIZES)
            .migration("001_sizes.sql", "-- plumb:backfill sizes\n");
    project.cli().callJson(0, "migrate", "--commit");
    assertThat(project.cli().call("show", "2").out())
        .contains("It is a step of run 1")
        .doesNotContain("rollback 2");
  }
}
