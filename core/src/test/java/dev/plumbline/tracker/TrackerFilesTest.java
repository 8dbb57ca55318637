package dev.plumbline.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.layout.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackerFilesTest {
  @TempDir Path directory;

  @Test
  void the_usual_folder_is_below_a_directory_or_beside_it() throws Exception {
    Path project = Files.createDirectories(directory.resolve("plumb"));
    assertThat(Trackers.usualFolder(Tool.FLYWAY, project)).isEmpty();
    write("db/migration/V1__x.sql");
    assertThat(Trackers.usualFolder(Tool.FLYWAY, project))
        .hasValueSatisfying(f -> assertThat(f).isEqualTo(directory.resolve("db/migration")));
    write("plumb/db/migration/V1__x.sql");
    assertThat(Trackers.usualFolder(Tool.FLYWAY, project))
        .hasValueSatisfying(f -> assertThat(f).isEqualTo(project.resolve("db/migration")));
  }

  @Test
  void a_folder_without_the_tools_files_is_another_tools() throws Exception {
    write("migrations/notes.txt");
    write("db/migrations/20240101000000_x.sql");
    assertThat(Trackers.usualFolder(Tool.GOOSE, directory))
        .hasValueSatisfying(f -> assertThat(f).endsWith(Path.of("db", "migrations")));
  }

  @Test
  void what_packages_brought_along_is_passed_over() throws Exception {
    write("db/migration/V1__x.sql");
    write("db/migration/node_modules/V2__y.sql");
    write("db/migration/.git/V3__z.sql");
    assertThat(Trackers.files(Tool.FLYWAY, directory))
        .extracting(ToolFile::revision)
        .containsExactly("1");
  }

  @Test
  void what_takes_back_is_blanked_and_all_else_stays_in_its_place() {
    String text =
        "-- migrate:up\nSELECT 1;\n-- migrate:down\nDROP TABLE x;\n-- migrate:up\nSELECT 2";
    String forward = TrackerFiles.forward(Tool.DBMATE, text);
    assertThat(forward).hasSameSizeAs(text).doesNotContain("DROP");
    assertThat(forward.indexOf("SELECT 2")).isEqualTo(text.indexOf("SELECT 2"));
  }

  @Test
  void a_folder_that_is_not_there_is_told() {
    assertThatThrownBy(() -> Trackers.files(Tool.FLYWAY, directory.resolve("nowhere")))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.PROJECT);
              assertThat(e.what()).contains("nowhere");
            });
  }

  private void write(String name) throws Exception {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "SELECT 1;\n");
  }
}
