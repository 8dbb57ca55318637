package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Case 3: is the new table complete; each command a process of its own. */
class CourseCoverageTest {
  private static final String INVARIANT = "group-members-enrolled";
  private static final String WAITING =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'""";

  @TempDir Path directory;
  @AutoClose private final TestDatabase database = TestDatabase.postgres();
  private final Cli cli = Cli.of("course-coverage", database);

  @BeforeEach
  void load() {
    Cases.load(database, "course-coverage");
  }

  @Test
  void the_first_ten_of_each_sort_are_shown_with_email_and_title() {
    JsonNode found = audit(2);
    assertThat(found.get("rows").asInt()).isEqualTo(5000);
    assertThat(found.get("population").asInt()).isEqualTo(4200);
    assertThat(found.get("missing").asInt()).isEqualTo(310);
    assertThat(found.get("inactive").asInt()).isEqualTo(45);
    assertThat(found.get("coverage").asDouble()).isEqualTo(91.5);
    JsonNode samples = found.get("samples");
    for (String state : List.of("missing", "inactive")) {
      assertThat(Reports.texts(samples, "state").stream().filter(state::equals)).hasSize(10);
    }
    assertThat(Reports.texts(samples, "email")).hasSize(20).allMatch(e -> e.contains("@"));
    assertThat(Reports.texts(samples, "title")).allMatch(title -> title.startsWith("Course "));

    JavaProcess.Result text = cli.run("audit", INVARIANT);
    assertThat(text.exitCode()).isEqualTo(2);
    assertThat(text.stdout())
        .contains("355 of 4,200 keys (in 5,000 rows) violate: 310 missing, 45 inactive")
        .contains("… and 300 more", "… and 35 more");
  }

  @Test
  void coverage_warns_passes_and_says_when_it_looked_at_nothing() {
    database.execute("UPDATE course_enrollments SET active = true");
    insertMissing(310 - 21); // 21 of 4,200 are 0.5 %
    JsonNode warned = audit(1);
    assertThat(warned.get("coverage").asDouble()).isEqualTo(99.5);
    assertThat(warned.get("missing").asInt()).isEqualTo(21);
    assertThat(warned.get("inactive").asInt()).isZero();

    insertMissing(21);
    assertThat(audit(0).get("coverage").asDouble()).isEqualTo(100);

    database.execute("UPDATE group_members SET active = false");
    JsonNode nothing = audit(0);
    assertThat(nothing.get("population").asInt()).isZero();
    assertThat(nothing.get("coverage").asDouble()).isEqualTo(100);
    assertThat(nothing.get("notes").toString()).contains("zero rows");
    assertThat(cli.run("audit", INVARIANT).stdout()).contains("zero rows");
  }

  @Test
  void rows_are_inserted_and_activated_once_and_taken_back() {
    String before = enrollments();
    JsonNode plan = cli.json(0, "repair", INVARIANT).get("plans").get(0);
    assertThat(plan.get("rows").asInt()).isEqualTo(355);
    assertThat(enrollments()).as("a dry run writes nothing").isEqualTo(before);
    assertThat(database.queryValue("SELECT to_regnamespace('plumb') IS NULL")).isEqualTo("t");

    JsonNode done = Reports.run(cli.json(0, "repair", INVARIANT, "--commit"));
    assertThat(Reports.changes(done))
        .isEqualTo(Map.of("course_enrollments insert", 310, "course_enrollments update", 45));
    assertThat(done.get("repaired").asInt()).isEqualTo(355);
    JsonNode again = Reports.run(cli.json(0, "repair", INVARIANT, "--commit"));
    assertThat(again.get("changed").asInt()).isZero();

    cli.json(0, "rollback", "1", "--commit");
    assertThat(enrollments()).isEqualTo(before);
  }

  /** Of two at once one works, and the other is told that it is busy or finds nothing to do. */
  @Test
  void two_at_once_insert_nothing_twice() {
    String[] repair = {"repair", INVARIANT, "--commit", "--format", "json"};
    try (JavaProcess first = cli.process(repair).start();
        JavaProcess second = cli.process(repair).start()) {
      List<JavaProcess.Result> both = List.of(first.await(), second.await());
      assertThat(both).extracting(JavaProcess.Result::exitCode).contains(0).isSubsetOf(0, 75);
    }
    assertThat(database.queryValue("SELECT sum(changed) FROM plumb.runs WHERE kind = 'repair'"))
        .isEqualTo("355");
    assertThat(audit(0).get("violations").asInt()).isZero();
  }

