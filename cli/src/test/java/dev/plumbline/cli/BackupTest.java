package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.PostgresVersion;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backup before a migration. PostgreSQL's needs a pg_dump on the path. */
class BackupTest {
  private static final String SETTINGS =
      """
      project: shop
      database: ${PLUMB_DATABASE_URL}
      backup:
        folder: backups
      """;

  @TempDir Path folder;

  @Test
  void sqlite_is_copied_before_a_migration_and_before_it_is_taken_back() throws Exception {
    try (TestDatabase database = TestDatabase.sqlite()) {
      takes(database, "SQLite's VACUUM INTO", ".sqlite", "opened: integrity_check");
    }
  }

  @Test
  void postgresql_is_dumped_before_a_migration_and_before_it_is_taken_back() throws Exception {
    try (TestDatabase database = dumpable()) {
      takes(database, "pg_dump ", ".dump", "the catalogue restored into PostgreSQL");
    }
  }

  private void takes(TestDatabase database, String with, String ending, String checked)
      throws Exception {
    database.execute(
        "CREATE TABLE goals (id INTEGER PRIMARY KEY, title TEXT)",
        "INSERT INTO goals VALUES (1, 'run'), (2, 'read')");
    MigrationProject project = project(database, SETTINGS);
    Cli.Result plan = project.cli().call("migrate");
    assertThat(plan.out()).contains("First a backup is taken into ", "by " + with);
    assertThat(project.cli().callJson(0, "migrate").get("backup").get("made_with").asText())
        .startsWith(with);
    assertThat(files()).isEmpty();

    Cli.Result done = project.cli().call("migrate", "--commit");
    assertThat(done.exit()).as(done.out() + done.err()).isZero();
    assertThat(done.out()).contains("Backup taken: ");
    JsonNode backup = backups(project.cli(), 1).get(0);
    Path file = Path.of(backup.get("file").asText());
    assertThat(files()).containsExactly(file);
    assertThat(file.toString()).endsWith(ending);
    assertThat(backup.get("bytes").asLong()).isEqualTo(Files.size(file));
    assertThat(backup.get("sha256").asText()).hasSize(64);
    assertThat(backup.get("checked").asText()).contains(checked, "2 rows in 1 table");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(project.cli().call("show", "1").out())
        .contains("backup", file.toString(), backup.get("sha256").asText());

    assertThat(project.cli().call("migrate", "--commit").out()).startsWith("Nothing to do");
    assertThat(files()).hasSize(1);
    JsonNode undone = project.cli().callJson(0, "undo", "--commit");
    assertThat(undone.get("migrations").get(0).get("backups")).hasSize(1);
    assertThat(files()).hasSize(2);
  }

  @Test
  void a_dump_holds_what_is_hard_to_restore() throws Exception {
    try (TestDatabase database = dumpable()) {
      database.execute(
          "CREATE EXTENSION pgcrypto",
          "CREATE SCHEMA \"Odd one\"",
          "CREATE TYPE \"Odd one\".mood AS ENUM ('good', 'bad')",
          "CREATE TABLE \"Odd one\".\"a \"\"b\"\".c\" (id int, m \"Odd one\".mood, \"x y\" text)",
          "INSERT INTO \"Odd one\".\"a \"\"b\"\".c\" VALUES (1, 'good', E'two\\nlines'), (2, NULL, '\\.')",
          "CREATE TABLE empty_row ()",
          "INSERT INTO empty_row DEFAULT VALUES",
          "CREATE TABLE parted (day date NOT NULL, n int) PARTITION BY RANGE (day)",
          "CREATE TABLE parted_2026 PARTITION OF parted FOR VALUES FROM ('2026-01-01') TO"
              + " ('2027-01-01')",
          "INSERT INTO parted VALUES ('2026-05-05', 1)",
          "CREATE TABLE parent (id int PRIMARY KEY)",
          "CREATE TABLE child (note text) INHERITS (parent)",
          "INSERT INTO child VALUES (1, 'x')",
          "CREATE TABLE twice (n int, m int GENERATED ALWAYS AS (n * 2) STORED)",
          "INSERT INTO twice VALUES (2)",
          "CREATE MATERIALIZED VIEW totals AS SELECT sum(n) FROM twice",
          "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
          "CREATE UNLOGGED TABLE fleeting (id int)");
      MigrationProject project = project(database, SETTINGS);
      Cli.Result done = project.cli().call("migrate", "--commit");
      assertThat(done.exit()).as(done.out() + done.err()).isZero();
      assertThat(backups(project.cli(), 1).get(0).get("checked").asText())
          .contains("the catalogue restored into PostgreSQL", "6 rows in 7 tables");
    }
  }

