package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a catalogue has otherwise than the migrations say, or than another catalogue has it. */
class DriftTest {
  private static final String TABLE =
      "CREATE TABLE \"ord ers\" (id integer PRIMARY KEY, status text DEFAULT 'new')";
  private static final String INDEX = "CREATE INDEX by_status ON \"ord ers\" (status)";

  private static final String HISTORY =
      """
      CREATE TABLE flyway_schema_history (
        installed_rank integer PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL,
        type varchar(20) NOT NULL, script varchar(1000) NOT NULL, checksum integer,
        installed_by varchar(100) NOT NULL, installed_on timestamp NOT NULL,
        execution_time integer NOT NULL, success boolean NOT NULL)""";

  @TempDir Path files;

  @OnEachDatabase
  void what_no_migration_claims_is_listed(TestDatabase database) throws IOException {
    applied(database);
    database.execute("CREATE TABLE notes (id integer)", "CREATE INDEX by_hand ON notes (id)");
    assertThat(findings(cli(database).callJson(0, "verify"))).isEmpty();
    assertThat(findings(cli(database).callJson(1, "verify", "--unclaimed")))
        .containsExactly("unclaimed null table notes");
  }

  @Test
  void what_the_migrations_make_is_compared_object_by_object() throws IOException {
    try (TestDatabase database = TestDatabase.postgres()) {
      applied(database);
      assertThat(findings(cli(database).callJson(0, "verify", "--exact"))).isEmpty();
      database.execute(
          "CREATE INDEX by_hand ON \"ord ers\" (id, status)",
          "ALTER TABLE \"ord ers\" ALTER COLUMN status SET DEFAULT 'old'",
          "DROP INDEX by_status");
      assertThat(findings(cli(database).callJson(2, "verify", "--exact")))
          .containsExactlyInAnyOrder(
              "false-claim 1 column status of ord ers",
              "false-claim 2 index by_status on ord ers",
              "drift 1 column status of ord ers",
              "drift 2 index by_status on ord ers",
              "drift 1 index by_hand on ord ers");
    }
  }

  @Test
  void each_tenant_has_its_own_record_and_its_own_objects() throws IOException {
    Path migrations = files.resolve("db/migration");
    Files.createDirectories(migrations);
    Files.writeString(migrations.resolve("V1__m.sql"), "CREATE TABLE items (id integer);\n");
    Files.writeString(migrations.resolve("V2__m.sql"), "CREATE INDEX items_id ON items (id);\n");
    try (TestDatabase database = TestDatabase.postgres()) {
      for (String tenant : List.of("anna", "ben")) {
        database.execute(
            "CREATE SCHEMA " + tenant,
            HISTORY.replace("TABLE ", "TABLE " + tenant + "."),
            "INSERT INTO "
                + tenant
                + ".flyway_schema_history SELECT i, CAST(i AS text), 'm', 'SQL',"
                + " 'V' || i || '__m.sql', NULL, 'x', now(), 1, true FROM generate_series(1, 2) i",
            "CREATE TABLE " + tenant + ".items (id integer)");
      }
      database.execute("CREATE INDEX items_id ON anna.items (id)");
      JsonNode found = cli(database).callJson(2, "verify", "--unclaimed");
      assertThat(findings(found)).containsExactly("false-claim 2 index items_id on items");
      assertThat(found.get("findings").get(0).get("tracker").asText())
          .isEqualTo("Flyway (ben.flyway_schema_history)");
      assertThat(found.get("findings").get(0).get("by_hand").asBoolean())
          .as("in which schema it would be made is not certain")
          .isTrue();
    }
  }

  @Test
  void a_repeatable_migration_that_will_run_again_is_not_held_to_its_new_text() throws IOException {
    try (TestDatabase database = TestDatabase.postgres()) {
      applied(database);
      Files.writeString(
          files.resolve("db/migration/R__total.sql"),
          "CREATE OR REPLACE FUNCTION total() RETURNS integer LANGUAGE sql AS 'SELECT 2';");
      database.execute(
          "CREATE FUNCTION total() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
          "INSERT INTO flyway_schema_history VALUES (3, NULL, 'total', 'SQL', 'R__total.sql', 17,"
              + " 'x', '2026-01-01 00:00:00', 1, true)");
      assertThat(findings(cli(database).callJson(0, "verify"))).isEmpty();
    }
  }

  @Test
  void a_migration_that_needs_what_none_makes_is_named() throws IOException {
    try (TestDatabase database = TestDatabase.postgres()) {
      applied(database);
      database.execute("CREATE TABLE made_by_hand (id integer)");
      recorded(database, 3, "CREATE INDEX later ON made_by_hand (id)");
      Cli.Result stopped = cli(database).call("verify", "--exact");
      assertThat(stopped.exit()).isEqualTo(78);
      assertThat(stopped.err()).contains("V3__m.sql:1", "relation \"made_by_hand\" does not exist");
    }
  }

  @OnEachDatabase
  void another_catalogue_differs_and_a_migration_explains_it(TestDatabase database)
      throws IOException {
    applied(database);
    Path saved = files.resolve("good.json");
    cli(database).callJson(0, "verify", "--save", saved.toString());
    assertThat(cli(database).call("verify", "--save", saved.toString()).exit()).isEqualTo(64);
    assertThat(findings(cli(database).callJson(0, "verify", "--against", saved.toString())))
        .isEmpty();
    boolean sqlite = database.url().startsWith("jdbc:sqlite:");
    try (TestDatabase empty = sqlite ? TestDatabase.sqlite() : TestDatabase.postgres()) {
      empty.execute("CREATE TABLE other (id integer)");
      assertThat(cli(empty).call("verify").exit()).as("no record").isEqualTo(78);
      assertThat(findings(cli(empty).callJson(2, "verify", "--against", saved.toString())))
          .contains("drift null table ord ers");
    }
    database.execute("DROP INDEX by_status");
    assertThat(findings(cli(database).callJson(2, "verify", "--against", saved.toString())))
        .containsExactlyInAnyOrder(
            "false-claim 2 index by_status on ord ers", "drift 2 index by_status on ord ers");
  }

