package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Case 1: repaired in phases, and taken back; each command a process of its own. */
class TotalLessonsTest {
  private static final String INVARIANT = "enrollment-total-lessons";
  private static final String OF_SCHOOL_9 =
      "user_id IN (SELECT user_id FROM user_roles WHERE school_id = 9)";
  private static final String WRONG =
      "SELECT count(*) FROM course_enrollments WHERE total_lessons IS NULL OR total_lessons = 0";

  @AutoClose private final TestDatabase database = TestDatabase.postgres();
  private final Cli cli = Cli.of("total-lessons", database);

  @BeforeEach
  void load() {
    Cases.load(database, "total-lessons");
  }

  @Test
  void phases_are_runs_of_their_own() {
    String others = others();
    JsonNode first =
        Reports.run(cli.json(0, "repair", INVARIANT, "--where", OF_SCHOOL_9, "--commit"));
    assertThat(first.get("repaired").asInt()).isEqualTo(158);
    assertThat(Reports.changes(first)).isEqualTo(Map.of("course_enrollments update", 158));
    assertThat(bySchool(cli.json(2, "audit"))).hasSize(12).containsEntry("9", 0);

    JsonNode rest = Reports.run(cli.json(0, "repair", INVARIANT, "--commit"));
    assertThat(rest.get("repaired").asInt()).isEqualTo(460);
    assertThat(Reports.changes(rest)).isEqualTo(Map.of("course_enrollments update", 460));
    assertThat(rest.get("after").get("violations").asInt()).isZero();
    assertThat(rest.get("after").get("population").asInt()).isEqualTo(3059);
    assertThat(database.queryValue(WRONG)).as("courses without lessons").isEqualTo("41");
    assertThat(others()).as("progress is nobody's business").isEqualTo(others);

    JsonNode nothing = Reports.run(cli.json(0, "repair", INVARIANT, "--commit"));
    assertThat(nothing.get("changed").asInt()).isZero();
    assertThat(nothing.get("run").asInt()).isEqualTo(3);
  }

  @Test
  void a_rollback_restores_the_old_values_and_keeps_what_others_wrote() {
    cli.json(0, "repair", INVARIANT, "--where", OF_SCHOOL_9, "--commit");
    cli.json(0, "repair", INVARIANT, "--commit");
    String row =
        database.queryValue(
            "SELECT id FROM course_enrollments WHERE created_at::date = '2025-10-18'"
                + " AND user_id NOT IN (SELECT user_id FROM user_roles) ORDER BY id LIMIT 1");
    database.execute("UPDATE course_enrollments SET total_lessons = 99 WHERE id = '" + row + "'");

    JsonNode plan = cli.json(1, "rollback", "2").get("plan");
    assertThat(plan.get("restored").asInt()).isEqualTo(459);
    assertThat(plan.get("conflicts").asInt()).isEqualTo(1);
    JsonNode back = Reports.run(cli.json(1, "rollback", "2", "--commit"));
    assertThat(Reports.changes(back)).isEqualTo(Map.of("course_enrollments update", 459));
    assertThat(back.get("reverts").asInt()).isEqualTo(2);
    assertThat(back.get("conflicts").asInt()).isEqualTo(1);
    assertThat(back.get("set_aside").get(0).get("key").get(0).asText()).isEqualTo(row);
    assertThat(database.queryValue("SELECT id FROM course_enrollments WHERE total_lessons = 99"))
        .isEqualTo(row);

    JsonNode schoolNine = Reports.run(cli.json(0, "rollback", "1", "--commit"));
    assertThat(schoolNine.get("changed").asInt()).isEqualTo(158);
    JsonNode runs = cli.json(0, "runs").get("runs");
    assertThat(Reports.texts(runs, "kind"))
        .isEqualTo(List.of("rollback", "rollback", "repair", "repair"));
  }

  @Test
  void a_rollback_of_untouched_rows_restores_all_618_byte_for_byte() {
    String before = database.fingerprint("course_enrollments", "id");
    String unknown = "SELECT count(*) FROM course_enrollments WHERE total_lessons IS NULL";
    String nulls = database.queryValue(unknown);
    assertThat(nulls).as("some of the 618").isNotEqualTo("0");
    assertThat(database.queryValue(WRONG)).isEqualTo("659"); // 618 and 41 that are right
    JsonNode done = Reports.run(cli.json(0, "repair", INVARIANT, "--commit"));
    assertThat(done.get("repaired").asInt()).isEqualTo(618);
    assertThat(database.queryValue(unknown)).isEqualTo("0");

    JsonNode back = Reports.run(cli.json(0, "rollback", "1", "--commit"));
    assertThat(Reports.changes(back)).isEqualTo(Map.of("course_enrollments update", 618));
    assertThat(database.fingerprint("course_enrollments", "id")).isEqualTo(before);
    assertThat(database.queryValue(unknown)).as("NULL stays NULL").isEqualTo(nulls);

    // And the rollback itself can be taken back.
    assertThat(Reports.run(cli.json(0, "rollback", "2", "--commit")).get("changed").asInt())
        .isEqualTo(618);
    assertThat(Reports.run(cli.json(0, "repair", INVARIANT, "--commit")).get("changed").asInt())
        .isZero();
  }

  private String others() {
    return String.valueOf(
        database.queryValue(
            "SELECT md5(string_agg(progress_percentage || ' ' || lessons_completed, ','"
                + " ORDER BY id)) FROM course_enrollments"));
  }

  private static Map<String, Integer> bySchool(JsonNode audit) {
    JsonNode segments = Reports.invariants(audit).get(INVARIANT).get("segments");
    return segments
        .valueStream()
        .collect(
            Collectors.toMap(
                segment -> segment.get("value").asText(),
                segment -> segment.get("violations").asInt()));
  }
}