  @Test
  void a_pg_dump_that_is_older_than_the_server_is_refused_before_anything() throws Exception {
    OptionalInt major = pgDump();
    try (TestDatabase database = TestDatabase.postgres()) {
      int server =
          Integer.parseInt(
              String.valueOf(
                  database.queryValue(
                      "SELECT current_setting('server_version_num')::int / 10000")));
      assumeTrue(major.isPresent() && major.getAsInt() < server, "an older pg_dump on the path");
      MigrationProject project = project(database, SETTINGS);
      for (List<String> command : List.of(List.of("migrate"), List.of("migrate", "--commit"))) {
        Cli.Result refused = project.cli().call(command.toArray(String[]::new));
        assertThat(refused.exit()).isEqualTo(78);
        assertThat(refused.err())
            .contains("the server is PostgreSQL " + server, "Install pg_dump " + server);
      }
      assertThat(files()).isEmpty();
      assertThat(database.queryValue("SELECT to_regclass('added') IS NULL")).isEqualTo("t");
    }
  }

  @Test
  void a_role_that_may_not_read_all_makes_none_and_changes_nothing() throws Exception {
    try (TestDatabase database = dumpable()) {
      database.execute("CREATE TABLE secret (id int)");
      String url = database.role("CREATE ON DATABASE " + database.name()).url();
      Cli cli = new Cli(project(database, SETTINGS).folder(), url);
      Cli.Result refused = cli.call("migrate", "--commit");
      assertThat(refused.exit()).as(refused.err()).isEqualTo(77);
      assertThat(files()).isEmpty();
      assertThat(database.queryValue("SELECT to_regclass('added') IS NULL")).isEqualTo("t");
    }
  }

  @OnEachDatabase
  void a_backup_that_fails_stops_the_change(TestDatabase database) throws Exception {
    database.execute("CREATE TABLE goals (id INTEGER PRIMARY KEY)");
    MigrationProject project =
        project(database, SETTINGS + "  with: {command: \"echo tape is full >&2; exit 1\"}\n");
    Cli.Result refused = project.cli().call("migrate", "--commit");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("tape is full", "Nothing was changed in the database");
    assertThat(project.cli().callJson(0, "runs").get("runs")).isEmpty();
    assertThat(files()).isEmpty();
  }

  private MigrationProject project(TestDatabase database, String settings) {
    return MigrationProject.in(folder, database)
        .file("plumb.yaml", settings)
        .migration(
            "001_added.sql",
            """
            -- plumb:schema
            CREATE TABLE added (id INTEGER PRIMARY KEY);
            -- plumb:undo
            DROP TABLE added;
            """);
  }

  private static JsonNode backups(Cli cli, long run) {
    return cli.callJson(0, "show", String.valueOf(run)).get("run").get("backups");
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder.resolve("backups"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.resolve("backups"))) {
      return files.toList();
    }
  }

  /** A server that the pg_dump on the path can dump. */
  private static TestDatabase dumpable() {
    OptionalInt major = pgDump();
    assumeTrue(major.isPresent(), "pg_dump is not on the path");
    for (PostgresVersion version : List.of(PostgresVersion.NEWEST, PostgresVersion.OLDEST)) {
      TestDatabase database = TestDatabase.postgres(version);
      String server =
          String.valueOf(
              database.queryValue("SELECT current_setting('server_version_num')::int / 10000"));
      if (Integer.parseInt(server) <= major.getAsInt()) {
        return database;
      }
      database.close();
    }
    return Assumptions.abort("pg_dump on the path is older than any PostgreSQL here");
  }

  private static OptionalInt pgDump() {
    try {
      Process process = new ProcessBuilder("pg_dump", "--version").start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher version = Pattern.compile("\\(PostgreSQL\\) (\\d+)").matcher(said);
      return version.find()
          ? OptionalInt.of(Integer.parseInt(version.group(1)))
          : OptionalInt.empty();
    } catch (IOException notThere) {
      return OptionalInt.empty();
    }
  }
}
