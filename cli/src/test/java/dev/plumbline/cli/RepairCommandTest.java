package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.Until;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Repairs and rollbacks of the cases, from the command line. */
class RepairCommandTest {
  private static final String TOTAL_LESSONS = "enrollment-total-lessons";
  private static final String OF_SCHOOL_9 =
      "user_id IN (SELECT user_id FROM user_roles WHERE school_id = 9)";

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
  void phases_are_runs_of_their_own_and_a_rollback_keeps_what_others_wrote() {
    Cases.load(database, "total-lessons");
    Cli cli = cli("total-lessons");
    String others =
        "SELECT md5(string_agg(progress_percentage || ' ' || lessons_completed, ',' ORDER BY id))"
            + " FROM course_enrollments";
    String untouched = database.queryValue(others);

    JsonNode first =
        run(
            json(
                0,
                cli.run(
                    "repair",
                    TOTAL_LESSONS,
                    "--where",
                    OF_SCHOOL_9,
                    "--commit",
                    "--format",
                    "json")));
    assertThat(first.get("repaired").asInt()).isEqualTo(158);
    assertThat(changes(first)).isEqualTo(Map.of("course_enrollments update", 158));

    JsonNode second = run(call(0, cli, "repair", TOTAL_LESSONS, "--commit"));
    assertThat(second.get("repaired").asInt()).isEqualTo(460);
    assertThat(second.get("after").get("violations").asInt()).isZero();
    assertThat(database.queryValue(others)).isEqualTo(untouched);

    JsonNode nothing = run(call(0, cli, "repair", TOTAL_LESSONS, "--commit"));
    assertThat(nothing.get("changed").asInt()).isZero();

    // Somebody else changes a row of the second run, and the value is wrong again.
    String row =
        "(SELECT id FROM course_enrollments WHERE user_id NOT IN (SELECT user_id FROM user_roles)"
            + " AND created_at::date = '2025-10-18' ORDER BY id LIMIT 1)";
    database.execute("UPDATE course_enrollments SET total_lessons = 99 WHERE id = " + row);

    JsonNode plan = call(1, cli, "rollback", "2").get("plan");
    assertThat(plan.get("restored").asInt()).isEqualTo(459);
    assertThat(plan.get("conflicts").asInt()).isEqualTo(1);
    JsonNode back = run(json(1, cli.run("rollback", "2", "--commit", "--format", "json")));
    assertThat(back.get("conflicts").asInt()).isEqualTo(1);
    assertThat(back.get("reverts").asInt()).isEqualTo(2);
    assertThat(run(call(0, cli, "rollback", "1", "--commit")).get("changed").asInt())
        .isEqualTo(158);
    assertThat(
            database.queryValue("SELECT count(*) FROM course_enrollments WHERE total_lessons = 99"))
        .isEqualTo("1");

    JsonNode runs = call(0, cli, "runs").get("runs");
    assertThat(runs).hasSize(5);
    assertThat(runs.get(0).get("kind").asText()).isEqualTo("rollback");
  }

  @Test
  void a_rollback_of_untouched_rows_restores_them_byte_for_byte() {
    Cases.load(database, "total-lessons");
    Cli cli = cli("total-lessons");
    String before = enrollments();
    call(0, cli, "repair", TOTAL_LESSONS, "--commit");
    assertThat(enrollments()).isNotEqualTo(before);

    JsonNode back = run(call(0, cli, "rollback", "1", "--commit"));
    assertThat(changes(back)).isEqualTo(Map.of("course_enrollments update", 618));
    assertThat(enrollments()).isEqualTo(before);
    // And the rollback itself can be taken back.
    call(0, cli, "rollback", "2", "--commit");
    assertThat(run(call(0, cli, "repair", TOTAL_LESSONS, "--commit")).get("changed").asInt())
        .isZero();
  }

  @Test
  void missing_rows_are_inserted_and_inactive_ones_activated_once() {
    Cases.load(database, "course-coverage");
    Cli cli = cli("course-coverage");
    String before = database.fingerprint("course_enrollments", "id");
    JsonNode done =
        run(json(0, cli.run("repair", "group-members-enrolled", "--commit", "--format", "json")));
    assertThat(changes(done))
        .isEqualTo(Map.of("course_enrollments insert", 310, "course_enrollments update", 45));
    assertThat(done.get("repaired").asInt()).isEqualTo(355);
    JsonNode again = run(call(0, cli, "repair", "group-members-enrolled", "--commit"));
    assertThat(again.get("changed").asInt()).isZero();
    call(0, cli, "rollback", "1", "--commit");
    assertThat(database.fingerprint("course_enrollments", "id")).isEqualTo(before);
  }