  @OnEachDatabase
  void what_a_good_database_holds_is_learned(TestDatabase database) throws IOException {
    Path project = files.resolve("project");
    Files.createDirectories(project.resolve("invariants"));
    Files.writeString(
        project.resolve("plumb.yaml"), "project: learned\ndatabase: ${PLUMB_DATABASE_URL}\n");
    Cli cli = new Cli(project, database.url());
    database.execute(
        "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)",
        "INSERT INTO alembic_version VALUES ('ae1027a6acf')",
        TABLE,
        INDEX);
    assertThat(findings(cli.callJson(1, "verify")))
        .containsExactly("not-looked-at null Alembic (alembic_version)");

    Path learned = project.resolve("invariants/learned.yaml");
    cli.callJson(0, "verify", "--learn", learned.toString());
    assertThat(Files.readString(learned)).contains("revision: \"ae1027a6acf\"");
    JsonNode good = cli.callJson(0, "verify", "--unclaimed");
    assertThat(good.get("claims").asInt()).isPositive();
    assertThat(findings(good)).isEmpty();
    Cli.Result nothing =
        cli.call("verify", "--learn", project.resolve("invariants/more.yaml").toString());
    assertThat(nothing.exit()).isEqualTo(64);

    database.execute("DROP INDEX by_status");
    assertThat(findings(cli.callJson(2, "verify")))
        .containsExactly("false-claim ae1027a6acf index by_status on ord ers");
  }

  @Test
  void what_a_placeholder_became_is_not_known_and_nothing_is_claimed_of_it() throws IOException {
    try (TestDatabase database = TestDatabase.postgres()) {
      applied(database);
      recorded(
          database, 3, "CREATE SCHEMA ${sch}; CREATE TABLE ${sch}.pt (n text DEFAULT '${env}')");
      JsonNode found = cli(database).callJson(1, "verify");
      assertThat(findings(found)).containsExactly("not-looked-at 3 migration 3");
      assertThat(found.get("findings").get(0).get("what").asText()).contains("placeholder");
    }
  }

  @Test
  void a_change_of_what_may_not_be_there_claims_nothing() throws IOException {
    try (TestDatabase database = TestDatabase.postgres()) {
      applied(database);
      recorded(
          database,
          3,
          "ALTER TABLE IF EXISTS gone ADD COLUMN c integer;"
              + " ALTER TABLE IF EXISTS gone RENAME TO went;"
              + " ALTER SEQUENCE IF EXISTS s RENAME TO s2");
      assertThat(findings(cli(database).callJson(0, "verify"))).isEmpty();
    }
  }

  @OnEachDatabase
  void what_another_tool_has_taken_away_is_not_missed(TestDatabase database) throws IOException {
    applied(database);
    Path others = files.resolve("db/migrations");
    Files.createDirectories(others);
    Files.writeString(
        others.resolve("20260101000000_d.sql"), "-- migrate:up\nDROP INDEX by_status;\n");
    database.execute(
        "CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY)",
        "INSERT INTO schema_migrations VALUES ('20260101000000')",
        "DROP INDEX by_status");
    assertThat(findings(cli(database).callJson(0, "verify"))).isEmpty();
  }

  @OnEachDatabase
  void a_record_does_not_go_back_to_what_is_not_so_any_more(TestDatabase database)
      throws IOException {
    applied(database);
    recorded(database, 3, "DROP INDEX by_status");
    database.execute("DROP INDEX by_status");
    assertThat(findings(cli(database).callJson(0, "verify"))).isEmpty();
    Cli.Result refused = cli(database).call("verify", "--reset-to", "2", "--commit");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("1 of the 1 claims of 2 are not true", "is 1.");
  }

  @OnEachDatabase
  void a_table_that_is_gone_is_not_made_anew_unasked(TestDatabase database) throws IOException {
    applied(database);
    database.execute("DROP TABLE \"ord ers\"");
    JsonNode found = cli(database).callJson(2, "verify");
    assertThat(found.get("findings"))
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.get("by_hand").asBoolean()).isTrue());
    assertThat(cli(database).call("verify", "--commit").out()).contains("Nothing was written");
  }

  private void applied(TestDatabase database) throws IOException {
    database.execute(HISTORY, TABLE, INDEX);
    recorded(database, 1, TABLE);
    recorded(database, 2, INDEX);
  }

  private void recorded(TestDatabase database, int version, String sql) throws IOException {
    String script = "V" + version + "__m.sql";
    Path migrations = files.resolve("db/migration");
    Files.createDirectories(migrations);
    Files.writeString(migrations.resolve(script), sql + ";\n");
    database.execute(
        "INSERT INTO flyway_schema_history VALUES (%1$d, '%1$d', 'm', 'SQL', '%2$s', NULL, 'x',"
                .formatted(version, script)
            + " '2026-01-01 00:00:00', 1, true)");
  }

  private Cli cli(TestDatabase database) {
    return new Cli(files, database.url());
  }

  private static List<String> findings(JsonNode document) {
    List<String> findings = new ArrayList<>();
    for (JsonNode finding : document.get("findings")) {
      findings.add(
          finding.get("sort").asText()
              + " "
              + finding.get("revision").asText()
              + " "
              + finding.get("about").asText());
    }
    return findings;
  }
}