  /** The repair waits for the application's transaction, then leaves its row as it is. */
  @Test
  void an_enrollment_that_appears_while_it_runs_is_not_overwritten() throws SQLException {
    String appears =
        "INSERT INTO course_enrollments (course_id, student_id, created_at) VALUES (1, 1, '%s')"
            .formatted("2001-01-01 00:00:00+00");
    try (Connection application = database.connect();
        Statement statement = application.createStatement()) {
      application.setAutoCommit(false);
      statement.execute(appears);
      try (JavaProcess repair =
          cli.process("repair", INVARIANT, "--commit", "--format", "json").start()) {
        Until.holds("the repair waits for the row", () -> "1".equals(database.queryValue(WAITING)));
        application.commit();
        JavaProcess.Result result = repair.await();
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(Reports.changes(Reports.run(Cases.json(result.stdout()))))
            .containsEntry("course_enrollments insert", 309);
      }
    }
    assertThat(
            database.queryValue(
                "SELECT extract(year FROM created_at) FROM course_enrollments"
                    + " WHERE course_id = 1 AND student_id = 1"))
        .isEqualTo("2001");
  }

  @Test
  void memory_stays_flat_and_progress_shows_the_time_left() {
    repairInSmallHeap(20, "-Xmx20m");
  }

  @Test
  @Tag("torture")
  void memory_stays_flat_with_4_200_000_pairs() {
    repairInSmallHeap(1000, "-Xmx64m");
  }

  private static void repairInSmallHeap(int scale, String heap) {
    try (TestDatabase large = TestDatabase.postgres()) {
      Cases.load(large, "course-coverage", scale);
      try (JavaProcess repair =
          Cli.of("course-coverage", large)
              .process("repair", INVARIANT, "--commit", "--format", "json")
              .jvm(heap, "-Dplumb.error.terminal=true")
              .start()) {
        JavaProcess.Result result = repair.await(Duration.ofMinutes(15));
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        JsonNode done = Reports.run(Cases.json(result.stdout()));
        assertThat(done.get("repaired").asInt()).isEqualTo(scale * 355);
        assertThat(done.get("after").get("population").asInt()).isEqualTo(scale * 4200);
        assertThat(result.stderr())
            .contains("looking for violations …", "preparing …")
            .contains("█", " rows/s · ", " s left", "verifying");
      }
    }
  }

  @Test
  void a_ci_job_gets_an_exit_code_junit_and_a_summary() throws IOException {
    Path junit = directory.resolve("junit.xml");
    Path summary = directory.resolve("summary.md");
    JavaProcess.Result result =
        cli.run("audit", "--report", "junit=" + junit, "--report", "markdown=" + summary);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(Files.readString(junit))
        .contains("tests=\"2\" failures=\"1\" errors=\"0\"")
        .contains("310 missing, 45 inactive");
    assertThat(Files.readString(summary))
        .contains("| ✗ | group-members-enrolled | 4,200 | 355 | 91.5 % |")
        .contains("| ✓ | course-enrollment-objects | 3 | 0 | 100.0 % |");
  }

  private void insertMissing(int number) {
    database.execute(
        """
        INSERT INTO course_enrollments (course_id, student_id)
        SELECT DISTINCT g.course_id, gm.user_id
        FROM group_members gm JOIN groups g ON g.id = gm.group_id
        WHERE gm.active AND NOT EXISTS (
          SELECT FROM course_enrollments e
          WHERE e.course_id = g.course_id AND e.student_id = gm.user_id)
        LIMIT\s"""
            + number);
  }

  private JsonNode audit(int exit) {
    return Reports.invariants(cli.json(exit, "audit", INVARIANT)).get(INVARIANT);
  }

  private String enrollments() {
    return database.fingerprint("course_enrollments", "id");
  }
}
