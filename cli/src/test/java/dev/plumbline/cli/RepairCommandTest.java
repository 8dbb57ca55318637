package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.Until;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How repairs are planned, stopped, resumed and refused, from the command line. */
class RepairCommandTest {
  private static final String TOTAL_LESSONS = "enrollment-total-lessons";

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @Test
  void a_plan_writes_nothing_not_even_a_journal() {
    Cases.load(database, "total-lessons");
    String before = enrollments();
    JsonNode plan = json(0, cli("total-lessons").run("repair", TOTAL_LESSONS, "--format", "json"));

    assertThat(plan.get("committed").asBoolean()).isFalse();
    JsonNode only = plan.get("plans").get(0);
    assertThat(only.get("violations").asInt()).isEqualTo(618);
    assertThat(only.get("rows").asInt()).isEqualTo(618);
    assertThat(only.get("steps").get(0).get("table").asText()).isEqualTo("course_enrollments");
    assertThat(only.get("steps").get(0).get("statements")).isNotEmpty();
    assertThat(only.get("samples").get(0).get("columns").get("total_lessons").get("after"))
        .isNotNull();
    assertThat(enrollments()).isEqualTo(before);
    assertThat(database.queryValue("SELECT to_regnamespace('plumb') IS NULL")).isEqualTo("t");
  }

  @Test
  void what_was_done_before_an_error_is_in_the_one_document_with_it() {
    Cases.load(database, "dual-enrollment");
    database.execute("ALTER TABLE access_requests RENAME TO requests");
    Cli cli = cli("dual-enrollment");
    String[] both = {"progress-has-enrollment", "approved-request-has-both"};

    JsonNode planned = cli.json(78, "repair", both[0], both[1]);
    assertThat(planned.get("plans")).hasSize(1);
    assertThat(planned.get("exit").asInt()).isEqualTo(78);
    assertThat(planned.get("error").get("what").asText()).contains("access_requests");

    JsonNode done = cli.json(78, "repair", both[0], both[1], "--commit");
    assertThat(Reports.run(done).get("repaired").asInt()).isEqualTo(37);
    assertThat(done.get("exit").asInt()).isEqualTo(78);
    assertThat(done.get("audit").isNull()).isTrue();
    JsonNode error = done.get("error");
    assertThat(error.get("code").asText()).isEqualTo("project");
    assertThat(error.get("problems").get(0).get("file").asText())
        .endsWith("approved-request-has-both.yaml");

    JsonNode alone = cli.json(78, "repair", both[1], both[0]);
    assertThat(alone.size()).as("nothing but the error").isEqualTo(1);
  }

  @Test
  void a_terminated_run_pauses_at_its_batch_s_end_and_can_be_resumed() {
    Cases.load(database, "total-lessons");
    Cli cli = cli("total-lessons");
    try (JavaProcess process =
        cli.process(
                "repair",
                TOTAL_LESSONS,
                "--limit",
                "200",
                "--commit",
                "--batch-size",
                "1",
                "--format",
                "json")
            .start()) {
      Until.holds("the first batches are committed", () -> changed() > 3);
      process.terminate();
      JsonNode paused = Reports.run(json(75, process.await()));
      assertThat(paused.get("state").asText()).isEqualTo("paused");
      assertThat(paused.get("changed").asLong()).isBetween(4L, 199L);
    }
    JsonNode resumed = Reports.run(call(0, cli, "resume", "1"));
    assertThat(resumed.get("state").asText()).isEqualTo("succeeded");
    assertThat(resumed.get("changed").asInt()).isEqualTo(200);
  }

  @Test
  void a_full_disk_for_the_journal_is_69_and_the_run_goes_on_when_there_is_room() {
    Cases.load(database, "total-lessons");
    Cli cli = cli("total-lessons");
    call(0, cli, "repair", TOTAL_LESSONS, "--limit", "1", "--commit");
    database.execute(
        """
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
        END $$""",
        "CREATE TRIGGER full_disk BEFORE INSERT ON plumb.batches"
            + " FOR EACH ROW EXECUTE FUNCTION full_disk()");

    Cli.Result full = cli.call("repair", TOTAL_LESSONS, "--commit");

    assertThat(full.exit()).as(full.err()).isEqualTo(69);
    assertThat(full.err())
        .contains("No space left on device", "Make room for the database")
        .doesNotContain("\tat ");
    assertThat(changed()).as("the most rows that a run changed").isEqualTo(1);
    database.execute("DROP TRIGGER full_disk ON plumb.batches");
    assertThat(Reports.run(call(0, cli, "resume", "2")).get("changed").asInt()).isEqualTo(617);
  }

