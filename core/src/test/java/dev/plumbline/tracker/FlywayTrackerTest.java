package dev.plumbline.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.layout.Tool;
import dev.plumbline.schema.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where Flyway begins; the rest is in the contract. */
class FlywayTrackerTest {
  @TempDir Path folder;

  private final FlywayTracker flyway = new FlywayTracker();

  @Test
  void what_lies_at_or_below_a_baseline_was_never_run() throws Exception {
    files("V1__one.sql", "V2__two.sql", "V3__three.sql", "R__views.sql");
    assertThat(matched(row(1, "2", "BASELINE")))
        .containsExactly(
            "1 BASELINE one", "2 BASELINE two", "3 pending three", "R__views pending views");
  }

  @Test
  void a_cumulative_file_stands_for_all_up_to_its_version() throws Exception {
    files("V1__one.sql", "V2__two.sql", "B2__both.sql", "V3__three.sql");
    assertThat(matched(row(1, "2", "SQL_BASELINE"), row(2, "3", "SQL")))
        .containsExactly("1 BASELINE one", "2 BASELINE two", "B2 APPLIED both", "3 APPLIED three");
  }

  @Test
  void a_cumulative_file_is_of_no_use_where_something_was_applied() throws Exception {
    files("V1__one.sql", "B1__both.sql");
    assertThat(matched(row(1, "1", "SQL"))).containsExactly("1 APPLIED one");
  }

  private void files(String... names) throws Exception {
    for (String name : names) {
      Files.writeString(folder.resolve(name), "SELECT 1;\n");
    }
  }

  private List<String> matched(TrackerRow... rows) {
    Table table =
        new Table(
            "public",
            "flyway_schema_history",
            "flyway_schema_history",
            List.of(),
            List.of(),
            false,
            List.of(),
            List.of(),
            List.of());
    TrackerHistory history =
        new TrackerHistory(
            Tool.FLYWAY, table, flyway.recorded(List.of(rows)), Optional.empty(), List.of(rows));
    return Trackers.match(history, Trackers.files(Tool.FLYWAY, folder)).stream()
        .map(
            match ->
                match.revision()
                    + " "
                    + match.recorded().map(r -> r.state().name()).orElse("pending")
                    + " "
                    + match.file().map(ToolFile::description).orElse("-"))
        .toList();
  }

  private static TrackerRow row(int rank, String version, String type) {
    return new TrackerRow(
        Map.of(
            "installed_rank",
            Integer.toString(rank),
            "version",
            version,
            "description",
            "as recorded",
            "type",
            type,
            "success",
            "true"));
  }
}
