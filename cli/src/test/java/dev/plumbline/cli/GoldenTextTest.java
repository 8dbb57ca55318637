package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.Golden;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees, to the letter. */
class GoldenTextTest {
  private static final Path FILES = Path.of("golden");

  private static final Golden GOLDEN =
      Golden.masking("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC", "DATE TIME UTC")
          .and("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[\\d.]+Z", "DATETTIMEZ")
          .and("\\b(\\d+ ms|\\d+\\.\\d s)\\b", "TIME")
          .and("TIME +", "TIME  ")
          .and("took +by", "took  by")
          .and("(time=)\"[\\d.]+\"", "$1\"SECONDS\"")
          .and("(\"took_ms\": )\\d+", "$1\"MS\"")
          .and("by \\S+ on \\S+", "by WHO on HOST")
          .and("(TIME  )\\S+ on \\S+", "$1WHO on HOST")
          .and("(version  )\\S+", "$1VERSION")
          .and("127\\.0\\.0\\.1:\\d+/test\\\\?_\\w+", "HOST/DATABASE");

  @TempDir Path directory;

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @Test
  void total_lessons() throws IOException {
    Cases.load(database, "total-lessons");
    Cli cli = Cli.of("total-lessons", database);
    Path markdown = directory.resolve("summary.md");
    Path junit = directory.resolve("junit.xml");
    Path csv = directory.resolve("violations.csv");
    Cli.Result audit =
        cli.call(
            "audit",
            "--samples",
            "3",
            "--report",
            "markdown=" + markdown,
            "--report",
            "junit=" + junit);
    assertThat(audit.exit()).isEqualTo(2);
    assertGolden("total-lessons/audit.txt", audit.out());
    assertGolden("total-lessons/summary.md", Files.readString(markdown));
    assertGolden("total-lessons/junit.xml", Files.readString(junit));
    assertGolden(
        "total-lessons/audit.json", cli.call("audit", "--samples", "1", "--format", "json").out());
    cli.call("audit", "--out", csv.toString());
    assertThat(Files.readAllLines(csv))
        .hasSize(619)
        .startsWith("id,total_lessons,right_total_lessons,user_id,course_id,created_at");

    assertGolden("total-lessons/plan.txt", cli.call("repair", "enrollment-total-lessons").out());
    assertGolden(
        "total-lessons/repair.txt",
        cli.call("repair", "enrollment-total-lessons", "--commit").out());
    database.execute(
        "UPDATE course_enrollments SET total_lessons = 99"
            + " WHERE id = '0039abba-633c-dd1f-d742-6d347ab985b6'");
    assertGolden("total-lessons/rollback-plan.txt", cli.call("rollback", "1").out());
    assertGolden("total-lessons/rollback.txt", cli.call("rollback", "1", "--commit").out());
    assertGolden("total-lessons/runs.txt", cli.call("runs").out());
    assertGolden("total-lessons/show.txt", cli.call("show", "1").out());
  }

  @Test
  void course_coverage() throws IOException {
    Cases.load(database, "course-coverage");
    Cli cli = Cli.of("course-coverage", database);
    Path csv = directory.resolve("violations.csv");
    Path jsonl = directory.resolve("violations.jsonl");
    Path json = directory.resolve("violations.json");
    assertGolden(
        "course-coverage/audit.txt",
        cli.call("audit", "--out", csv.toString()).out().replace(csv.toString(), "FILE"));
    assertGolden("course-coverage/plan.txt", cli.call("repair", "group-members-enrolled").out());
    assertThat(Files.readAllLines(csv)).hasSize(356);
    assertThat(Files.readAllLines(csv).get(0)).startsWith("invariant,");
    cli.call("audit", "group-members-enrolled", "--out", jsonl.toString());
    assertThat(Files.readAllLines(jsonl))
        .hasSize(355)
        .allSatisfy(line -> assertThat(Cases.json(line).get("email").asText()).contains("@"));
    cli.call("audit", "group-members-enrolled", "--out", json.toString());
    assertThat(Cases.json(Files.readString(json))).hasSize(355);
    try (var left = Files.list(directory)) {
      assertThat(left).as("nothing half-written is left").hasSize(3);
    }
  }

  @Test
  void errors() throws IOException {
    Path project = directory.resolve("project");
    Files.createDirectories(project.resolve("invariants"));
    Files.writeString(
        project.resolve("plumb.yaml"), "project: errors\ndatabase: ${PLUMB_DATABASE_URL}\n");
    Files.writeString(
        project.resolve("invariants/one.yaml"),
        "say: Every row is fine.\nnone: SELECT 1 FROM (things\nkey: id\n");
    Cli cli = new Cli(project, database.url());
    assertGolden("errors/files.txt", masked(project, cli.call("audit").err()));

    Files.writeString(
        project.resolve("invariants/one.yaml"), "table: things\nderive: {fine: 'true'}\n");
    assertGolden("errors/no-table.txt", masked(project, cli.call("audit").out()));
    assertGolden("errors/usage.txt", masked(project, cli.call("audit", "--sampels", "3").err()));
  }

  private static String masked(Path project, String text) {
    return text.replace(project.toString(), "PROJECT");
  }

  @Test
  void help() {
    assertGolden("help/plumb.txt", Cli.call(Map.of(), "--help").out());
    assertGolden("help/audit.txt", Cli.call(Map.of(), "audit", "--help").out());
    assertGolden("help/repair.txt", Cli.call(Map.of(), "repair", "--help").out());
    assertGolden("help/rollback.txt", Cli.call(Map.of(), "rollback", "--help").out());
  }

  private static void assertGolden(String file, String text) {
    GOLDEN.assertMatches(FILES.resolve(file), text);
  }
}
