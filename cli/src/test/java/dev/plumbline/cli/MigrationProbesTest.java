package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations are probed: a service that reads the table is asked before and after each. */
class MigrationProbesTest {
  private static final String PROBES =
      """
      requests:
        - name: boxes
          get: ${SERVICE}/boxes?key=s3cret
          expect: {status: 200, body: .right}
      samples: 3
      thresholds: {p95: 9000%, slowdown: 9000%, noise: 10s}
      on_breach: ON_BREACH
      """;

  private static final String HARMLESS =
      """
      -- plumb:probes campus
      -- plumb:schema
      ALTER TABLE boxes ADD COLUMN depth integer;
      -- plumb:undo
      ALTER TABLE boxes DROP COLUMN depth;
      """;

  /** The service reads the old name. */
  private static final String RENAMES =
      """
      -- plumb:probes campus
      -- plumb:schema
      ALTER TABLE boxes RENAME COLUMN width TO breadth;
      -- plumb:undo
      ALTER TABLE boxes RENAME COLUMN breadth TO width;
      """;

  private static final String FILLS_AND_RENAMES =
      """
      -- plumb:probes campus
      -- plumb:expect 2 rows violate sizes
      -- plumb:backfill sizes
      -- plumb:verify sizes
      -- plumb:constrain
      ALTER TABLE boxes RENAME COLUMN width TO breadth;
      -- plumb:undo
      ALTER TABLE boxes RENAME COLUMN breadth TO width;
      """;

  @TempDir private Path folder;

  private MigrationProject project(TestDatabase database, String onBreach) {
    database.execute(
        "CREATE TABLE boxes (id integer PRIMARY KEY, width integer, size integer)",
        "INSERT INTO boxes VALUES (1, 10, 0), (2, 20, 0)");
    return MigrationProject.in(folder, database)
        .file(
            "plumb.yaml",
            "project: test\ndatabase: ${PLUMB_DATABASE_URL}\nalerts: [{webhook: \"${HOOK:-}\"}]\n")
        .file("probes/campus.yaml", PROBES.replace("ON_BREACH", onBreach))
        .invariant("sizes", "says: x\ntable: boxes\nderive: {size: width * 2}\n");
  }

