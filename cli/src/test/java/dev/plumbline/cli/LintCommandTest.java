package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumb lint} needs no database: none is there in these tests. */
@EnabledIf(value = "dev.plumbline.parser.PostgresParser#isAvailable", disabledReason = "no npm")
class LintCommandTest {
  private static final String RIGHT = "CREATE TABLE plans (id bigint PRIMARY KEY);\n";
  private static final String WARNED =
      "ALTER TABLE plans ADD CONSTRAINT dear CHECK (price > 0) NOT VALID;\n";

  @TempDir Path directory;

  private Cli.Result lint(String... arguments) {
    List<String> words = new ArrayList<>(List.of("--project", directory.toString(), "lint"));
    words.addAll(List.of(arguments));
    return Cli.call(Map.of(), words.toArray(String[]::new));
  }

  private Path write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private String git(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("git", "-C", directory.toString(), "-c", "user.name=a", "-c", "user.email=b"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void without_a_project_it_takes_files_and_directories() throws IOException {
    write("db/V1__plans.sql", RIGHT);
    Path one = write("one.sql", "SELECT 1");
    Cli.Result result = lint(directory.resolve("db").toString(), one.toString());
    assertThat(result.out()).isEqualTo("2 statements in 2 files: nothing found.\n");
    assertThat(result.exit()).isZero();
  }

  @Test
  void warnings_exit_with_1_and_errors_with_2() throws IOException {
    assertThat(lint(write("a.sql", WARNED).toString()).exit()).isEqualTo(1);
    assertThat(lint(write("b.sql", WARNED + "SELEC").toString()).exit()).isEqualTo(2);
  }

  @Test
  void in_a_project_it_takes_the_migrations_and_asks_for_no_database() throws IOException {
    write("plumb.yaml", "project: p\ndatabase: ${NOT_SET_ANYWHERE}\n");
    write("migrations/001_plans.sql", RIGHT);
    assertThat(lint().out()).isEqualTo("1 statement in 1 file: nothing found.\n");
  }

  @Test
  void files_are_read_in_the_order_in_which_they_are_applied() throws IOException {
    write("db/2_b.sql", WARNED);
    write("db/10_a.sql", "ALTER TABLE plans VALIDATE CONSTRAINT dear;\n");
    assertThat(lint(directory.resolve("db").toString()).exit()).isZero();
    Files.move(directory.resolve("db/10_a.sql"), directory.resolve("db/1_a.sql"));
    assertThat(lint(directory.resolve("db").toString()).exit()).isEqualTo(1);
  }

  @Test
  void since_a_commit_only_what_has_changed_is_judged() throws Exception {
    git("init", "-q", "-b", "trunk");
    write("db/1_old.sql", "SELEC old");
    git("add", ".");
    git("commit", "-qm", "one");
    String db = directory.resolve("db").toString();
    assertThat(lint(db, "--since", "trunk").out())
        .isEqualTo("0 statements in 0 files: nothing found.\n");
    write("db/2_committed.sql", "SELEC committed");
    git("add", ".");
    git("commit", "-qm", "two");
    write("db/3_new.sql", "SELEC new");
    Cli.Result result = lint(db, "--since", "HEAD~1", "--format", "json");
    List<String> found = new ArrayList<>();
    for (JsonNode finding : Cases.json(result.out()).get("findings")) {
      found.add(Path.of(finding.get("file").asText()).getFileName().toString());
    }
    assertThat(found).containsExactly("2_committed.sql", "3_new.sql");
  }

  @Test
  void since_what_git_does_not_know_is_wrong_usage() throws Exception {
    Path file = write("1.sql", RIGHT);
    assertThat(lint(file.toString(), "--since", "main").exit()).isEqualTo(64);
    git("init", "-q");
    Cli.Result result = lint(file.toString(), "--since", "no-such-branch");
    assertThat(result.exit()).isEqualTo(64);
    assertThat(result.err()).contains("no-such-branch", "git fetch");
    assertThat(lint(file.toString(), "--since=--output=x").exit()).isEqualTo(64);
  }

  @Test
  void a_finding_as_an_annotation_names_file_and_line() throws IOException {
    Path file = write("a.sql", "\n" + WARNED);
    assertThat(lint(file.toString(), "--format", "github").out())
        .startsWith("::warning file=" + file + ",line=2,col=23,title=not-valid-never-validated::")
        .hasLineCount(1);
  }

  @Test
  void a_finding_as_text_shows_the_line_the_harm_and_the_right_sql() throws IOException {
    Path file = write("a.sql", WARNED);
    assertThat(lint(file.toString()).out())
        .isEqualTo(
            """
            FILE:1:23: warning not-valid-never-validated: `dear` of plans is added NOT VALID and never validated
             1 | ALTER TABLE plans ADD CONSTRAINT dear CHECK (price > 0) NOT VALID;
               |                       ^^^^^^^^^^
              Rows that were there before may break the constraint for ever: it binds new writes only, and the next update of such a row fails.
              Write instead:
                  ALTER TABLE plans VALIDATE CONSTRAINT dear;   -- in a later transaction; it blocks neither reads nor writes
              Why: docs/lint/not-valid-never-validated.md

            1 statement in 1 file: 0 errors, 1 warning.
            """
                .replace("FILE", file.toString()));
  }

  @Test
  void nothing_to_look_at_is_wrong_usage() {
    assertThat(lint().exit()).isEqualTo(64);
    assertThat(lint("no-such-file.sql").exit()).isEqualTo(64);
  }

  @Test
  void a_file_in_another_encoding_is_named() throws IOException {
    Path file = directory.resolve("latin.sql");
    Files.write(file, new byte[] {'-', '-', (byte) 0xE9});
    Cli.Result result = lint(file.toString());
    assertThat(result.exit()).isEqualTo(78);
    assertThat(result.err()).contains("latin.sql", "UTF-8");
  }

  @Test
  void formats_for_findings_are_refused_elsewhere() {
    assertThat(Cli.call(Map.of(), "audit", "--format", "sarif").exit()).isEqualTo(64);
  }

  @Test
  void with_a_database_it_knows_sizes_objects_and_forced_row_security() throws IOException {
    try (TestDatabase database = TestDatabase.postgres()) {
      database.execute(
          """
          CREATE TABLE small (id int PRIMARY KEY, x int);
          INSERT INTO small VALUES (1, 1);
          CREATE TABLE hidden (id int PRIMARY KEY, x int);
          ALTER TABLE hidden FORCE ROW LEVEL SECURITY;
          ANALYZE small, hidden""");
      Path file =
          write(
              "a.sql",
              """
              UPDATE small SET x = 2;
              UPDATE hidden SET x = 2 WHERE id = 1;
              DROP INDEX CONCURRENTLY small_pkey;
              DROP INDEX CONCURRENTLY other_pkey;
              """);
      assertThat(rules(lint(file.toString(), "--format", "json")))
          .containsExactly("unbatched-change", "drop-without-if-exists", "drop-without-if-exists");
      assertThat(rules(lint(file.toString(), "--database", database.url(), "--format", "json")))
          .containsExactly("forced-row-security", "drop-without-if-exists");
    }
  }

  @Test
  void what_would_lock_a_large_table_is_over_in_a_moment_on_a_small_one() throws IOException {
    try (TestDatabase database = TestDatabase.postgres()) {
      database.execute(
          """
          CREATE TABLE small (id int PRIMARY KEY, x int);
          CREATE TABLE large (id int PRIMARY KEY, x int);
          INSERT INTO large SELECT g, g FROM generate_series(1, 20000) g;
          INSERT INTO small VALUES (1, 1);
          ANALYZE small, large""");
      Path file =
          write(
              "a.sql", "CREATE INDEX small_x ON small (x);\nCREATE INDEX large_x ON large (x);\n");
      assertThat(lint(file.toString(), "--database", database.url()).out())
          .contains("writers of large wait")
          .doesNotContain("writers of small wait");
    }
  }

  private static List<String> rules(Cli.Result result) {
    List<String> rules = new ArrayList<>();
    Cases.json(result.out()).get("findings").forEach(f -> rules.add(f.get("rule").asText()));
    return rules;
  }

  @Test
  void a_database_on_sqlite_is_refused() throws IOException {
    Path file = write("a.sql", RIGHT);
    assertThat(lint(file.toString(), "--database", "jdbc:sqlite:x.db").exit()).isEqualTo(64);
  }

  @Test
  void the_original_migration_of_case_1_does_not_pass() {
    Cli.Result result =
        Cli.call(
            Map.of(),
            "--project",
            Cases.project("total-lessons").toString(),
            "lint",
            Cases.project("total-lessons").resolve("original").toString());
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out())
        .contains(
            "error trigger-without-backfill",
            "course_enrollments (total_lessons, lessons_completed, progress_percentage",
            "-- plumb:backfill enrollment-total-lessons",
            "-- plumb:verify enrollment-total-lessons");
  }

  @Test
  void settings_beside_a_file_count() throws IOException {
    Path file = write("V1__i.sql", "SELECT 1;\nCREATE INDEX CONCURRENTLY i ON plans (price);\n");
    assertThat(lint(file.toString()).out()).contains("cannot-run-in-transaction");
    write("V1__i.sql.conf", "executeInTransaction=false\n");
    assertThat(lint(file.toString()).exit()).isZero();
  }

  @Test
  void matters_of_taste_are_found_where_asked() throws IOException {
    Path file = write("a.sql", "CREATE TABLE t (id bigint PRIMARY KEY, name varchar(9));\n");
    assertThat(lint(file.toString()).exit()).isZero();
    assertThat(lint(file.toString(), "--style").out()).contains("text-over-varchar");
  }

  @Test
  void what_goes_out_together_is_empty() throws Exception {
    git("init", "-q", "-b", "trunk");
    write("db/1_old.sql", "CREATE TABLE old (x int);");
    git("add", ".");
    git("commit", "-qm", "one");
    write("db/2_new.sql", "CREATE TABLE fresh (x int);");
    write("db/3_new.sql", "CREATE INDEX fresh_x ON fresh (x);\nCREATE INDEX old_x ON old (x);");
    assertThat(lint(directory.resolve("db").toString(), "--since", "trunk").out())
        .contains("index-without-concurrently: writers of old ")
        .doesNotContain("writers of fresh ");
  }
}
