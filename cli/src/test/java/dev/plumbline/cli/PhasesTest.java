package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Case 3, 4: a change in six phases, each held until the gates of the earlier ones hold. */
class PhasesTest {
  private static final String COLUMN =
      "SELECT is_nullable FROM information_schema.columns"
          + " WHERE table_name = 'project_assessments' AND column_name = 'project_team_id'";

  @TempDir Path directory;
  @AutoClose private final TestDatabase database = TestDatabase.postgres();
  private Cli cli = new Cli(Path.of(""), "");

  @BeforeEach
  void load() throws IOException {
    Cases.load(database, "course-coverage");
    Path example = Cases.project("course-coverage").resolve("project-teams");
    try (Stream<Path> files = Files.walk(example)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = directory.resolve(example.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    cli = new Cli(directory, database.url());
  }

  @Test
  void no_migration_of_a_later_phase_runs_before_the_gates_of_the_earlier_ones_hold()
      throws IOException {
    assertThat(stands(0)).containsExactly("expand", "its migration 001 is not applied");
    JsonNode all = cli.json(2, "migrate").get("migrations");
    assertThat(all.get(0).get("held_by")).isEmpty();
    assertThat(all.get(1).get("held_by")).as("depends on what the first one does").isEmpty();
    assertThat(Reports.texts(all.get(2).get("held_by"), "phase"))
        .isEqualTo(List.of("switch reads"));
    assertThat(database.queryValue("SELECT to_regnamespace('plumb')")).isNull();

    // The first is free to go; the second waits for a guard, the third is not even asked.
    assertThat(cli.run("migrate", "--commit").exitCode()).isEqualTo(2);
    assertThat(database.queryValue(COLUMN)).isEqualTo("YES");
    assertThat(filled()).isEqualTo("0");
    Cli.Result refused = cli.call("migrate", "--commit");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "002_fill_project_team_id.sql belongs to the phase `backfill`",
            "dual-write: the guard of assessment-team is not installed",
            "plumb guard assessment-team");
    assertThat(stands(0)).first().isEqualTo("expand");
    assertThat(stands(2, "--audit"))
        .containsExactly("dual-write", "the guard of assessment-team is not installed");

    cli.json(0, "guard", "assessment-team", "--commit");
    database.execute("INSERT INTO project_assessments (group_id, title) VALUES (7, 'New')");
    assertThat(filled()).as("dual writes").isEqualTo("1");
    assertThat(cli.run("migrate", "--commit").exitCode()).isEqualTo(2);
    assertThat(filled()).isEqualTo("701");
    assertThat(stands(0)).containsExactly("switch reads", "nobody has confirmed it");
    assertThat(cli.call("migrate", "--commit").err())
        .contains("003_require_project_team_id.sql", "switch reads: nobody has confirmed it");
    assertThat(database.queryValue(COLUMN)).isEqualTo("YES");

    confirm();
    assertThat(stands(0)).first().isEqualTo("contract");
    database.execute(
        "ALTER TABLE project_assessments DISABLE TRIGGER USER",
        "UPDATE project_assessments SET project_team_id = NULL WHERE id = 70",
        "ALTER TABLE project_assessments ENABLE TRIGGER USER");
    JsonNode plan = cli.json(2, "migrate").get("migrations").get(0).get("held_by").get(0);
    assertThat(plan.get("phase").asText()).isEqualTo("verify");
    assertThat(plan.get("violations").asLong()).isEqualTo(1);
    assertThat(cli.call("migrate", "--commit").err())
        .contains("verify: 1 row violates assessment-team", "plumb repair assessment-team");
    assertThat(database.queryValue(COLUMN)).isEqualTo("YES");

    cli.json(0, "repair", "assessment-team", "--commit");
    assertThat(cli.run("migrate", "--commit").exitCode()).isZero();
    assertThat(database.queryValue(COLUMN)).isEqualTo("NO");
    JsonNode done = cli.json(0, "status", "--audit");
    assertThat(Reports.texts(done.get("phases"), "state"))
        .isEqualTo(List.of("done", "done", "done", "done", "done", "done"));
  }

  @Test
  void what_is_wrong_in_the_plan_is_named_with_its_place() throws IOException {
    Files.writeString(
        directory.resolve("phases.yaml"),
        """
        phases:
          - name: contract
            migrations: [003]
            gates: [assessments-team]
          - name: expand
            migrations: [001, 003]
          - name: expand
            migration: [x]
        """);
    Cli.Result result = cli.call("status");
    assertThat(result.exit()).isEqualTo(78);
    assertThat(result.err())
        .contains(
            "phases.yaml:4:13: there is no invariant `assessments-team`",
            "Did you mean `assessment-team`?",
            "the migration 001 comes before 003 of an earlier phase",
            "the migration 003 belongs to `contract` already",
            "two phases are called `expand`",
            "the key `migration` is not known");
  }

  private void confirm() throws IOException {
    Path plan = directory.resolve("phases.yaml");
    Files.writeString(
        plan, Files.readString(plan).replace("confirmed: \"?\"", "confirmed: Ada, 2026-11-21"));
  }

  private String filled() {
    return String.valueOf(
        database.queryValue("SELECT count(project_team_id) FROM project_assessments"));
  }

  /** The phase at which it stands, and what holds it. */
  private List<String> stands(int exit, String... flags) {
    JsonNode status =
        cli.callJson(
            exit, Stream.concat(Stream.of("status"), Stream.of(flags)).toArray(String[]::new));
    JsonNode present =
        status
            .get("phases")
            .valueStream()
            .filter(phase -> phase.get("state").asText().equals("present"))
            .findFirst()
            .orElseThrow();
    return Stream.concat(
            Stream.of(present.get("name").asText()),
            present.get("held_by").valueStream().map(hold -> hold.get("why").asText()))
        .toList();
  }
}
