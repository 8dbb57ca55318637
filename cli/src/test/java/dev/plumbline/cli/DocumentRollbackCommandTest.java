package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How documents are taken back and their snapshots purged, from the command line. */
class DocumentRollbackCommandTest {
  @AutoClose private final TestDatabase database = TestDatabase.sqlite();

  @TempDir Path project;

  private Cli cli() {
    return new Cli(project, database.url());
  }

  @BeforeEach
  void transformed() throws IOException {
    write("plumb.yaml", "project: documents\ndatabase: " + database.url() + "\n");
    write(
        "transforms/wrap.yaml",
        """
        says: Documents are wrapped.
        source: {files: data}
        transform: |
          if .v == 2 then . else {v: 2, was: .} end
        inverse: .was
        idempotent: true
        keep: 7d
        """);
    for (int i = 1; i <= 12; i++) {
      write("data/p%02d.json".formatted(i), "{ \"n\": " + i + " }");
    }
    database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    assertThat(cli().callJson(0, "transform", "wrap", "--commit").get("transformed").asInt())
        .isEqualTo(12);
  }

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private String read(String file) throws IOException {
    return Files.readString(project.resolve(file));
  }

  @Test
  void a_plan_writes_nothing_and_a_run_is_verified_and_summed_up() throws IOException {
    write("data/p03.json", "{\"v\":2,\"was\":{\"n\":3,\"new\":1}}");
    JsonNode plan = cli().callJson(1, "rollback", "d1");
    assertThat(plan.get("committed").asBoolean()).isFalse();
    assertThat(plan.get("restored").asInt()).isEqualTo(11);
    assertThat(plan.get("kept").get(0).get("id").asText()).isEqualTo("p03.json");
    assertThat(plan.get("kept").get(0).get("paths").get(0).asText()).isEqualTo("was.new");
    assertThat(read("data/p01.json")).contains("was");
    assertThat(cli().call("rollback", "d1").out())
        .contains(
            "Plan to take back run d1 of wrap",
            "11 documents restored · 0 as before already · 1 changed since, kept",
            "p03.json: changed since: was.new",
            "No document was written. To do it, add --commit.");

    JsonNode kept =
        cli().callJson(1, "rollback", "d1", "--key", "p02.json", "--key", "p03.json", "--commit");
    assertThat(counts(kept)).containsExactly(1, 0, 0, 0, 1, 0);
    assertThat(counts(new ObjectMapper().readTree(read(".plumb/runs/d1/rollback-summary.json"))))
        .containsExactly(1, 0, 0, 0, 1, 0);
    assertThat(cli().call("show", "d2").out()).contains("1 document written", "1 key kept, wholly");

    JsonNode one = cli().callJson(0, "rollback", "d1", "--key", "p01.json", "--commit");
    assertThat(one.get("restored").asInt()).isEqualTo(1);
    assertThat(one.get("run").get("state").asText()).isEqualTo("succeeded");
    assertThat(read("data/p01.json")).isEqualTo("{ \"n\": 1 }");

    JsonNode merged = cli().callJson(0, "rollback", "d1", "--merge", "--commit");
    assertThat(counts(merged)).containsExactly(9, 0, 2, 1, 0, 0);
    assertThat(read("data/p03.json")).isEqualTo("{\"n\":3,\"new\":1}");
    assertThat(read(".plumb/runs/d1/rollback-summary.json")).contains("\"merged\" : 1");
    assertThat(cli().call("runs").out()).contains("rollback of d1");
    assertThat(cli().call("show", "d4").exit()).isZero();
    assertThat(cli().call("resume", "d4").exit()).isEqualTo(64);
    assertThat(cli().call("rollback", "d4", "--merge").exit()).isEqualTo(64);
  }

  private static List<Integer> counts(JsonNode of) {
    return Stream.of("restored", "restored_in_part", "already_back", "merged", "conflicts", "left")
        .map(name -> of.get(name).asInt())
        .toList();
  }

  @Test
  void a_file_is_named_by_its_whole_name_and_one_of_no_run_is_wrong_usage() throws IOException {
    write("data/a,b.json", "{ \"n\": 13 }");
    cli().callJson(0, "transform", "wrap", "--commit");
    for (String key : List.of("a,b.json", "[\"a,b.json\"]")) {
      assertThat(cli().callJson(0, "rollback", "d2", "--key", key).get("restored").asInt())
          .as(key)
          .isEqualTo(1);
    }
    Cli.Result no = cli().call("rollback", "d2", "--key", "nope.json");
    assertThat(no.exit()).isEqualTo(64);
    assertThat(no.err())
        .contains("Run d2 has written no document `nope.json`.", "has written: a,b.json")
        .doesNotContain("snapshot");
    assertThat(cli().call("rollback", "d2", "--key", "nope.json", "--key", "p01.json").err())
        .contains("Run d2 has written none of these documents: nope.json, p01.json.");
    cli().callJson(0, "rollback", "d2", "--key", "a,b.json", "--commit");
    assertThat(read("data/a,b.json")).isEqualTo("{ \"n\": 13 }");
    cli().callJson(0, "purge", "--keep", "0d", "--commit");
    assertThat(cli().call("rollback", "d2", "--key", "a,b.json").err())
        .contains("missing: a,b.json (they were purged)");
    assertThat(cli().call("rollback", "d2", "--key", "nope.json").err())
        .contains("Run d2 has written no document `nope.json`.");
  }

