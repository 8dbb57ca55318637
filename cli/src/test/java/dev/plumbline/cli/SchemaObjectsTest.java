package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.Golden;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code exist} with statements about any object, on the command line. */
class SchemaObjectsTest {
  private static final Golden GOLDEN =
      Golden.masking("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC", "DATE TIME UTC")
          .and("\\d+ ms|\\d+\\.\\d s", "TIME")
          .and("postgresql://\\S+", "URL")
          .and("--project \\S+", "--project DIR");

  @TempDir Path project;

  private Cli project(TestDatabase database, String... statements) throws IOException {
    Files.writeString(
        project.resolve("plumb.yaml"), "project: objects\ndatabase: ${PLUMB_DATABASE_URL}\n");
    Files.createDirectories(project.resolve("invariants"));
    StringBuilder yaml = new StringBuilder("says: What the release needs is there.\nexist:\n");
    List.of(statements).forEach(s -> yaml.append("  - |-\n    ").append(s).append('\n'));
    Files.writeString(project.resolve("invariants").resolve("release.yaml"), yaml.toString());
    return new Cli(project, database.url());
  }

  @OnEachDatabase
  void objects_are_missed_made_and_taken_away_again(TestDatabase database) throws IOException {
    database.execute("CREATE TABLE goals (id INTEGER PRIMARY KEY, status TEXT)");
    Cli cli =
        project(
            database,
            "CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT)",
            "CREATE INDEX notes_body ON notes (body)",
            "ALTER TABLE goals ADD COLUMN weight INTEGER DEFAULT 1",
            "CREATE VIEW open_goals AS SELECT id FROM goals WHERE status = 'open'");
    JsonNode audit = Reports.invariants(cli.callJson(2, "audit", "release")).get("release");
    assertThat(Reports.texts(audit.get("samples"), "object"))
        .containsExactly("notes", "notes_body", "goals.weight", "open_goals");
    assertThat(Reports.texts(audit.get("samples"), "state")).containsOnly("missing");

    JsonNode plan = cli.callJson(0, "repair", "release").get("plans").get(0);
    assertThat(plan.get("violations").asInt()).isEqualTo(4);
    JsonNode done = Reports.run(cli.callJson(0, "repair", "release", "--commit"));
    assertThat(Reports.changes(done)).isEqualTo(Map.of("indexes create", 1, "objects create", 3));
    assertThat(done.get("after").get("violations").asInt()).isZero();

    JsonNode one = cli.callJson(0, "rollback", "1", "--key", "open_goals").get("plan");
    assertThat(one.get("restored").asInt()).isEqualTo(1);
    JsonNode back = Reports.run(cli.callJson(0, "rollback", "1", "--commit"));
    assertThat(Reports.changes(back)).isEqualTo(Map.of("indexes drop", 1, "objects drop", 3));
    assertThat(
            Reports.invariants(cli.callJson(2, "audit", "release"))
                .get("release")
                .get("missing")
                .asInt())
        .isEqualTo(4);
  }

  @Test
  void the_plan_says_what_is_run_what_is_left_and_what_is_lost() throws IOException {
    try (TestDatabase database = TestDatabase.postgres()) {
      database.execute(
          "CREATE TABLE goals (id int PRIMARY KEY, status varchar(8), points int, old text)",
          "ALTER TABLE goals ADD CONSTRAINT goals_points CHECK (points > 0) NOT VALID",
          "CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n + 1'",
          "CREATE VIEW open_goals AS SELECT id FROM goals");
      Cli cli =
          project(
              database,
              "CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT 2 * n'",
              "CREATE VIEW open_goals AS SELECT id, points FROM goals",
              "ALTER TABLE goals ALTER COLUMN status TYPE text",
              "ALTER TABLE goals VALIDATE CONSTRAINT goals_points",
              "ALTER TABLE goals DROP COLUMN old",
              "COMMENT ON TABLE goals IS 'What a user wants to reach'");
      GOLDEN.assertMatches(
          Path.of("golden", "objects", "audit.txt"), cli.call("audit", "release").out());
      GOLDEN.assertMatches(
          Path.of("golden", "objects", "repair.txt"), cli.call("repair", "release").out());
      GOLDEN.assertMatches(
          Path.of("golden", "objects", "repair-commit.txt"),
          cli.call("repair", "release", "--commit").out());
      GOLDEN.assertMatches(
          Path.of("golden", "objects", "rollback.txt"), cli.call("rollback", "1").out());
    }
  }
}
