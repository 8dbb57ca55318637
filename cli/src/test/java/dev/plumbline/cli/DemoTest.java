package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, as somebody sees it who has just got Plumbline; the whole of it runs in .ci/run. */
class DemoTest {
  private static final Path PROGRAM = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path directory;

  @Test
  void a_case_is_played_from_nothing_to_repaired_and_rolled_back() throws IOException {
    JavaProcess.Result demo =
        plumb("demo", "total-lessons")
            .environment("PLUMB_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/not-the-demo-s")
            .run();
    assertThat(demo.exitCode()).as(demo.stderr()).isZero();
    assertThat(demo.stderr()).isEmpty();
    assertThat(demo.stdout())
        .contains("618 of 3,059 rows violate", "0 of 3,059 rows violate")
        .contains("$ plumb --project .plumb/demo/total-lessons repair enrollment-total-lessons")
        .contains("conflict 0039abba", "1 key changed since, kept")
        .contains("error trigger-without-backfill", "course_enrollments (total_lessons,")
        .contains("Applied and proven (run 3,", "Taken back (run 5,")
        .contains("Unset PLUMB_DATABASE_URL")
        .doesNotContain("\u001b");
    Path server = directory.resolve(".plumb/postgres/cluster");
    assertThat(server.resolve("PG_VERSION")).exists();
    assertThat(server.resolve("postmaster.pid")).as("the server has stopped").doesNotExist();

    JavaProcess.Result audit = plumb("--project", ".plumb/demo/total-lessons", "audit").run();
    assertThat(audit.exitCode()).as("the database is left to the user").isEqualTo(2);
    try (var made = Files.list(directory)) {
      assertThat(made).as("nothing is made beside .plumb").hasSize(1);
    }
  }

  @Test
  void the_ledger_is_played_on_sqlite_without_a_server() {
    JavaProcess.Result demo = plumb("demo", "points-ledger").run();
    assertThat(demo.exitCode()).as(demo.stderr()).isZero();
    assertThat(demo.stdout())
        .contains("index idx_goals_user_status created on goals")
        .contains("11 of 11 objects violate", "0 of 11 objects violate")
        .contains("57 rows inserted into points_log", "8,2025-06-04")
        .contains("57 rows deleted from points_log");
    assertThat(directory.resolve(".plumb/postgres")).doesNotExist();
  }

  @Test
  void documents_behind_an_api_are_transformed_and_taken_back_on_a_stand_in() throws IOException {
    JavaProcess.Result demo =
        plumb("demo", "hierarchical-progress").environment("CRM_URL", "http://127.0.0.1:1").run();
    assertThat(demo.exitCode()).as(demo.stdout() + demo.stderr()).isZero();
    assertThat(demo.stdout().replaceAll("\\s+", " "))
        .contains("2,300 to transform", "2,050 unchanged", "600 without a document", "50 refused")
        .contains("2,300 documents written", "went on, each right after the run had read")
        .contains("2,298 documents restored", "2 changed since, kept", "2 merged")
        .contains("refused 0 as too many", "there is no command to start it")
        .doesNotContain("\u001b");
    assertThat(directory.resolve(".plumb/postgres")).doesNotExist();

    JavaProcess.Result show =
        plumb("--project", ".plumb/demo/hierarchical-progress", "show", "d1").run();
    assertThat(show.exitCode()).as("what the demo suggests works without the CRM").isZero();
    assertThat(show.stdout()).contains("2,300 documents written");
  }

  private JavaMain plumb(String... arguments) {
    return JavaMain.of("dev.plumbline.cli.Plumb")
        .jvm("-Dplumb.home=" + PROGRAM)
        .arguments(arguments)
        .in(directory);
  }
}
