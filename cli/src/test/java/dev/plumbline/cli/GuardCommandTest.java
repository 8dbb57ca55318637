package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.Golden;
import dev.plumbline.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Case 1: what is written from now on is right, courses without lessons included. */
class GuardCommandTest {
  private static final String INVARIANT = "enrollment-total-lessons";
  private static final Golden GOLDEN =
      Golden.masking("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC", "DATE TIME UTC")
          .and("by \\S+ on \\S+", "by WHO on HOST");

  @AutoClose private final TestDatabase database = TestDatabase.postgres();
  private final Cli cli = Cli.of("total-lessons", database);

  private String violations() {
    JsonNode audit = cli.json(2, "audit", INVARIANT);
    return Reports.invariants(audit).get(INVARIANT).get("violations").asText();
  }

  private Cli.Result plumb(int exit, String... arguments) {
    Cli.Result result = cli.call(arguments);
    assertThat(result.exit()).as("%s%s", result.out(), result.err()).isEqualTo(exit);
    return result;
  }

  @Test
  void shows_installs_replaces_nothing_and_drops() {
    Cases.load(database, "total-lessons");
    String plan = plumb(0, "guard", INVARIANT).out();
    GOLDEN.assertMatches(Path.of("golden", "total-lessons", "guard.txt"), plan);
    assertThat(database.queryValue("SELECT to_regnamespace('plumb')")).as("only shown").isNull();

    JsonNode json = cli.json(0, "guard", INVARIANT);
    assertThat(json.get("state").asText()).isEqualTo("new");
    assertThat(json.get("violations").asInt()).isEqualTo(618);
    assertThat(json.get("committed").asBoolean()).isFalse();

    assertThat(plumb(0, "guard", INVARIANT, "--commit").out()).contains("Installed");
    assertThat(plumb(0, "guard", INVARIANT, "--commit").out()).contains("stands already");
    String drop = plumb(0, "guard", INVARIANT, "--drop").out();
    GOLDEN.assertMatches(Path.of("golden", "total-lessons", "guard-drop.txt"), drop);
    assertThat(plumb(0, "guard", INVARIANT, "--drop", "--commit").out()).contains("Dropped");
    assertThat(
            database.queryValue(
                "SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%plumb_guard%'"))
        .isEqualTo("0");
    assertThat(database.queryValue("SELECT count(*) FROM pg_proc WHERE proname LIKE 'guard%'"))
        .isEqualTo("0");
    assertThat(plumb(0, "guard", INVARIANT, "--drop", "--commit").out())
        .contains("There is no guard");
  }

  @Test
  void written_rows_are_right_from_then_on() {
    Cases.load(database, "total-lessons");
    plumb(0, "guard", INVARIANT, "--commit");
    database.execute(
        "INSERT INTO courses (id, title) VALUES"
            + " ('00000000-0000-0000-0000-0000000000aa', 'new'),"
            + " ('00000000-0000-0000-0000-0000000000bb', 'without lessons')",
        "INSERT INTO lessons (course_id) SELECT '00000000-0000-0000-0000-0000000000aa' FROM"
            + " generate_series(1, 3)",
        "INSERT INTO course_enrollments (user_id, course_id, created_at, total_lessons) VALUES"
            + " (gen_random_uuid(), '00000000-0000-0000-0000-0000000000aa', '2026-01-01', 0),"
            + " (gen_random_uuid(), '00000000-0000-0000-0000-0000000000bb', '2026-01-01', NULL)");
    String mine =
        "SELECT string_agg(total_lessons::text, ',' ORDER BY course_id) FROM course_enrollments"
            + " WHERE course_id IN ('00000000-0000-0000-0000-0000000000aa',"
            + " '00000000-0000-0000-0000-0000000000bb')";
    assertThat(database.queryValue(mine)).isEqualTo("3,0");
    database.execute(
        "INSERT INTO lessons (course_id) VALUES ('00000000-0000-0000-0000-0000000000aa')");
    assertThat(database.queryValue(mine)).isEqualTo("4,0");
    database.execute(
        "DELETE FROM lessons WHERE course_id = '00000000-0000-0000-0000-0000000000aa'");
    assertThat(database.queryValue(mine)).isEqualTo("0,0");
    assertThat(violations()).as("those of before are for the repair").isEqualTo("618");
  }

  @Test
  void repair_and_rollback_go_on_beside_it() {
    Cases.load(database, "total-lessons");
    String before = database.fingerprint("course_enrollments", "id");
    plumb(0, "guard", INVARIANT, "--commit");
    JsonNode plan = cli.json(0, "repair", INVARIANT);
    assertThat(plan.toString()).as("the guard is no foreign trigger").doesNotContain("plumb_guard");
    assertThat(Reports.run(cli.json(0, "repair", INVARIANT, "--commit")).get("changed").asInt())
        .isEqualTo(618);
    JsonNode back = Reports.run(cli.json(0, "rollback", "1", "--commit"));
    assertThat(back.get("changed").asInt()).isEqualTo(618);
    assertThat(database.fingerprint("course_enrollments", "id")).isEqualTo(before);
    assertThat(violations()).isEqualTo("618");
  }
}