  @Test
  void a_document_restored_but_for_what_goes_with_it_is_counted_by_itself() throws IOException {
    write(
        "transforms/noted.yaml",
        """
        says: Documents are wrapped, with a note.
        source: {column: docs}
        document: doc
        transform: |
          if .v == 2 then . else {v: 2, was: .} end
        also: {note: '"n is \\(.was.n)"'}
        """);
    database.execute(
        "CREATE TABLE docs (id TEXT PRIMARY KEY, doc TEXT, note TEXT)",
        "INSERT INTO docs (id, doc) VALUES ('a,b', '{\"n\": 1}'), ('2', '{\"n\": 2}'), ('3', '{\"n\": 3}')");
    cli().callJson(0, "transform", "noted", "--commit");
    database.execute(
        "UPDATE docs SET note = 'by hand' WHERE id = 'a,b'",
        "UPDATE docs SET doc = '{}' WHERE id = '3'");
    Cli.Result plan = cli().call("rollback", "1");
    assertThat(plan.exit()).isEqualTo(1);
    assertThat(plan.out())
        .contains(
            "1 document restored · 1 restored in part · 0 as before already · 1 changed since, kept",
            "Kept, wholly or in part:",
            "[\"a,b\"]: restored but for what was changed since: note");
    Cli.Result part = cli().call("rollback", "1", "--key", "[\"a,b\"]", "--commit");
    assertThat(part.exit()).as("what is kept in part is kept").isEqualTo(1);
    assertThat(part.out())
        .contains(
            "0 documents restored · 1 restored in part · 0 as before already · 0 changed since",
            "1 document written",
            "1 key kept, wholly or in part:");
    assertThat(database.queryValue("SELECT note FROM docs WHERE id = 'a,b'")).isEqualTo("by hand");
  }

  @Test
  void what_was_written_into_a_column_is_taken_back_and_purged_too() throws IOException {
    write(
        "transforms/rows.yaml",
        """
        says: Documents are wrapped.
        source: {column: docs}
        document: doc
        transform: |
          if .v == 2 then . else {v: 2, was: .} end
        """);
    database.execute(
        "CREATE TABLE docs (id INTEGER PRIMARY KEY, doc TEXT)",
        "INSERT INTO docs VALUES (1, '{\"n\": 1}'), (2, '{\"n\": 2}'), (3, NULL)");
    JsonNode run = cli().callJson(0, "transform", "rows", "--commit");
    assertThat(run.get("transformed").asInt()).isEqualTo(2);
    assertThat(cli().call("transform", "rows").out()).contains("Nothing to do");
    assertThat(cli().callJson(0, "rollback", "1", "--key", "2", "--commit").get("restored").asInt())
        .isEqualTo(1);
    assertThat(database.queryValue("SELECT doc FROM docs WHERE id = 2")).isEqualTo("{\"n\": 2}");
    assertThat(cli().call("rollback", "1", "--merge").exit()).isEqualTo(64);
    JsonNode purged = cli().callJson(0, "purge", "--keep", "0h", "--commit");
    assertThat(purged.get("runs").findValuesAsText("run")).containsExactly("1", "2", "d1");
    assertThat(cli().call("rollback", "1").err()).contains("missing: 1, 2 (they were purged)");
  }

  @Test
  void a_rollback_that_was_taken_back_is_not_gone_on_with() throws IOException {
    write(
        "transforms/rows.yaml",
        """
        says: Documents are wrapped.
        source: {column: docs}
        document: doc
        transform: |
          if .v == 2 then . else {v: 2, was: .} end
        """);
    database.execute(
        "CREATE TABLE docs (id INTEGER PRIMARY KEY, doc TEXT)",
        "INSERT INTO docs VALUES (1, '{\"n\": 1}'), (2, '{\"n\": 2}')");
    cli().callJson(0, "transform", "rows", "--commit");
    database.execute(
        "CREATE TRIGGER never BEFORE UPDATE ON docs WHEN OLD.id = 2 BEGIN"
            + " SELECT RAISE(ABORT, 'never'); END");
    cli().callJson(2, "rollback", "1", "--commit");
    cli().callJson(0, "rollback", "2", "--commit");
    database.execute("DROP TRIGGER never");
    Cli.Result no = cli().call("resume", "2");
    assertThat(no.exit()).isEqualTo(64);
    assertThat(no.err())
        .contains(
            "Run 2 was taken back by run 3.", "begin a new rollback: plumb rollback 1 --commit");
    assertThat(database.queryValue("SELECT count(*) FROM docs WHERE doc LIKE '%was%'"))
        .isEqualTo("2");
  }

