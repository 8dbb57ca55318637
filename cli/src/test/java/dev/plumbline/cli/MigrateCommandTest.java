package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.Until;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumb migrate} and {@code plumb undo} on each database, and what only PostgreSQL has. */
class MigrateCommandTest {
  private static final String SIZES = "says: x\ntable: boxes\nderive: {size: width * 2}\n";

  private static final String SIX_STEPS =
      """
      -- plumb:expect 3 rows violate sizes
      -- plumb:schema
      ALTER TABLE boxes ADD COLUMN size integer;
      CREATE TABLE "box's log" (id integer PRIMARY KEY, note text);
      -- plumb:backfill sizes
      -- plumb:verify sizes
      -- plumb:constrain
      CREATE UNIQUE INDEX boxes_size ON boxes (size);
      -- plumb:document
      -- nothing to run here
      -- plumb:undo
      DROP INDEX boxes_size;
      DROP TABLE "box's log";
      ALTER TABLE boxes DROP COLUMN size;
      """;

  @TempDir private Path folder;

  private static void boxes(TestDatabase database) {
    database.execute(
        "CREATE TABLE boxes (id integer PRIMARY KEY, width integer)",
        "INSERT INTO boxes VALUES (1, 10), (2, 20), (3, 30)");
  }

  private static List<String> states(JsonNode document) {
    return Reports.texts(document.get("migrations"), "state");
  }

  @OnEachDatabase
  void six_steps_there_and_back(TestDatabase database) {
    boxes(database);
    MigrationProject project =
        MigrationProject.in(folder, database)
            .invariant("sizes", SIZES)
            .migration("001_sizes.sql", SIX_STEPS)
            .migration("V2__more.sql", "CREATE TABLE more (id integer);\n");
    JsonNode plan = project.cli().callJson(0, "migrate");
    assertThat(states(plan)).containsExactly("pending", "pending");
    assertThat(plan.toString()).contains("counted when the schema step is done");

    JsonNode done = project.cli().callJson(0, "migrate", "--to", "1", "--commit");
    assertThat(states(done)).containsExactly("succeeded");
    assertThat(database.queryValue("SELECT sum(size) FROM boxes")).isEqualTo("120");
    assertThat(states(project.cli().callJson(0, "migrate", "--commit")))
        .containsExactly("succeeded");

    Cli.Result refused = project.cli().call("undo", "--commit");
    assertThat(refused.exit()).isEqualTo(78);
    assertThat(refused.err()).contains("V2__more.sql").contains("does not say how");

    project.migration(
        "V2__more.sql",
        "-- plumb:schema\nCREATE TABLE more (id integer);\n-- plumb:undo\nDROP TABLE more;\n");
    assertThat(states(project.cli().callJson(0, "undo", "--to", "001"))).containsExactly("applied");
    assertThat(states(project.cli().callJson(0, "undo", "--commit"))).containsExactly("succeeded");
    assertThat(states(project.cli().callJson(0, "undo", "--commit"))).containsExactly("succeeded");
    assertThat(database.queryValue("SELECT count(*) FROM boxes")).isEqualTo("3");
    assertThatThrownBy(() -> database.queryValue("SELECT size FROM boxes")).isNotNull();
    assertThat(states(project.cli().callJson(0, "migrate"))).containsExactly("undone", "undone");
    assertThat(states(project.cli().callJson(0, "migrate", "--commit")))
        .containsExactly("succeeded", "succeeded");
  }

  @OnEachDatabase
  void nothing_of_a_failed_step_remains(TestDatabase database) {
    boxes(database);
    MigrationProject project =
        MigrationProject.in(folder, database)
            .migration(
                "001_two.sql", "CREATE TABLE first (id integer);\nINSERT INTO nowhere VALUES (1);");
    JsonNode failed = project.cli().callJson(78, "migrate", "--commit");
    assertThat(states(failed)).containsExactly("failed");
    assertThat(failed.get("error").get("what").asText()).contains("001_two.sql:2:1");
    project.migration("001_two.sql", "CREATE TABLE first (id integer);");
    assertThat(states(project.cli().callJson(0, "migrate", "--commit")))
        .containsExactly("succeeded");
    assertThat(project.cli().callJson(0, "runs").get("runs")).hasSize(1);
  }