  private Map<String, String> environment(TestDatabase database, BoxesService service) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PLUMB_DATABASE_URL", database.url());
    environment.put("SERVICE", service.url());
    environment.put("HOOK", service.url() + "/hook");
    environment.put("PATH", System.getenv("PATH"));
    return environment;
  }

  private Cli.Result call(TestDatabase database, BoxesService service, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--project", folder.toString()));
    all.addAll(List.of(arguments));
    return Cli.call(environment(database, service), all.toArray(String[]::new));
  }

  private JsonNode json(int exit, TestDatabase database, BoxesService service, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--format", "json"));
    Cli.Result result = call(database, service, all.toArray(String[]::new));
    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(exit);
    return Cases.json(result.out());
  }

  private JavaMain process(TestDatabase database, BoxesService service, String... arguments) {
    return new Cli(folder, database.url())
        .process(arguments)
        .environment("SERVICE", service.url())
        .environment("HOOK", "");
  }

  private static boolean has(TestDatabase database, String column) {
    try {
      database.query("SELECT " + column + " FROM boxes");
      return true;
    } catch (IllegalStateException missing) {
      return false;
    }
  }

  @OnEachDatabase
  void a_service_that_answers_as_before_lets_the_migration_be_applied(TestDatabase database)
      throws IOException {
    project(database, "roll_back").migration("001_depth.sql", HARMLESS);
    try (BoxesService service = new BoxesService(database)) {
      Cli.Result result = call(database, service, "migrate", "--commit");
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out())
          .containsSubsequence(
              "001_depth.sql",
              "Probes before the run (latencies in ms, 3 samples each)",
              "Applied and proven (run 1",
              "Probes after the run",
              "The service answers as before, in 1 look; no threshold is breached.")
          .doesNotContain("s3cret");
      assertThat(Files.readString(folder.resolve(".plumb/runs/1/probes.json")))
          .contains("\"baseline\"", "\"looks\"");
      assertThat(service.notices().getLast())
          .contains("\"thresholds_breached\":0", "\"exit_code\":0");
      assertThat(call(database, service, "status").exit()).isZero();
      assertThat(call(database, service, "show", "1").out()).doesNotContain("service");
    }
  }

  @OnEachDatabase
  void nothing_is_written_where_the_service_is_wrong_already(TestDatabase database) {
    project(database, "fail").migration("001_depth.sql", HARMLESS);
    try (BoxesService service = new BoxesService(database)) {
      service.reads("breadth");
      Cli.Result result = call(database, service, "migrate", "--commit");
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err())
          .contains("The probe boxes fails before anything was changed: 3 of 3 answers are wrong")
          .contains("This command has written nothing.");
      assertThat(has(database, "depth")).isFalse();
      assertThat(call(database, service, "runs").out()).contains("There are no runs yet");
      assertThat(service.notices()).isEmpty();
    }
  }

  @OnEachDatabase
  void a_breach_leaves_the_migration_applied_and_keeps_later_ones_back(TestDatabase database) {
    project(database, "fail").migration("001_rename.sql", RENAMES);
    try (BoxesService service = new BoxesService(database)) {
      write("migrations/002_more.sql", "CREATE TABLE more (id integer);\n");
      Cli.Result result = call(database, service, "migrate", "--commit");
      assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(2);
      assertThat(result.out())
          .contains("breached errors: boxes: 3 of 3 answers are wrong (answered 500, not 200)")
          .contains("The migration stays applied; no later one is begun.")
          .doesNotContain("002_more.sql");
      assertThat(service.notices().getLast())
          .contains("\"thresholds_breached\":1", "\"exit_code\":2");

      String reason = "The service is worse than before: boxes: 3 of 3 answers are wrong";
      assertThat(call(database, service, "show", "1").out()).contains("succeeded", reason);
      assertThat(call(database, service, "runs").out()).contains("succeeded, with a remark");
      Cli.Result status = call(database, service, "status");
      assertThat(status.exit()).isEqualTo(1);
      assertThat(status.out()).contains("✓ applied   001_rename.sql", reason, "pending");
      assertThat(call(database, service, "migrate").out())
          .contains("it is probed again before anything else is applied");

      Cli.Result again = call(database, service, "migrate", "--commit");
      assertThat(again.exit()).as(again.out() + again.err()).isEqualTo(2);
      assertThat(again.out())
          .contains("001_rename.sql is applied; its service is looked at again", "breached")
          .doesNotContain("002_more.sql");

      service.reads("breadth"); // its new version is rolled out
      Cli.Result mended = call(database, service, "migrate", "--commit");
      assertThat(mended.exit()).as(mended.out() + mended.err()).isZero();
      assertThat(mended.out()).contains("The service answers as before", "002_more.sql");
      assertThat(call(database, service, "status").exit()).isZero();
      assertThat(call(database, service, "show", "1").out()).doesNotContain(reason);
    }
  }

  @OnEachDatabase
  void after_a_breach_the_migration_can_be_taken_back(TestDatabase database) {
    project(database, "fail").migration("001_rename.sql", RENAMES);
    try (BoxesService service = new BoxesService(database)) {
      assertThat(call(database, service, "migrate", "--commit").exit()).isEqualTo(2);
      Cli.Result undone = call(database, service, "undo", "--commit");
      assertThat(undone.exit()).as(undone.out() + undone.err()).isZero();
      assertThat(has(database, "width")).isTrue();
      assertThat(call(database, service, "status").exit()).isZero();
    }
  }

  @OnEachDatabase
  void a_breach_takes_the_migration_and_its_rows_back(TestDatabase database) {
    project(database, "{errors: roll_back}").migration("001_sizes.sql", FILLS_AND_RENAMES);
    write("migrations/002_more.sql", "CREATE TABLE more (id integer);\n");
    String before = database.fingerprint("boxes", "id");
    try (BoxesService service = new BoxesService(database)) {
      Cli.Result result = call(database, service, "migrate", "--commit");
      assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(2);
      assertThat(result.out())
          .containsSubsequence(
              "breached errors: boxes",
              "The run is taken back.",
              "Taking back 001_sizes.sql",
              "2 rows changed",
              "Taken back (run 3")
          .doesNotContain("002_more.sql");
      assertThat(database.fingerprint("boxes", "id")).isEqualTo(before);
      assertThat(service.notices().getLast())
          .contains("\"restored\":2", "\"thresholds_breached\":1");
      Cli.Result status = call(database, service, "status");
      assertThat(status.exit()).isZero();
      assertThat(status.out()).contains("pending   001_sizes.sql  taken back by run 3");
      assertThat(call(database, service, "show", "1").out())
          .contains("The service is worse than before");
    }
  }

  @OnEachDatabase
  void what_others_have_changed_since_is_kept_and_told_in_json(TestDatabase database) {
    project(database, "roll_back").migration("001_sizes.sql", FILLS_AND_RENAMES);
    try (BoxesService service = new BoxesService(database)) {
      service.onTrouble(() -> database.execute("UPDATE boxes SET size = 7 WHERE id = 1"));
      JsonNode document = json(2, database, service, "migrate", "--commit");
      assertThat(document.path("exit").asInt()).isEqualTo(2);
      JsonNode one = document.path("migrations").get(0);
      assertThat(one.path("state").asText()).isEqualTo("succeeded");
      assertThat(one.path("remark").asText()).startsWith("The service is worse than before");
      assertThat(one.path("probes").path("consequence").asText()).isEqualTo("roll_back");
      assertThat(one.path("probes").path("breaches").get(0).path("measure").asText())
          .isEqualTo("errors");
      assertThat(one.path("undo").path("state").asText()).isEqualTo("succeeded");
      assertThat(one.path("undo").path("conflicts").asInt()).isEqualTo(1);
      assertThat(database.query("SELECT id, width, size FROM boxes ORDER BY id"))
          .containsExactly(List.of("1", "10", "7"), List.of("2", "20", "0"));
    }
  }

  @Test
  void one_that_does_not_say_how_it_is_taken_back_is_refused_before_anything_is_written() {
    try (TestDatabase database = TestDatabase.sqlite();
        BoxesService service = new BoxesService(database)) {
      project(database, "roll_back").migration("001_first.sql", "CREATE TABLE first (id int);\n");
      write(
          "migrations/002_rename.sql",
          "-- plumb:schema\nALTER TABLE boxes RENAME COLUMN width TO breadth;\n"
              + "-- plumb:probes campus\n");
      Cli.Result result = call(database, service, "migrate", "--commit");
      assertThat(result.exit()).isEqualTo(78);
      assertThat(result.err())
          .contains(
              "migrations/002_rename.sql:3:1: the probes take the migration back, but it does not"
                  + " say how")
          .contains("under `-- plumb:undo` at its end, or `on_breach: fail`");
      assertThat(call(database, service, "runs").out()).contains("There are no runs yet");
      write("probes/campus.yaml", PROBES.replace("ON_BREACH", "fail"));
      assertThat(call(database, service, "migrate", "--to", "001", "--commit").exit()).isZero();
      assertThat(call(database, service, "migrate", "--commit").exit()).isEqualTo(2);
    }
  }

  @Test
  void an_undo_section_that_cannot_be_carried_out_is_refused_as_early() {
    try (TestDatabase database = TestDatabase.postgres();
        BoxesService service = new BoxesService(database)) {
      project(database, "roll_back")
          .migration("001_depth.sql", HARMLESS + "COPY boxes FROM stdin;\n");
      Cli.Result result = call(database, service, "migrate", "--commit");
      assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(78);
      assertThat(has(database, "depth")).isFalse();
    }
  }

  @Test
  void a_name_that_no_file_has_is_told_with_its_place() {
    try (TestDatabase database = TestDatabase.sqlite();
        BoxesService service = new BoxesService(database)) {
      project(database, "fail").migration("001_depth.sql", HARMLESS.replace("campus", "camps"));
      for (List<String> command : List.of(List.of("migrate"), List.of("migrate", "--commit"))) {
        Cli.Result result = call(database, service, command.toArray(String[]::new));
        assertThat(result.exit()).isEqualTo(78);
        assertThat(result.err())
            .contains("migrations/001_depth.sql:1:1: there is no `camps` in probes/")
            .contains("Did you mean `campus`?");
      }
      assertThat(call(database, service, "status").out()).contains("there is no `camps`");
    }
  }

  @Test
  void looking_needs_no_variables_and_asks_nobody() {
    try (TestDatabase database = TestDatabase.sqlite()) {
      MigrationProject project = project(database, "fail").migration("001_depth.sql", HARMLESS);
      assertThat(project.cli().call("status").exit()).isZero();
      assertThat(project.cli().call("lint").exit()).isZero();
      Cli.Result plan = project.cli().call("migrate", "--explain");
      assertThat(plan.exit()).as(plan.out() + plan.err()).isZero();
      assertThat(plan.out())
          .contains("probes    the service is probed before and after, by probes/campus.yaml");
      assertThat(
              project
                  .cli()
                  .callJson(0, "migrate")
                  .path("migrations")
                  .get(0)
                  .path("probed_by")
                  .asText())
          .isEqualTo("campus");
      Cli.Result commit = project.cli().call("migrate", "--commit");
      assertThat(commit.exit()).isEqualTo(78);
      assertThat(commit.err())
          .contains("probes/campus.yaml:3:10: the environment variable SERVICE is not set");
      assertThat(has(database, "depth")).isFalse();
    }
  }

  @Test
  void probes_can_be_named_after_the_migration_was_applied() {
    try (TestDatabase database = TestDatabase.sqlite();
        BoxesService service = new BoxesService(database)) {
      String without = HARMLESS.replace("-- plumb:probes campus\n", "");
      project(database, "fail").migration("001_depth.sql", without);
      JsonNode document = json(0, database, service, "migrate", "--commit");
      assertThat(document.path("migrations").get(0).path("probes").isNull()).isTrue();
      assertThat(folder.resolve(".plumb/runs")).doesNotExist();
      write("migrations/001_depth.sql", HARMLESS);
      Cli.Result again = call(database, service, "migrate", "--commit");
      assertThat(again.exit()).as(again.out() + again.err()).isZero();
      assertThat(again.out()).contains("Nothing to do: the migration is applied.");
    }
  }

  @OnEachDatabase
  void one_that_stopped_is_compared_with_what_was_before_its_first_statement(
      TestDatabase database) {
    project(database, "fail")
        .invariant("never", "says: x\nnone: SELECT id FROM boxes WHERE size = 0\nkey: id\n")
        .migration(
            "001_rename.sql",
            RENAMES.replace("-- plumb:undo", "-- plumb:verify never\n-- plumb:undo"));
    try (BoxesService service = new BoxesService(database)) {
      Cli.Result stopped = call(database, service, "migrate", "--commit");
      assertThat(stopped.exit()).as(stopped.out() + stopped.err()).isEqualTo(2);
      assertThat(stopped.out()).doesNotContain("Probes after the run");
      assertThat(has(database, "breadth")).isTrue();

      database.execute("UPDATE boxes SET size = 1");
      Cli.Result goneOn = call(database, service, "migrate", "--commit");
      assertThat(goneOn.exit()).as(goneOn.out() + goneOn.err()).isEqualTo(2);
      assertThat(goneOn.out())
          .containsSubsequence(
              "Probes before the run", "Applied and proven (run 1", "breached errors: boxes");
    }
  }

  @Test
  void one_that_was_killed_is_compared_with_what_was_before_its_first_statement()
      throws SQLException {
    try (TestDatabase database = TestDatabase.postgres();
        BoxesService service = new BoxesService(database)) {
      database.execute("CREATE TABLE others (id integer)");
      project(database, "fail")
          .migration(
              "001_rename.sql",
              RENAMES.replace(
                  "-- plumb:undo",
                  "CREATE INDEX CONCURRENTLY others_id ON others (id);\n-- plumb:undo"));
      try (Connection holder = database.connect();
          Statement statement = holder.createStatement();
          JavaProcess process = process(database, service, "migrate", "--commit").start()) {
        holder.setAutoCommit(false);
        statement.execute("LOCK TABLE others IN SHARE ROW EXCLUSIVE MODE");
        Until.holds(
            "it waits for the lock",
            () ->
                !process.isAlive()
                    || "t"
                        .equals(
                            database.queryValue(
                                "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE"
                                    + " wait_event_type = 'Lock' AND query LIKE 'CREATE INDEX"
                                    + " CONC%' AND datname = current_database())")));
        assertThat(process.kill9().exitCode()).isEqualTo(137);
        holder.rollback();
      }
      assertThat(has(database, "breadth")).as("the first part is done").isTrue();
      Cli.Result goneOn = call(database, service, "migrate", "--commit");
      assertThat(goneOn.exit()).as(goneOn.out() + goneOn.err()).isEqualTo(2);
      assertThat(goneOn.out()).contains("Applied and proven", "breached errors: boxes");
    }
  }

  @Test
  void a_process_that_ends_while_it_watches_leaves_the_rest_to_the_next() {
    try (TestDatabase database = TestDatabase.postgres();
        BoxesService service = new BoxesService(database)) {
      project(database, "fail").migration("001_depth.sql", HARMLESS);
      write("probes/campus.yaml", PROBES.replace("ON_BREACH", "fail") + "watch: 20m\n");
      try (JavaProcess process = process(database, service, "migrate", "--commit").start()) {
        Path log = folder.resolve(".plumb/runs/1/probes.json");
        Until.holds(
            "the first look is over",
            () ->
                !process.isAlive()
                    || (Files.exists(log) && Files.readString(log).split("\"at\"", -1).length > 2));
        process.terminate();
        JavaProcess.Result end = process.await();
        assertThat(end.exitCode()).as(end.stdout() + end.stderr()).isEqualTo(143);
      }
      Cli.Result status = call(database, service, "status");
      assertThat(status.exit()).isEqualTo(1);
      assertThat(status.out()).contains("The service has not been looked at to the end.");

      write("probes/campus.yaml", PROBES.replace("ON_BREACH", "fail"));
      Cli.Result again = call(database, service, "migrate", "--commit");
      assertThat(again.exit()).as(again.out() + again.err()).isZero();
      assertThat(again.out()).contains("The service answers as before");
      assertThat(call(database, service, "status").exit()).isZero();
    }
  }

  private void write(String path, String text) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
