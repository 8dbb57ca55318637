package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumb init}: what it makes, and what it finds in the databases of the examples. */
class InitCommandTest {
  @TempDir Path directory;

  @Test
  void a_project_is_made_and_nothing_is_overwritten() throws IOException {
    Path campus = directory.resolve("My Campus");
    Cli.Result first = Cli.call(Map.of(), "init", campus.toString());
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out()).contains("plumb.yaml", "plumb init '" + campus + "' --database URL");
    assertThat(campus.resolve("invariants")).isDirectory();
    assertThat(campus.resolve("migrations")).isDirectory();
    assertThat(Files.readString(campus.resolve("plumb.yaml")))
        .contains("project: my-campus\n", "database: ${PLUMB_DATABASE_URL:-embedded:postgres}\n");

    String own = "project: campus\ndatabase: jdbc:sqlite:" + sqliteFile() + "\n";
    Files.writeString(campus.resolve("plumb.yaml"), own);
    Cli.Result again = Cli.call(Map.of(), "init", campus.toString());
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).contains("plumb.yaml is there already", "Nothing is proposed");
    assertThat(campus.resolve("plumb.yaml")).hasContent(own);
  }

  @Test
  void an_address_with_a_password_does_not_go_into_the_file() throws IOException {
    try (TestDatabase database = TestDatabase.postgres()) {
      init(0, database);
      assertThat(database.url()).contains("?");
      assertThat(Files.readString(directory.resolve("plumb.yaml")))
          .contains("database: ${PLUMB_DATABASE_URL}\n");
    }
  }

  @Test
  void the_counter_of_total_lessons_is_found_with_its_618() throws IOException {
    try (TestDatabase database = TestDatabase.postgres()) {
      Cases.load(database, "total-lessons");
      assertThat(proposals(database)).isEqualTo(Map.of("course-enrollments-total-lessons", 618L));
      assertThat(database.queryValue("SELECT to_regnamespace('plumb')")).isNull();

      Cli cli = new Cli(directory, database.url());
      assertThat(cli.call("audit").exit()).as("none is switched on").isEqualTo(78);
      Path file = Path.of("invariants", "course-enrollments-total-lessons.yaml");
      Files.move(
          directory.resolve("invariants/proposed").resolve(file.getFileName()),
          directory.resolve(file));
      JsonNode audit = Cases.json(cli.call("audit", "--format", "json").out());
      assertThat(Reports.invariants(audit).values().iterator().next().get("violations").asLong())
          .isEqualTo(618);
      assertThat(proposals(database)).as("what is stated already").isEmpty();
    }
  }

  @Test
  void columns_that_refer_without_a_foreign_key_are_found_in_the_university() {
    try (TestDatabase database = TestDatabase.postgres()) {
      Cases.load(database, "open-university");
      assertThat(proposals(database).keySet())
          .contains(
              "assessments-code-module-code-presentation-exists",
              "student-registration-code-module-code-presentation-exists",
              "student-assessment-id-assessment-exists");
    }
  }

  @Test
  void two_tables_with_one_key_are_found_whatever_its_columns_are_called() {
    try (TestDatabase database = TestDatabase.postgres()) {
      Cases.load(database, "dual-enrollment");
      assertThat(proposals(database)).containsOnlyKeys("enrollments-and-student-progress-agree");
    }
  }

  @Test
  void sqlite_is_looked_at_as_well() {
    try (TestDatabase database = TestDatabase.sqlite()) {
      database.execute(
          "CREATE TABLE posts (id INTEGER PRIMARY KEY, comments_count INTEGER, \"group\" TEXT)",
          "CREATE TABLE post_comments (id INTEGER PRIMARY KEY, post_id INTEGER, owner_type TEXT,"
              + " owner_id INTEGER)",
          "INSERT INTO posts (id, comments_count) VALUES (1, 2), (2, 0), (3, 0)",
          "INSERT INTO post_comments (id, post_id) VALUES (1, 1), (2, 1), (3, 2), (4, 9)");
      assertThat(proposals(database))
          .isEqualTo(Map.of("posts-comments-count", 1L, "post-comments-post-id-exists", 1L));
    }
  }

  @Test
  void names_that_need_quotes_and_keys_that_are_missing() {
    try (TestDatabase database = TestDatabase.postgres()) {
      database.execute(
          "CREATE SCHEMA shop",
          "CREATE TABLE shop.\"order\" (id bigint PRIMARY KEY, \"lineCount\" integer)",
          "CREATE TABLE shop.\"Lines\" (\"orderId\" integer)",
          "INSERT INTO shop.\"order\" VALUES (1, 1), (2, 0)",
          "INSERT INTO shop.\"Lines\" VALUES (1), (1), (7), (NULL)");
      assertThat(proposals(database))
          .isEqualTo(Map.of("shop-order-line-count", 1L, "shop-lines-order-id-exists", 1L));
    }
  }

  @Test
  void what_the_rows_contradict_is_not_proposed() {
    try (TestDatabase database = TestDatabase.postgres()) {
      database.execute(
          "CREATE TABLE users (id integer PRIMARY KEY)",
          "CREATE TABLE payments (id integer PRIMARY KEY, user_id integer)",
          "INSERT INTO payments SELECT i, 1000 + i FROM generate_series(1, 20) AS i");
      assertThat(proposals(database)).isEmpty();
    }
  }

  private String sqliteFile() throws IOException {
    Path file = directory.resolve("empty.db");
    return Files.write(file, new byte[0]).toString();
  }

  /** The names of the proposals and what violates them, also as their files say. */
  private Map<String, Long> proposals(TestDatabase database) {
    Map<String, Long> violations = new TreeMap<>();
    for (JsonNode one : init(0, database).get("proposals")) {
      violations.put(one.get("name").asText(), one.get("violations").asLong());
      assertThat(directory.resolve("invariants/proposed/" + one.get("name").asText() + ".yaml"))
          .content()
          .contains("# Then " + one.get("violations").asLong() + " ", "says: ");
    }
    return violations;
  }

  private JsonNode init(int exit, TestDatabase database) {
    Cli.Result result =
        Cli.call(
            Map.of(),
            "--database",
            database.url(),
            "--format",
            "json",
            "init",
            directory.toString());
    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(exit);
    return Cases.json(result.out());
  }
}