  @Test
  void a_run_is_paused_and_cancelled_from_another_process() {
    Cases.load(database, "total-lessons");
    Cli cli = cli("total-lessons");
    try (JavaProcess process =
        cli.process("repair", TOTAL_LESSONS, "--commit", "--batch-size", "1").start()) {
      Until.holds("the first batches are committed", () -> changed() > 3);
      assertThat(cli.call("pause", "1").out()).contains("Run 1 is paus");
      assertThat(process.await().exitCode()).isEqualTo(75);
    }
    Cli.Result second = cli.call("repair", TOTAL_LESSONS, "--commit");
    assertThat(second.exit()).as("another run of the invariant is active").isEqualTo(75);
    assertThat(call(0, cli, "cancel", "1").get("state").asText()).isEqualTo("cancelled");
    assertThat(cli.call("resume", "1").exit()).isEqualTo(64);
    assertThat(Reports.run(call(0, cli, "repair", TOTAL_LESSONS, "--commit")).get("state").asText())
        .isEqualTo("succeeded");
  }

  @Test
  void what_is_no_run_is_wrong_usage() {
    Cases.load(database, "total-lessons");
    Cli cli = cli("total-lessons");
    assertThat(cli.call("show", "1").exit()).isEqualTo(64);
    assertThat(cli.call("rollback", "1").exit()).isEqualTo(64);
    assertThat(cli.call("runs").out()).contains("no runs");
    call(0, cli, "repair", TOTAL_LESSONS, "--limit", "5", "--commit");
    assertThat(cli.call("show", "2").exit()).isEqualTo(64);
    JsonNode shown = call(0, cli, "show", "1").get("run");
    assertThat(shown.get("changed").asInt()).isEqualTo(5);
    JsonNode changed = shown.get("changed_keys").get(0);
    assertThat(changed.get("table").asText()).isEqualTo("course_enrollments");
    assertThat(changed.get("change").asText()).isEqualTo("update");
    assertThat(changed.get("keys")).hasSize(5);
    String key = changed.get("keys").get(3).get(0).asText();
    assertThat(call(0, cli, "rollback", "1", "--key", key).get("plan").get("restored").asInt())
        .isEqualTo(1);
  }

  @Test
  void only_one_key_is_repaired_and_one_that_does_not_fit_is_refused() {
    Cases.load(database, "total-lessons");
    Cli cli = cli("total-lessons");
    String key = "0039abba-633c-dd1f-d742-6d347ab985b6";
    Cli.Result refused = cli.call("repair", TOTAL_LESSONS, "--key", key + ",2", "--commit");
    assertThat(refused.exit()).isEqualTo(64);
    assertThat(refused.err()).contains("which is: id.");
    Cli.Result mistyped = cli.call("repair", TOTAL_LESSONS, "--key", "abc");
    assertThat(mistyped.exit()).isEqualTo(64);
    assertThat(mistyped.err())
        .contains("`abc` is no value of id", "whose type is uuid.", "Nothing was changed.");
    assertThat(mistyped.err().lines()).hasSize(3);
    JsonNode done = Reports.run(call(0, cli, "repair", TOTAL_LESSONS, "--key", key, "--commit"));
    assertThat(Reports.changes(done)).isEqualTo(Map.of("course_enrollments update", 1));
    assertThat(done.get("scope").get("keys").toString()).isEqualTo("[[\"" + key + "\"]]");
  }

  private Cli cli(String example) {
    return Cli.of(example, database);
  }

  private String enrollments() {
    return database.fingerprint("course_enrollments", "id");
  }

  private long changed() {
    return Long.parseLong(
        database.queryValue(
            "SELECT CASE WHEN to_regclass('plumb.runs') IS NULL THEN 0 ELSE (xpath('/row/n/text()',"
                + " query_to_xml('SELECT coalesce(max(changed), 0) AS n FROM plumb.runs', false,"
                + " true, '')))[1]::text::bigint END"));
  }

  private static JsonNode json(int exit, JavaProcess.Result result) {
    assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isEqualTo(exit);
    return Cases.json(result.stdout());
  }

  /** The JSON of a command within this process. */
  private static JsonNode call(int exit, Cli cli, String... arguments) {
    Cli.Result result =
        cli.call(
            Stream.of(List.of(arguments), List.of("--format", "json"))
                .flatMap(List::stream)
                .toArray(String[]::new));
    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(exit);
    return Cases.json(result.out());
  }
}