  @Test
  void several_invariants_are_repaired_in_order_and_audited_together() {
    Cases.load(database, "dual-enrollment");
    JsonNode expected = Cases.expect("dual-enrollment", "together.json");
    List<String> order = expected.get("order").valueStream().map(JsonNode::asText).toList();
    String[] command =
        Stream.of(List.of("repair"), order, List.of("--commit", "--format", "json"))
            .flatMap(List::stream)
            .toArray(String[]::new);
    JsonNode report = json(expected.get("exit").asInt(), cli("dual-enrollment").run(command));

    Map<String, Integer> all = new TreeMap<>();
    for (JsonNode run : report.get("runs")) {
      JsonNode of = expected.get("runs").get(run.get("invariant").asText());
      assertThat(run.get("repaired").asInt()).isEqualTo(of.get("repaired").asInt());
      changes(run).forEach((change, rows) -> all.merge(change, rows, Integer::sum));
    }
    assertThat(all).isEqualTo(changes(expected));
    Map<String, JsonNode> after = ExpectedNumbersTest.invariants(report.get("audit"));
    expected
        .get("after")
        .properties()
        .forEach(
            entry -> {
              JsonNode found = after.get(entry.getKey());
              assertThat(found.get("violations").asInt()).isZero();
              assertThat(found.get("population").asInt())
                  .as(entry.getKey())
                  .isEqualTo(entry.getValue().get("population").asInt());
            });
  }

  @Test
  void what_cannot_be_repaired_is_named_and_the_rest_can_be_taken_back_on_sqlite() {
    try (TestDatabase file = TestDatabase.sqlite()) {
      Cases.load(file, "points-ledger");
      Cli cli = Cli.of("points-ledger", file);
      String before = file.fingerprint("points_log", "id");
      JsonNode done =
          run(json(2, cli.run("repair", "points-agree", "--commit", "--format", "json")));
      assertThat(changes(done)).isEqualTo(Map.of("points_log insert", 57));
      assertThat(done.get("repaired").asInt()).isEqualTo(19);
      assertThat(done.get("unrepairable").asInt()).isEqualTo(1);
      assertThat(done.get("set_aside").get(0).get("key").toString())
          .isEqualTo("[\"8\",\"2025-06-04\"]");
      assertThat(file.queryValue("SELECT count(*) FROM points_log")).isEqualTo("393");

      assertThat(run(call(2, cli, "repair", "points-agree", "--commit")).get("changed").asInt())
          .isZero();
      call(0, cli, "rollback", "1", "--commit");
      assertThat(file.fingerprint("points_log", "id")).isEqualTo(before);

      call(2, cli, "repair", "points-agree", "--commit");
      file.execute(
          "DELETE FROM points_log WHERE source_type = 'diary_entry'"
              + " AND source_id NOT IN (SELECT id FROM diary_entry)");
      JsonNode settled = call(0, cli, "audit", "points-agree").get("invariants").get(0);
      assertThat(settled.get("violations").asInt()).isZero();
      assertThat(settled.get("population").asInt()).isEqualTo(70);
    }
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
      JsonNode paused = run(json(75, process.await()));
      assertThat(paused.get("state").asText()).isEqualTo("paused");
      assertThat(paused.get("changed").asLong()).isBetween(4L, 199L);
    }
    JsonNode resumed = run(call(0, cli, "resume", "1"));
    assertThat(resumed.get("state").asText()).isEqualTo("succeeded");
    assertThat(resumed.get("changed").asInt()).isEqualTo(200);
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
    assertThat(run(call(0, cli, "repair", TOTAL_LESSONS, "--commit")).get("state").asText())
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
    assertThat(call(0, cli, "show", "1").get("run").get("changed").asInt()).isEqualTo(5);
  }

  @Test
  void only_one_key_is_repaired_and_one_that_does_not_fit_is_refused() {
    Cases.load(database, "total-lessons");
    Cli cli = cli("total-lessons");
    String key = "0039abba-633c-dd1f-d742-6d347ab985b6";
    Cli.Result refused = cli.call("repair", TOTAL_LESSONS, "--key", key + ",2", "--commit");
    assertThat(refused.exit()).isEqualTo(64);
    assertThat(refused.err()).contains("which is: id.");
    JsonNode done = run(call(0, cli, "repair", TOTAL_LESSONS, "--key", key, "--commit"));
    assertThat(changes(done)).isEqualTo(Map.of("course_enrollments update", 1));
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

  private static JsonNode run(JsonNode report) {
    assertThat(report.get("runs")).hasSize(1);
    return report.get("runs").get(0);
  }

  /** Such as {@code course_enrollments insert: 310}; without what did not happen. */
  private static Map<String, Integer> changes(JsonNode run) {
    Map<String, Integer> changes = new TreeMap<>();
    run.get("changes")
        .properties()
        .forEach(
            table ->
                table
                    .getValue()
                    .properties()
                    .forEach(
                        change ->
                            changes.merge(
                                table.getKey() + " " + change.getKey(),
                                change.getValue().asInt(),
                                Integer::sum)));
    changes.values().removeIf(rows -> rows == 0);
    return changes;
  }
}
