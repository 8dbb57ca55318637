package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Case 1 as a migration in six steps: applied, stopped where it must stop, taken back. */
class TotalLessonsMigrationTest {
  private static final String FILE = "018_fill_total_lessons.sql";
  private static final String INVARIANT = "enrollment-total-lessons";
  private static final String WRONG =
      "SELECT count(*) FROM course_enrollments WHERE total_lessons IS NULL OR total_lessons = 0";
  private static final String NULLABLE =
      "SELECT is_nullable FROM information_schema.columns WHERE table_name = 'course_enrollments'"
          + " AND column_name = 'total_lessons'";
  private static final String OBJECTS =
      "SELECT (SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%total_lessons')"
          + " + (SELECT count(*) FROM pg_proc WHERE proname LIKE '%total_lessons')";

  @AutoClose private final TestDatabase database = TestDatabase.postgres();
  @TempDir private Path folder;
  private Cli cli = Cli.of("total-lessons", database);

  @BeforeEach
  void load() throws IOException {
    Cases.load(database, "total-lessons");
    Path example = Cases.project("total-lessons");
    for (String file :
        List.of("plumb.yaml", "migrations/" + FILE, "invariants/" + INVARIANT + ".yaml")) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.copy(example.resolve(file), folder.resolve(file));
    }
    cli = new Cli(folder, database.url());
  }

  private Path file() {
    return folder.resolve("migrations/" + FILE);
  }

  private void edit(String from, String to) throws IOException {
    String text = Files.readString(file());
    assertThat(text).contains(from);
    Files.writeString(file(), text.replace(from, to));
  }

  private static JsonNode only(JsonNode document) {
    assertThat(document.get("migrations")).hasSize(1);
    return document.get("migrations").get(0);
  }

  private static List<String> doneSteps(JsonNode migration) {
    return migration
        .get("steps")
        .valueStream()
        .filter(step -> step.get("done").asBoolean())
        .map(step -> step.get("step").asText())
        .toList();
  }

  @Test
  void the_plan_counts_618_rows_and_writes_nothing() {
    JsonNode plan = only(cli.callJson(0, "migrate"));
    assertThat(plan.get("version").asText()).isEqualTo("018");
    assertThat(plan.get("state").asText()).isEqualTo("pending");
    JsonNode schema = plan.get("steps").get(0);
    assertThat(schema.get("expected").get(0).get("actual").asInt()).isEqualTo(618);
    assertThat(schema.get("statements")).hasSize(4);
    JsonNode lock = schema.get("statements").get(1).get("locks").get(0);
    assertThat(lock.get("table").asText()).isEqualTo("course_enrollments");
    assertThat(lock.get("mode").asText()).isEqualTo("SHARE ROW EXCLUSIVE");
    assertThat(plan.get("steps").get(1).get("rows").asInt()).isEqualTo(618);
    assertThat(Reports.texts(plan.get("steps"), "step"))
        .containsExactly(
            "schema", "backfill", "verify", "constrain", "constrain", "constrain", "document");
    assertThat(database.queryValue("SELECT to_regnamespace('plumb') IS NULL")).isEqualTo("t");
    assertThat(database.queryValue(WRONG)).isEqualTo("659");
    assertThat(cli.call("migrate").out()).contains("618").contains("Nothing was written");
  }

  @Test
  void six_steps_repair_618_rows_once_and_for_all() {
    JsonNode done = only(cli.json(0, "migrate", "--commit"));
    assertThat(done.get("state").asText()).isEqualTo("succeeded");
    assertThat(doneSteps(done))
        .containsExactly(
            "schema", "backfill", "verify", "constrain", "constrain", "constrain", "document");
    assertThat(done.get("steps").get(1).get("rows").asInt()).isEqualTo(618);
    assertThat(done.get("steps").get(0).get("evidence").asText()).contains("618 rows violate");
    assertThat(done.get("steps").get(2).get("evidence").asText()).contains("0 of 3,059 violate");
    assertThat(database.queryValue(WRONG)).as("courses without lessons").isEqualTo("41");
    assertThat(database.queryValue(NULLABLE)).isEqualTo("NO");

    JsonNode again = cli.json(0, "migrate", "--commit");
    assertThat(again.get("migrations")).isEmpty();
    assertThat(cli.json(0, "runs").get("runs")).hasSize(2);
    assertThat(cli.call("migrate").out()).contains("Nothing to do");

    // The triggers keep new writes right, courses without lessons included.
    database.execute(
        """
        INSERT INTO course_enrollments (user_id, course_id)
        SELECT gen_random_uuid(), id FROM courses""");
    assertThat(cli.call("audit").exit()).isZero();
  }

  @Test
  void an_unexpected_number_stops_it_before_any_change() throws IOException {
    edit("expect 618", "expect 600..610");
    assertThat(cli.call("migrate").exit()).isEqualTo(2);
    JsonNode stopped = cli.callJson(2, "migrate", "--commit");
    assertThat(doneSteps(only(stopped))).isEmpty();
    assertThat(stopped.get("error").get("what").asText())
        .contains("600..610 rows were expected to violate " + INVARIANT + ", but 618 do");
    assertThat(database.queryValue(OBJECTS)).isEqualTo("0");
    assertThat(database.queryValue(WRONG)).isEqualTo("659");

    edit("expect 600..610", "expect ~600");
    assertThat(only(cli.callJson(0, "migrate", "--commit")).get("run").asInt()).isEqualTo(1);
  }

  @Test
  void a_backfill_that_leaves_a_row_behind_never_reaches_constrain() throws IOException {
    String left =
        database.queryValue(
            "SELECT id FROM course_enrollments WHERE total_lessons IS NULL ORDER BY id LIMIT 1");
    Path narrow = folder.resolve("invariants/nearly-all.yaml");
    Files.writeString(
        narrow,
        Files.readString(folder.resolve("invariants/" + INVARIANT + ".yaml"))
            + "where: id <> '"
            + left
            + "'\n");
    edit("-- plumb:backfill " + INVARIANT, "-- plumb:backfill nearly-all");

    JsonNode stopped = cli.json(2, "migrate", "--commit");
    assertThat(only(stopped).get("state").asText()).isEqualTo("failed");
    assertThat(doneSteps(only(stopped))).containsExactly("schema", "backfill");
    assertThat(stopped.get("error").get("what").asText()).contains(left);
    assertThat(database.queryValue(NULLABLE)).isEqualTo("YES");
    assertThat(cli.json(2, "migrate", "--commit").get("error").get("what").asText())
        .as("and again")
        .contains(left);
    assertThat(only(cli.json(0, "migrate")).get("state").asText()).isEqualTo("failed");

    assertThat(cli.call("repair", INVARIANT, "--commit").exit()).isZero();
    assertThat(only(cli.json(0, "migrate", "--commit")).get("state").asText())
        .isEqualTo("succeeded");
    assertThat(database.queryValue(NULLABLE)).isEqualTo("NO");
  }

  @Test
  void undo_restores_618_rows_and_what_was_there_before() {
    String before = database.fingerprint("course_enrollments", "id");
    cli.callJson(0, "migrate", "--commit");
    JsonNode refused = cli.callJson(64, "rollback", "2", "--commit");
    assertThat(refused.toString()).contains("belongs to the migration").contains("plumb undo");

    JsonNode plan = only(cli.callJson(0, "undo"));
    assertThat(Reports.texts(plan.get("steps"), "step")).containsExactly("undo", "rollback");
    assertThat(plan.get("steps").get(1).get("rows").asInt()).isEqualTo(618);
    JsonNode back = only(cli.callJson(0, "undo", "--commit"));
    assertThat(back.get("state").asText()).isEqualTo("succeeded");
    assertThat(database.fingerprint("course_enrollments", "id")).isEqualTo(before);
    assertThat(database.queryValue(OBJECTS)).isEqualTo("0");
    assertThat(database.queryValue(NULLABLE)).isEqualTo("YES");

    assertThat(only(cli.callJson(0, "migrate")).get("state").asText()).isEqualTo("undone");
    assertThat(only(cli.callJson(0, "migrate", "--commit")).get("state").asText())
        .isEqualTo("succeeded");
  }

  @Test
  void undo_keeps_what_others_have_changed_since() {
    cli.callJson(0, "migrate", "--commit");
    String row =
        database.queryValue(
            "SELECT k[1] FROM (SELECT ARRAY[id::text] AS k FROM course_enrollments"
                + " WHERE created_at::date = '2025-10-18' ORDER BY id LIMIT 1) AS one");
    database.execute("UPDATE course_enrollments SET total_lessons = 99 WHERE id = '" + row + "'");
    assertThat(only(cli.callJson(1, "undo")).get("conflicts").asInt()).isEqualTo(1);
    JsonNode back = only(cli.callJson(1, "undo", "--commit"));
    assertThat(back.get("conflicts").asInt()).isEqualTo(1);
    assertThat(
            database.queryValue(
                "SELECT total_lessons FROM course_enrollments WHERE id = '" + row + "'"))
        .isEqualTo("99");
    assertThat(database.queryValue(WRONG)).isEqualTo("658");
  }

  @Test
  void files_that_do_not_fit_the_history_are_refused_with_the_way_out() throws IOException {
    cli.callJson(0, "migrate", "--commit");
    String applied = Files.readString(file());
    edit("-- plumb:document", "-- plumb:document\nANALYZE course_enrollments;");
    Cli.Result edited = cli.call("migrate", "--commit");
    assertThat(edited.exit()).isEqualTo(78);
    assertThat(edited.err()).contains("edited after it had been applied").contains("plumb show 1");

    Files.writeString(file(), applied + "\n-- a better way back\n");
    assertThat(cli.call("migrate").exit()).as("the undo section may change").isZero();

    Files.writeString(folder.resolve("migrations/017_late.sql"), "CREATE TABLE late (id int);\n");
    Cli.Result late = cli.call("migrate", "--commit");
    assertThat(late.exit()).isEqualTo(78);
    assertThat(late.err()).contains("017_late.sql").contains("comes before 018");
    Files.delete(folder.resolve("migrations/017_late.sql"));

    Files.delete(file());
    Cli.Result missing = cli.call("migrate");
    assertThat(missing.exit()).isEqualTo(78);
    assertThat(missing.err()).contains("its file is not there");
    assertThat(cli.call("migrate", "--to", "020").exit()).isEqualTo(64);
  }

  @Test
  void statements_that_fail_are_named_and_the_step_is_rolled_back_whole() throws IOException {
    edit("ALTER COLUMN total_lessons SET NOT NULL", "ALTER COLUMN no_such SET NOT NULL");
    JsonNode stopped = cli.callJson(78, "migrate", "--commit");
    assertThat(stopped.get("error").get("what").asText())
        .contains(FILE + ":42")
        .contains("no_such");
    assertThat(doneSteps(only(stopped)))
        .as("the validation has a transaction of its own")
        .containsExactly("schema", "backfill", "verify", "constrain", "constrain");

    edit("ALTER COLUMN no_such SET NOT NULL", "ALTER COLUMN total_lessons SET NOT NULL");
    edit("-- plumb:backfill", "ANALYZE lessons;\n-- plumb:backfill");
    Cli.Result edited = cli.call("migrate", "--commit");
    assertThat(edited.exit()).isEqualTo(78);
    assertThat(edited.err()).contains("schema is done already and was edited since");

    edit("ANALYZE lessons;\n", "");
    assertThat(only(cli.callJson(0, "migrate", "--commit")).get("run").asInt()).isEqualTo(1);
  }

  @Test
  void a_file_for_psql_or_with_transactions_of_its_own_is_refused_by_name() throws IOException {
    Files.writeString(
        folder.resolve("migrations/019_odd.sql"),
        "BEGIN;\n\\set x 1\nCREATE TABLE odd (id int);\nCOMMIT;\nCOPY odd FROM stdin;\n1\n\\.\n");
    Cli.Result refused = cli.call("migrate");
    assertThat(refused.exit()).isEqualTo(78);
    assertThat(refused.err())
        .contains(":1:1", ":2:1", "\\set", ":4:1", "transaction control", "COPY");
  }
}
