package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.ProjectException;
import dev.plumbline.invariant.Invariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectReaderTest {
  @TempDir Path directory;

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Project read(Map<String, String> variables, String environment, String flag) {
    return ProjectReader.read(
        directory,
        new ReadOptions(Optional.ofNullable(environment), variables, Optional.ofNullable(flag)));
  }

  private Project read() {
    return read(Map.of(), null, null);
  }

  private void writeCampus() throws IOException {
    write(
        "plumb.yaml",
        """
        project: campus
        database: ${DEV_URL:-embedded:postgres}
        environments:
          staging: {protected: false}
          production:
            database: ${PROD_URL}
            protected: true
        alerts:
          - webhook: ${ALERT_URL}
        lease: 1m
        lock_timeout: 500ms
        statement_timeout: ${STATEMENT:-10s}
        batch: {size: 2000, target: 2s}
        workers: ${WORKERS:-2}
        """);
  }

  @Test
  void reads_what_is_written() throws IOException {
    writeCampus();
    Project project = read();
    assertThat(project.name()).isEqualTo("campus");
    assertThat(project.database().url()).isEqualTo("embedded:postgres");
    assertThat(project.database().origin()).endsWith("plumb.yaml:2:11");
    assertThat(project.environment()).isEmpty();
    assertThat(project.invariants()).isEmpty();
    assertThat(project.run())
        .isEqualTo(
            new RunSettings(
                Duration.ofMinutes(1),
                Optional.of(Duration.ofMillis(500)),
                Optional.of(Duration.ofSeconds(10)),
                Optional.of(2000),
                Optional.of(Duration.ofSeconds(2)),
                Optional.of(2)));
  }

  @Test
  void a_lease_lasts_30_seconds_unless_said() throws IOException {
    write("plumb.yaml", "project: p\ndatabase: embedded:postgres\n");
    assertThat(read().run().lease()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void variables_of_what_is_not_used_need_not_be_set() throws IOException {
    writeCampus();
    Setting webhook = read().alerts().getFirst().webhook();
    assertThat(webhook.resolve(Map.of("ALERT_URL", "http://localhost/x")))
        .isEqualTo("http://localhost/x");
    assertThatThrownBy(() -> webhook.resolve(Map.of()))
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining("plumb.yaml:9:14: the environment variable ALERT_URL is not set");
    assertThatThrownBy(() -> read(Map.of("PROD_URL", ""), "production", null))
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining("plumb.yaml:6:15: the environment variable PROD_URL is not set");
  }

  @ParameterizedTest
  @CsvSource({
    "false,,false,jdbc:sqlite:/dev.db",
    "true,,false,jdbc:sqlite:/variable.db",
    "true,staging,false,jdbc:sqlite:/variable.db",
    "true,production,false,jdbc:sqlite:/prod.db",
    "true,production,true,jdbc:sqlite:/flag.db",
    "false,,true,jdbc:sqlite:/flag.db",
  })
  void flags_go_before_variables_and_variables_before_the_file(
      boolean variable, String environment, boolean flag, String url) throws IOException {
    writeCampus();
    Map<String, String> variables =
        Map.of(
            "DEV_URL", "jdbc:sqlite:/dev.db",
            "PROD_URL", "jdbc:sqlite:/prod.db",
            "PLUMB_DATABASE_URL", variable ? "jdbc:sqlite:/variable.db" : "");
    Project project = read(variables, environment, flag ? "jdbc:sqlite:/flag.db" : null);
    assertThat(project.database().url()).isEqualTo(url);
    assertThat(project.environment().map(Environment::name))
        .isEqualTo(Optional.ofNullable(environment));
    assertThat(project.environment().map(Environment::isProtected).orElse(false))
        .isEqualTo("production".equals(environment));
  }

  @Test
  void what_is_outside_of_a_database_needs_none() throws IOException {
    ReadOptions nothing = new ReadOptions(Optional.empty(), Map.of(), Optional.empty());
    write("plumb.yaml", "project: p\n");
    for (Project project :
        List.of(
            ProjectReader.readForDocuments(directory, nothing),
            ProjectReader.readForRuns(directory, nothing))) {
      assertThat(project.namedDatabase()).isEmpty();
      assertThatThrownBy(project::database)
          .isInstanceOf(ProjectException.class)
          .hasMessageContaining("plumb.yaml:1:1: no database is named, and this command needs one");
    }
    assertThatThrownBy(() -> read(Map.of(), null, null))
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining("plumb.yaml:1:1: no database is named, and this command needs one");
  }

  @Test
  void a_database_that_is_named_and_cannot_be_found_hides_no_runs() throws IOException {
    ReadOptions nothing = new ReadOptions(Optional.empty(), Map.of(), Optional.empty());
    write("plumb.yaml", "project: p\ndatabase: ${NOT_SET}\n");
    assertThat(ProjectReader.readForDocuments(directory, nothing).namedDatabase()).isEmpty();
    assertThatThrownBy(() -> ProjectReader.readForRuns(directory, nothing))
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining("NOT_SET is not set");
  }

  @Test
  void an_unknown_environment_is_wrong_usage() throws IOException {
    writeCampus();
    assertThatThrownBy(() -> read(Map.of(), "producton", null))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.next()).isEqualTo("Did you mean `production`?");
            });
  }

  @Test
  void an_unknown_database_flag_is_wrong_usage_and_shows_no_password() throws IOException {
    writeCampus();
    assertThatThrownBy(() -> read(Map.of(), null, "postgres://me:hunter2@host/db"))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.what()).contains("postgres://me:***@host/db").doesNotContain("hunter2");
              assertThat(e.next()).contains("jdbc:postgresql://");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h/d?user=a&password=hunter2&x=1,jdbc:postgresql://h/d?user=a&password=***&x=1",
    "jdbc:postgresql://a:hunter2@h/d,jdbc:postgresql://a:***@h/d",
    "jdbc:postgresql://a:hunter2@h@x@h/d,jdbc:postgresql://a:***@h/d",
    "jdbc:postgresql://h/d?sslPassword=hunter2,jdbc:postgresql://h/d?sslPassword=***",
    "jdbc:postgresql://h:5432/d,jdbc:postgresql://h:5432/d",
    "jdbc:sqlite:/a.db,jdbc:sqlite:/a.db",
  })
  void a_password_is_never_printed(String url, String printed) {
    DatabaseSetting setting = new DatabaseSetting(url, "--database");
    assertThat(setting.redacted()).isEqualTo(printed);
    assertThat(setting).hasToString(printed + " (--database)");
  }

  @Test
  void a_secret_from_a_variable_is_never_printed() throws IOException {
    write("plumb.yaml", "project: p\ndatabase: ${URL}\nworkers: ${URL}\nlease: ${URL}\n");
    assertThatThrownBy(() -> read(Map.of("URL", "mysql://me:hunter2@host"), null, null))
        .isInstanceOfSatisfying(
            ProjectException.class,
            e -> {
              assertThat(e.problems()).hasSize(3);
              assertThat(e.problems().toString()).doesNotContain("hunter2").contains("${URL}");
            });
  }

  @Test
  void a_relative_sqlite_file_lies_beside_plumb_yaml() throws IOException {
    write("plumb.yaml", "project: p\ndatabase: jdbc:sqlite:data/a.db?cache=shared\n");
    assertThat(read().database().url())
        .isEqualTo("jdbc:sqlite:" + directory.resolve("data/a.db") + "?cache=shared");
    write("plumb.yaml", "project: p\ndatabase: \"jdbc:sqlite::memory:\"\n");
    assertThat(read().database().url()).isEqualTo("jdbc:sqlite::memory:");
  }

  @Test
  void a_doubled_dollar_sign_stands_for_itself() throws IOException {
    write("plumb.yaml", "project: a$${NAME}$b${NAME:-}\ndatabase: embedded:postgres\n");
    assertThat(read().name()).isEqualTo("a${NAME}$b");
  }

  @Test
  void invariants_are_sorted_by_name_and_found_by_it() throws IOException {
    write("plumb.yaml", "project: p\ndatabase: embedded:postgres\n");
    write("invariants/b.yml", "table: t\nderive: {a: b}\n");
    write("invariants/a-1.yaml", "table: t\nderive: {a: b}\n");
    write("invariants/README.md", "no invariant");
    write("invariants/.b.yaml", "an editor's");
    Project project = read();
    assertThat(project.invariants()).extracting(Invariant::name).containsExactly("a-1", "b");
    assertThat(project.invariants(List.of("b", "a-1")))
        .extracting(Invariant::name)
        .containsExactly("b", "a-1");
    assertThat(project.invariants(List.of())).hasSize(2);
    assertThatThrownBy(() -> project.invariant("a1"))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.next()).isEqualTo("Did you mean `a-1`?");
            });
  }

  @Test
  void a_directory_without_plumb_yaml_is_no_project() {
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.PROJECT);
              assertThat(e.what()).contains(directory.toString(), "plumb.yaml");
              assertThat(e.safe()).isEqualTo("Nothing was looked at or changed.");
              assertThat(e.next()).contains("plumb init", "--project");
            });
  }

  @Test
  void a_file_in_another_encoding_is_a_problem() throws IOException {
    Files.write(directory.resolve("plumb.yaml"), new byte[] {'a', (byte) 0xE4, ':'});
    assertThatThrownBy(this::read)
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining("plumb.yaml:1:1: the file is not in UTF-8");
  }
}
