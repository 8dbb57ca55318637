package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A project whose documents are all in files, and that names no database. */
class WithoutDatabaseTest {
  @TempDir Path project;

  @BeforeEach
  void project() throws IOException {
    write("plumb.yaml", "project: content\n");
    write(
        "transforms/wrap.yaml",
        """
        says: Titles are wrapped.
        source: {files: documents}
        transform: "if has(\\"title\\") then {was: .} else . end"
        preserve: {title: {at: [title, was.title]}}
        """);
    write("documents/a.json", "{\"title\":\"A\"}");
    write("documents/b.json", "{\"title\":\"B\"}");
  }

  private void write(String path, String text) throws IOException {
    Path file = project.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Cli.Result call(int exit, String... arguments) {
    Cli.Result result =
        Cli.call(
            Map.of(),
            Stream.concat(Stream.of("--project", project.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    assertThat(result.exit())
        .as(List.of(arguments) + ": " + result.out() + result.err())
        .isEqualTo(exit);
    return result;
  }

  @Test
  void its_documents_are_transformed_and_taken_back() {
    assertThat(call(0, "runs").out()).contains("no runs");
    call(0, "purge");
    call(0, "transform", "wrap");
    call(0, "transform", "wrap", "--commit");
    assertThat(project.resolve("documents/a.json")).hasContent("{\"was\":{\"title\":\"A\"}}");
    assertThat(call(0, "runs").out()).contains("d1", "wrap", "succeeded");
    call(0, "show", "d1");
    call(0, "rollback", "d1", "--commit");
    assertThat(project.resolve("documents/a.json")).hasContent("{\"title\":\"A\"}");
    assertThat(call(64, "resume", "d1").err()).contains("was taken back by run d2");
    call(0, "purge", "--keep", "0d", "--commit");
    assertThat(project.resolve(".plumb/embedded")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"audit", "status", "verify", "journal", "migrate", "show 1", "rollback 1"})
  void what_needs_a_database_says_so(String command) {
    assertThat(call(78, command.split(" ")).err())
        .contains("plumb.yaml:1:1: no database is named, and this command needs one");
  }

  @Test
  void a_column_needs_one() throws IOException {
    write(
        "transforms/column.yaml",
        "says: No.\nsource: {column: contacts}\ndocument: progress\ntransform: .\n");
    assertThat(call(78, "transform", "column").err())
        .contains("plumb.yaml:1:1: no database is named, and this command needs one");
  }
}