  @OnEachDatabase
  void a_file_that_is_still_being_written_keeps_nobody_from_those_before_it(TestDatabase database) {
    boxes(database);
    MigrationProject project =
        MigrationProject.in(folder, database)
            .migration("001_one.sql", "CREATE TABLE one (id integer);\n")
            .migration("002_draft.sql", "-- plumb:schema\n-- plumb:todo the SQL\n");
    assertThat(project.cli().call("migrate").exit()).isEqualTo(78);
    assertThat(states(project.cli().callJson(0, "migrate", "--to", "001", "--commit")))
        .containsExactly("succeeded");
    assertThat(project.cli().call("migrate", "--to", "002").exit()).isEqualTo(78);
  }

  @Test
  void an_explained_plan_reads_no_further_than_the_plan_itself() {
    try (TestDatabase database = TestDatabase.postgres()) {
      boxes(database);
      MigrationProject project =
          MigrationProject.in(folder, database)
              .migration("001_index.sql", "CREATE INDEX boxes_width ON boxes (width);\n")
              .migration("002_draft.sql", "-- plumb:schema\n-- plumb:todo the SQL\n");
      Cli.Result plan = project.cli().call("migrate", "--to", "001", "--explain");
      assertThat(plan.exit()).as(plan.err()).isZero();
      assertThat(plan.out()).contains("index-without-concurrently", "CREATE INDEX CONCURRENTLY");
    }
  }

  @OnEachDatabase
  void an_undo_that_fails_at_once_leaves_the_migration_applied(TestDatabase database) {
    boxes(database);
    String forward = "-- plumb:schema\nCREATE TABLE one (id integer);\n-- plumb:undo\n";
    MigrationProject project =
        MigrationProject.in(folder, database)
            .migration("001_one.sql", forward + "DROP TABLE nowhere;\n");
    assertThat(project.cli().call("migrate", "--commit").exit()).isZero();
    JsonNode failed = project.cli().callJson(78, "undo", "--commit");
    assertThat(states(failed)).as("what was stopped is told").containsExactly("failed");
    assertThat(failed.get("migrations").get(0).get("run").asInt()).isEqualTo(2);
    assertThat(project.cli().call("migrate", "--commit").out()).contains("Nothing to do");
    project.migration("001_one.sql", forward + "DROP TABLE one;\n");
    assertThat(states(project.cli().callJson(0, "undo", "--commit"))).containsExactly("succeeded");
  }

  @OnEachDatabase
  void a_project_without_migrations_has_nothing_to_do(TestDatabase database) {
    boxes(database);
    MigrationProject project = MigrationProject.in(folder, database);
    assertThat(project.cli().call("migrate", "--commit").out()).contains("no migrations");
    assertThat(project.cli().call("undo").exit()).isEqualTo(64);
  }

  @Test
  void an_index_whose_build_fails_leaves_nothing_behind_and_is_built_when_the_data_is_mended() {
    try (TestDatabase database = TestDatabase.postgres()) {
      boxes(database);
      database.execute("INSERT INTO boxes VALUES (4, 30)");
      MigrationProject project =
          MigrationProject.in(folder, database)
              .migration(
                  "001_index.sql",
                  """
                  CREATE TABLE before_it (id integer);
                  CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS boxes_width ON boxes (width);
                  CREATE TABLE after_it (id integer);
                  """);
      JsonNode failed = project.cli().callJson(2, "migrate", "--commit");
      assertThat(states(failed)).containsExactly("failed");
      assertThat(failed.get("error").get("what").asText()).contains("001_index.sql:2:1");
      assertThat(database.queryValue("SELECT to_regclass('boxes_width') IS NULL")).isEqualTo("t");
      assertThat(database.queryValue("SELECT to_regclass('before_it') IS NULL")).isEqualTo("f");

      database.execute("DELETE FROM boxes WHERE id = 4");
      assertThat(states(project.cli().callJson(0, "migrate", "--commit")))
          .containsExactly("succeeded");
      assertThat(
              database.queryValue(
                  "SELECT indisvalid FROM pg_index WHERE indexrelid = 'boxes_width'::regclass"))
          .isEqualTo("t");
    }
  }

