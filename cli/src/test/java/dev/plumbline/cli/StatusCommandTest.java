package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumb status}: one screen, and an exit code by what is on it. */
class StatusCommandTest {
  @TempDir Path directory;
  @AutoClose private final TestDatabase database = TestDatabase.postgres();
  private Cli cli = new Cli(Path.of(""), "");

  @BeforeEach
  void makeProject() throws IOException {
    database.execute(
        "CREATE TABLE boxes (id integer PRIMARY KEY, width integer, size integer)",
        "INSERT INTO boxes VALUES (1, 2, 4), (2, 3, 0), (3, 5, NULL)");
    Files.writeString(
        directory.resolve("plumb.yaml"), "project: boxes\ndatabase: ${PLUMB_DATABASE_URL}\n");
    write("invariants/sizes.yaml", "says: x\ntable: boxes\nderive: {size: width * 2}\n");
    write("migrations/001_note.sql", "ALTER TABLE boxes ADD COLUMN note text;\n");
    write(
        "migrations/002_fill.sql",
        """
        -- plumb:review Ada
        -- plumb:staging ?
        -- plumb:backfill sizes
        -- plumb:verify sizes
        """);
    cli = new Cli(directory, database.url());
  }

  @Test
  void from_nothing_to_all_applied() {
    JsonNode fresh = cli.json(0, "status");
    assertThat(Reports.texts(fresh.get("migrations"), "state"))
        .isEqualTo(List.of("pending", "pending"));
    assertThat(Reports.texts(fresh.get("invariants"), "verdict")).isEqualTo(List.of("unknown"));
    assertThat(fresh.get("migrations").get(1).get("open").get(0).asText()).isEqualTo("staging");
    assertThat(database.queryValue("SELECT to_regnamespace('plumb')")).isNull();

    assertThat(Reports.texts(cli.callJson(2, "status", "--audit").get("invariants"), "verdict"))
        .isEqualTo(List.of("violated"));
    cli.json(0, "migrate", "--commit");
    JsonNode done = cli.json(0, "status");
    assertThat(Reports.texts(done.get("migrations"), "state"))
        .isEqualTo(List.of("applied", "applied"));
    assertThat(done.get("invariants").get(0).get("verdict").asText()).isEqualTo("holds");
    assertThat(done.get("invariants").get(0).get("fresh").asBoolean()).isFalse();
    assertThat(cli.call("status").out())
        .contains("✓ applied   001_note.sql  run 1, ", "open: staging", "Nothing is to be done.");
  }

  @OnEachDatabase
  void each_database_says_the_same(TestDatabase each) {
    each.execute("CREATE TABLE boxes (id integer PRIMARY KEY, width integer, size integer)");
    each.execute("INSERT INTO boxes VALUES (1, 2, 4), (2, 3, 0)");
    Cli other = new Cli(directory, each.url());
    assertThat(other.call("status").out()).contains("2 pending", "never verified here");
    other.callJson(0, "migrate", "--commit");
    other.callJson(0, "status", "--audit");
    JsonNode done = other.callJson(0, "status");
    assertThat(Reports.texts(done.get("migrations"), "state"))
        .isEqualTo(List.of("applied", "applied"));
    assertThat(Reports.texts(done.get("invariants"), "verdict")).isEqualTo(List.of("holds"));
  }

  @Test
  void what_was_taken_back_is_not_known_to_hold() {
    cli.callJson(0, "repair", "sizes", "--commit");
    assertThat(cli.call("status").out()).contains("✓ holds     sizes  when run 1 verified it");
    cli.callJson(0, "rollback", "1", "--commit");
    assertThat(cli.call("status").out()).contains("  unknown   sizes  taken back by run 2");
  }

  @Test
  void a_failed_migration_is_shown_with_its_step_and_why() throws IOException {
    write("migrations/003_bad.sql", "ALTER TABLE nothing ADD COLUMN x integer;\n");
    cli.call("migrate", "--commit");
    Cli.Result status = cli.call("status");
    assertThat(status.exit()).isEqualTo(2);
    assertThat(status.out())
        .contains(
            "✗ failed    003_bad.sql",
            ", at schema: ",
            "nothing",
            "Next: plumb",
            "migrate --commit");
  }

  @Test
  void an_edited_file_is_a_problem_and_the_screen_is_there_nevertheless() throws IOException {
    cli.call("migrate", "--commit");
    write("migrations/001_note.sql", "ALTER TABLE boxes ADD COLUMN other text;\n");
    Cli.Result status = cli.call("status");
    assertThat(status.exit()).isEqualTo(78);
    assertThat(status.out()).contains("the file was edited after it had been applied", "Guards");
  }

  @Test
  void a_migration_that_is_still_being_written_does_not_hide_the_others() {
    cli.call("migrate", "--commit");
    assertThat(cli.call("new", "more").exit()).isZero();
    Cli.Result status = cli.call("status");
    assertThat(status.exit()).isEqualTo(78);
    assertThat(status.out())
        .contains("✓ applied   002_fill.sql", "003_more.sql:2:1: still to do", "Guards");
  }

  @Test
  void a_guard_that_was_disabled_is_broken() throws IOException {
    write(
        "invariants/shelf-boxes.yaml",
        "says: x\ntable: shelves\nderive: {boxes: count(*)}\nfrom: parcels\nby: {shelf_id: id}\n");
    database.execute(
        "CREATE TABLE shelves (id integer PRIMARY KEY, boxes integer)",
        "CREATE TABLE parcels (id integer PRIMARY KEY, shelf_id integer)");
    assertThat(cli.call("guard", "shelf-boxes", "--commit").exit()).isZero();
    assertThat(cli.callJson(0, "status").get("guards").get(0).get("intact").asBoolean()).isTrue();
    database.execute("ALTER TABLE parcels DISABLE TRIGGER USER");
    Cli.Result status = cli.call("status");
    assertThat(status.exit()).isEqualTo(2);
    assertThat(status.out()).contains("✗ broken", "disabled: ", "guard shelf-boxes");
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
