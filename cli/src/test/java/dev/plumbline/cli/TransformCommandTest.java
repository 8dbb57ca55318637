package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumb transform} over a folder of files: what a person meets. */
class TransformCommandTest {
  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void project() throws IOException {
    Files.writeString(
        folder.resolve("plumb.yaml"), "project: files\ndatabase: embedded:postgres\n");
    Files.createDirectories(folder.resolve("transforms"));
    Files.writeString(
        folder.resolve("transforms/wrap.yaml"),
        "says: The name is under who.\nsource: {files: data}\n"
            + "transform: 'if has(\"who\") then . else {who: {name: .name}} end'\n"
            + "preserve: {names: {at: [name, who.name]}}\n");
    data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("a.json"), "{\"name\":\"Ada-in-the-text\"}");
    Files.writeString(data.resolve("b.json"), "{\"name\":\"Bea\"}");
  }

  @Test
  void says_that_no_document_was_found() throws IOException {
    Files.delete(data.resolve("a.json"));
    Files.delete(data.resolve("b.json"));
    assertThat(call("transform", "wrap").out())
        .contains("No document was found there")
        .doesNotContain("every document has its new shape");
  }

  @Test
  void looks_at_a_file_with_a_line_break_in_its_name() throws IOException {
    Files.writeString(data.resolve("new\nline.json"), "{\"name\":\"Eve\"}");
    JsonNode plan = json(0, "transform", "wrap");
    assertThat(plan.path("total").asInt()).isEqualTo(3);
    assertThat(plan.path("transformed").asInt()).isEqualTo(3);
  }

  @Test
  void does_not_write_again_what_was_taken_back() throws IOException {
    Files.writeString(data.resolve("bad.json"), "{\"name\":");
    assertThat(call("transform", "wrap", "--commit").exit()).isEqualTo(2);
    assertThat(call("rollback", "d1", "--commit").exit()).isZero();
    Cli.Result resumed = call("resume", "d1");
    assertThat(resumed.exit()).isEqualTo(64);
    assertThat(resumed.err())
        .contains("Run d1 was taken back by run d2.", "plumb transform wrap --commit");
    assertThat(data.resolve("b.json")).hasContent("{\"name\":\"Bea\"}");
  }

  @Test
  void shows_only_ways_on_that_there_are() throws IOException {
    Files.writeString(data.resolve("bad.json"), "{\"name\":");
    assertThat(call("transform", "wrap", "--commit").exit()).isEqualTo(2);
    assertThat(call("show", "d1").out())
        .contains("What was changed stays. When the cause is gone:", "To take it back:");
    assertThat(call("transform", "wrap", "--commit").exit()).isEqualTo(2);
    assertThat(call("show", "d2").out())
        .contains("  When the cause is gone:")
        .doesNotContain("To take it back", "What was changed stays");
    assertThat(call("rollback", "d1", "--commit").exit()).isZero();
    assertThat(call("show", "d1").out())
        .contains("It was taken back by run d3:", "To transform the documents again:")
        .doesNotContain("resume", "To take it back");
    assertThat(call("purge", "--keep", "0h", "--commit").exit()).isZero();
    assertThat(call("show", "d3").out())
        .contains("It cannot be taken back any more: its before-images were purged.")
        .doesNotContain("To take it back");
  }

  @Test
  void refuses_a_folder_for_the_files_of_a_run() {
    Cli.Result refused = call("transform", "wrap", "--commit", "--out", "elsewhere");
    assertThat(refused.exit()).isEqualTo(64);
    assertThat(refused.err()).contains("--out is for a dry run");
    assertThat(data.resolve("b.json")).hasContent("{\"name\":\"Bea\"}");
  }

  @Test
  void tells_of_all_that_fails_after_going_on_too() throws IOException {
    Files.writeString(data.resolve("bad.json"), "{\"name\":");
    Files.write(
        data.resolve("latin.json"), "{\"name\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(call("transform", "wrap", "--commit").exit()).isEqualTo(2);
    Cli.Result resumed = call("resume", "d1");
    assertThat(resumed.exit()).isEqualTo(2);
    assertThat(resumed.out())
        .contains("2 transformed", "2 failed", "2 keys failed", "bad.json:", "latin.json:");
  }

  @Test
  void leaves_nothing_of_purged_texts_in_the_journal() throws IOException {
    assertThat(call("transform", "wrap", "--commit").exit()).isZero();
    Path journal = folder.resolve(".plumb/documents.sqlite");
    assertThat(Files.getPosixFilePermissions(journal)).hasSize(2);
    assertThat(bytes()).contains("Ada-in-the-text");
    assertThat(call("purge", "--keep", "0h", "--commit").exit()).isZero();
    assertThat(bytes()).doesNotContain("Ada-in-the-text");
  }

  /** All that is in the journal's files. */
  private String bytes() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder.resolve(".plumb"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  private Cli.Result call(String... arguments) {
    return cli().call(arguments);
  }

  private JsonNode json(int exit, String... arguments) {
    return cli().callJson(exit, arguments);
  }

  private Cli cli() {
    return new Cli(folder, "embedded:postgres");
  }
}