  @Test
  void an_invalid_index_that_was_left_behind_is_built_again() {
    try (TestDatabase database = TestDatabase.postgres()) {
      boxes(database);
      database.execute("INSERT INTO boxes VALUES (4, 30)");
      String index = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS boxes_width ON boxes (width)";
      assertThatThrownBy(() -> database.execute(index)).hasMessageContaining("boxes_width");
      database.execute("DELETE FROM boxes WHERE id = 4");
      MigrationProject project =
          MigrationProject.in(folder, database).migration("001_index.sql", index + ";\n");
      assertThat(states(project.cli().callJson(0, "migrate", "--commit")))
          .containsExactly("succeeded");
      assertThat(
              database.queryValue(
                  "SELECT indisvalid FROM pg_index WHERE indexrelid = 'boxes_width'::regclass"))
          .isEqualTo("t");
    }
  }

  @Test
  void a_statement_without_effect_fails_its_step() {
    try (TestDatabase database = TestDatabase.postgres()) {
      boxes(database);
      database.execute("CREATE INDEX boxes_width ON boxes (id, width)");
      MigrationProject project =
          MigrationProject.in(folder, database)
              .migration(
                  "001_index.sql",
                  """
                  CREATE TABLE other (id integer);
                  CREATE INDEX IF NOT EXISTS boxes_width ON boxes (width);
                  """);
      JsonNode failed = project.cli().callJson(2, "migrate", "--commit");
      assertThat(failed.get("error").get("what").asText())
          .contains("boxes_width")
          .contains("001_index.sql:2:1");
      assertThat(database.queryValue("SELECT to_regclass('other') IS NULL")).isEqualTo("t");
    }
  }

  @Test
  void of_two_at_once_one_works_and_the_other_is_told_that_it_is_busy() {
    try (TestDatabase database = TestDatabase.postgres()) {
      boxes(database);
      MigrationProject project =
          MigrationProject.in(folder, database)
              .migration(
                  "001_slow.sql",
                  """
                  DO $$ BEGIN
                    WHILE NOT EXISTS (SELECT 1 FROM may_end) LOOP PERFORM pg_sleep(0.02); END LOOP;
                  END $$;
                  """);
      database.execute("CREATE TABLE may_end (id integer)");
      try (JavaProcess first = project.cli().process("migrate", "--commit").start()) {
        Until.holds(
            "the first is at work",
            () ->
                "t"
                    .equals(
                        database.queryValue(
                            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity"
                                + " WHERE query LIKE 'DO $$ BEGIN%' AND state = 'active')")));
        JsonNode busy = project.cli().callJson(75, "migrate", "--commit");
        assertThat(busy.toString()).contains("Run 1 is held by another process");
        database.execute("INSERT INTO may_end VALUES (1)");
        assertThat(first.await().exitCode()).isZero();
      }
      assertThat(project.cli().call("migrate", "--commit").out()).contains("Nothing to do");
    }
  }

  /**
   * A long transaction has read the table, so that the migration's lock is not granted. All the
   * while others read and write; each of their statements would fail if it had to wait much longer
   * than the migration's lock timeout of 800 ms.
   */
  @Test
  void a_lock_that_is_not_granted_keeps_nobody_waiting_longer_than_the_lock_timeout()
      throws SQLException {
    try (TestDatabase database = TestDatabase.postgres();
        Connection reader = database.connect();
        Connection probe = database.connect()) {
      boxes(database);
      MigrationProject project =
          MigrationProject.in(folder, database)
              .migration("001_wide.sql", "ALTER TABLE boxes ADD COLUMN height integer;\n");
      reader.setAutoCommit(false);
      try (Statement reading = reader.createStatement();
          Statement probing = probe.createStatement();
          JavaProcess migrate = project.cli().process("migrate", "--commit").start()) {
        reading.execute("SELECT * FROM boxes");
        probing.execute("SET lock_timeout = '2s'");
        for (int tries = 1; tries <= 4; tries++) {
          int so = tries;
          Until.holds(
              "so many tries",
              () -> {
                probing.execute("UPDATE boxes SET width = width + 1");
                probing.execute("SELECT count(*) FROM boxes");
                return migrate.stderr().split("Trying again", -1).length > so;
              });
        }
        assertThat(migrate.stderr()).contains("boxes is held by process");
        reader.commit();
        assertThat(migrate.await().exitCode()).isZero();
      }
      assertThat(database.queryValue("SELECT count(height) FROM boxes")).isEqualTo("0");
    }
  }
}