  @Test
  void documents_elsewhere_are_neither_transformed_nor_taken_back() throws IOException {
    write(
        "transforms/wrap.yaml",
        read("transforms/wrap.yaml").replace("{files: data}", "{files: \"${DOCS:-data}\"}"));
    cli().callJson(0, "rollback", "d1", "--commit");
    cli().callJson(0, "transform", "wrap", "--commit");
    for (int i = 1; i <= 12; i++) {
      String file = "p%02d.json".formatted(i);
      write("other/" + file, read("data/" + file));
    }
    Cli.Result no = in("other", "rollback", "d3", "--commit");
    assertThat(no.exit()).isEqualTo(78);
    assertThat(no.err())
        .contains(
            "Run d3 is about files in data, but by the environment its transform's file now names"
                + " files in other.",
            "nothing was changed",
            "--moved-to 'files in other'");
    assertThat(read("other/p01.json")).contains("was");
    assertThat(in("other", "rollback", "d3", "--moved-to", "files in data", "--commit").exit())
        .isEqualTo(64);
    assertThat(in("other", "resume", "d3", "--moved-to", "files in data").exit()).isEqualTo(64);
    Cli.Result moved = in("other", "rollback", "d3", "--moved-to", "files in other", "--commit");
    assertThat(moved.exit()).as(moved.err()).isZero();
    assertThat(read("other/p01.json")).isEqualTo("{ \"n\": 1 }");
    assertThat(read("data/p01.json")).contains("was");
  }

  private Cli.Result in(String folder, String... arguments) {
    return Cli.call(
        Map.of("DOCS", folder),
        Stream.concat(Stream.of("--project", project.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  @Test
  void a_plan_names_the_run_that_has_to_end_first() throws SQLException {
    cli().callJson(0, "rollback", "d1", "--key", "p01.json", "--commit");
    try (Connection journal =
            DriverManager.getConnection(
                "jdbc:sqlite:" + project.resolve(".plumb/documents.sqlite"));
        Statement statement = journal.createStatement()) {
      statement.execute(
          "UPDATE plumb_runs SET state = 'paused', finished_at = NULL, lease_until = NULL"
              + " WHERE id = 2");
    }
    Cli.Result plan = cli().call("rollback", "d1");
    assertThat(plan.exit()).isZero();
    assertThat(plan.out())
        .contains("Run d2, a rollback of d1, is paused", "plumb resume d2")
        .doesNotContain("add --commit");
    JsonNode active = cli().callJson(0, "rollback", "d1").get("active");
    assertThat(active.get("run").asText()).isEqualTo("d2");
    assertThat(active.get("state").asText()).isEqualTo("paused");
    assertThat(cli().call("rollback", "d1", "--commit").exit()).isEqualTo(75);
  }

  @Test
  void snapshots_of_dry_runs_are_purged_too() throws IOException {
    write("data/p13.json", "{ \"n\": 13 }");
    cli().call("transform", "wrap");
    Path snapshots = project.resolve(".plumb/plans/wrap/snapshots");
    assertThat(snapshots).isNotEmptyDirectory();
    assertThat(cli().callJson(0, "purge").get("kept").get("dry_runs").asInt()).isEqualTo(1);
    Cli.Result plan = cli().call("purge", "--keep", "0h");
    assertThat(plan.out())
        .contains("Plan to purge snapshots of dry runs", "wrap", "Nothing was purged.");
    assertThat(snapshots).isNotEmptyDirectory();
    JsonNode done = cli().callJson(0, "purge", "--keep", "0h", "--commit");
    assertThat(done.get("dry_runs").get(0).get("transform").asText()).isEqualTo("wrap");
    assertThat(done.get("dry_runs").get(0).get("documents").asInt()).isEqualTo(1);
    assertThat(snapshots).isEmptyDirectory();
    assertThat(project.resolve(".plumb/plans/wrap/summary.json")).exists();
  }

  @Test
  void snapshots_are_purged_when_their_time_has_come() throws IOException {
    assertThat(cli().callJson(0, "purge").get("kept").get("young").asInt()).isEqualTo(1);
    assertThat(cli().call("purge").out()).contains("Nothing to purge");
    JsonNode plan = cli().callJson(0, "purge", "--keep", "0d");
    assertThat(plan.get("runs").get(0).get("run").asText()).isEqualTo("d1");
    assertThat(plan.get("runs").get(0).get("documents").asInt()).isEqualTo(12);
    Path snapshots = project.resolve(".plumb/runs/d1/snapshots");
    assertThat(snapshots).isNotEmptyDirectory();

    Cli.Result done = cli().call("purge", "--keep", "0d", "--commit");
    assertThat(done.exit()).as(done.err()).isZero();
    assertThat(done.out()).contains("Purged", "d1", "can no longer be taken back");
    assertThat(snapshots).isEmptyDirectory();
    Cli.Result missing = cli().call("rollback", "d1");
    assertThat(missing.exit()).isEqualTo(64);
    assertThat(missing.err()).contains("missing: p01.json, p02.json", "and 2 more", "purged");
    assertThat(cli().call("show", "d1").exit()).isZero();
    assertThat(cli().call("purge", "--keep", "soon").exit()).isEqualTo(64);
  }
}
