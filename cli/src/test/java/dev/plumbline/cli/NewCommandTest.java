package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.project.MigrationFolder;
import dev.plumbline.project.ProjectReader;
import dev.plumbline.project.ReadOptions;
import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumb new} writes one file that nothing applies before it is filled in. */
class NewCommandTest {
  private static final String INVARIANT = "enrollment-total-lessons";

  @TempDir Path project;

  @BeforeEach
  void makeProject() throws IOException {
    Files.writeString(
        project.resolve("plumb.yaml"),
        "project: campus\ndatabase: jdbc:postgresql://nobody.invalid/campus\n");
    Files.createDirectories(project.resolve("invariants"));
    Files.copy(
        Cases.project("total-lessons").resolve("invariants/" + INVARIANT + ".yaml"),
        project.resolve("invariants/" + INVARIANT + ".yaml"));
  }

  @Test
  void the_next_version_and_the_named_invariant() throws IOException {
    migration("018_other.sql", "SELECT 1;\n");
    Cli.Result result = plumb("new", "fill total lessons", "--invariant", INVARIANT);
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).contains("019_fill_total_lessons.sql", "not counted");
    assertThat(lines("019_fill_total_lessons.sql"))
        .startsWith("-- fill_total_lessons")
        .containsSubsequence(
            "-- plumb:rollback ?",
            "-- plumb:review ?",
            "-- plumb:staging ?",
            "-- plumb:expect ? rows violate " + INVARIANT,
            "-- plumb:schema",
            "-- plumb:backfill " + INVARIANT,
            "-- plumb:verify " + INVARIANT,
            "-- plumb:constrain",
            "-- plumb:document",
            "-- plumb:undo");
  }

  @Test
  void a_database_that_is_named_gives_the_count() throws IOException {
    try (TestDatabase database = TestDatabase.postgres()) {
      Cases.load(database, "total-lessons");
      JavaProcess.Result result =
          JavaMain.of("dev.plumbline.cli.Plumb")
              .arguments("--project", project.toString(), "--format", "json")
              .arguments("--database", database.url(), "new", "fill", "--invariant", INVARIANT)
              .run();
      assertThat(result.exitCode()).as(result.stderr()).isZero();
      JsonNode json = Cases.json(result.stdout());
      assertThat(json.get("invariants").get(0).get("violations").asInt()).isEqualTo(618);
      assertThat(Path.of(json.get("file").asText())).isRegularFile();
      assertThat(lines("001_fill.sql")).contains("-- plumb:expect 618 rows violate " + INVARIANT);
      assertThat(database.queryValue("SELECT to_regnamespace('plumb')")).isNull();
    }
  }

  @Test
  void a_fresh_file_says_what_is_open_in_it_and_is_refused() throws IOException {
    plumb("new", "fill", "--invariant", INVARIANT);
    String text = Files.readString(project.resolve("migrations/001_fill.sql"));
    // What is read is the file itself, so that template and reader cannot drift apart.
    String filled = text.replace("? rows", "618 rows").replaceAll("(?m)^-- plumb:todo.*\n", "");
    assertThat(problems(text)).hasSize(6).first().asString().contains("still to do: say here");
    assertThat(problems(filled)).isEmpty();
  }

  @Test
  void a_name_that_is_taken_is_refused() throws IOException {
    plumb("new", "fill");
    Cli.Result again = plumb("new", "fill");
    assertThat(again.exit()).isEqualTo(64);
    assertThat(again.err()).contains("There is a migration of that name", "001_fill.sql");
    try (Stream<Path> files = Files.list(project.resolve("migrations"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void names_that_are_none_and_invariants_that_are_not_there() {
    assertThat(plumb("new", "../x").exit()).isEqualTo(64);
    assertThat(plumb("new", "").exit()).isEqualTo(64);
    Cli.Result unknown = plumb("new", "fill", "--invariant", "enrolment-total-lessons");
    assertThat(unknown.exit()).isEqualTo(64);
    assertThat(unknown.err()).contains("Did you mean `" + INVARIANT + "`?");
    assertThat(project.resolve("migrations")).doesNotExist();
  }

  @Test
  void without_a_project_it_says_how_to_make_one(@TempDir Path empty) {
    Cli.Result result = Cli.call(Map.of(), "--project", empty.toString(), "new", "fill");
    assertThat(result.exit()).isEqualTo(78);
    assertThat(result.err()).contains("plumb init");
  }

  private Cli.Result plumb(String... arguments) {
    return Cli.call(
        Map.of(),
        Stream.concat(Stream.of("--project", project.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private void migration(String file, String text) throws IOException {
    Files.createDirectories(project.resolve("migrations"));
    Files.writeString(project.resolve("migrations").resolve(file), text);
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(project.resolve("migrations").resolve(file));
  }

  private List<Problem> problems(String text) throws IOException {
    migration("001_fill.sql", text);
    try {
      MigrationFolder.read(ProjectReader.read(project, ReadOptions.ofProcess()));
      return List.of();
    } catch (ProjectException e) {
      return e.problems();
    }
  }
}
