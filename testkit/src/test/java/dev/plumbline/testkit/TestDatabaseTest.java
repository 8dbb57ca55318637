package dev.plumbline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestDatabaseTest {
  private static final String COURSES =
      "CREATE TABLE course (id integer PRIMARY KEY, title text, price numeric)";

  @ParameterizedTest
  @EnumSource
  void is_a_durable_server_of_the_version_asked_for(PostgresVersion version) {
    try (TestDatabase database = TestDatabase.postgres(version)) {
      String major = version == PostgresVersion.OLDEST ? "14." : "18.";
      assertThat(database.queryValue("SHOW server_version")).startsWith(major);
      assertThat(database.queryValue("SHOW fsync")).isEqualTo("on");
      assertThat(database.queryValue("SHOW synchronous_commit")).isEqualTo("on");
      assertThat(database.queryValue("SELECT upper('ä')")).isEqualTo("Ä");
    }
  }

  @OnEachDatabase
  void queries_what_it_executed(TestDatabase database) throws SQLException {
    database.execute(COURSES, "INSERT INTO course VALUES (2, NULL, 1.50), (1, 'SQL', 2)");
    assertThat(database.query("SELECT id, title FROM course ORDER BY id"))
        .isEqualTo(List.of(List.of("1", "SQL"), Arrays.asList("2", null)));
    try (Connection connection = database.connect()) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  @OnEachDatabase
  void is_alone(TestDatabase database) {
    database.execute(COURSES);
    // Fails if a database were shared with the other tests, which make the same table.
  }

  @OnEachDatabase
  void a_fingerprint_sees_every_value(TestDatabase database) {
    database.execute(COURSES, "INSERT INTO course VALUES (1, 'a', 1), (2, '', 2)");
    String original = database.fingerprint("course", "id");
    assertThat(database.fingerprint("course", "id DESC")).isNotEqualTo(original);

    database.execute("UPDATE course SET title = NULL WHERE id = 2");
    assertThat(database.fingerprint("course", "id")).isNotEqualTo(original);

    database.execute("DELETE FROM course WHERE id = 1", "UPDATE course SET title = ''");
    assertThat(database.fingerprint("course", "id")).isNotEqualTo(original);

    database.execute("INSERT INTO course VALUES (1, 'a', 1)");
    assertThat(database.fingerprint("course", "id")).isEqualTo(original);
    assertThat(database.fingerprint("course")).isEqualTo(database.fingerprint("course"));
  }

  @Test
  void a_fingerprint_tells_sqlites_types_apart() {
    try (TestDatabase database = TestDatabase.sqlite()) {
      database.execute("CREATE TABLE t (v)", "INSERT INTO t VALUES (1)");
      String integer = database.fingerprint("t");
      database.execute("UPDATE t SET v = '1'");
      assertThat(database.fingerprint("t")).isNotEqualTo(integer);
    }
  }

  @OnEachDatabase
  void runs_a_script_file_with_values(TestDatabase database, @TempDir Path directory)
      throws IOException {
    Path script = directory.resolve("setup.sql");
    Files.writeString(script, COURSES + ";\nINSERT INTO course VALUES (${id}, 'a; b', 1);\n");
    database.runScript(script, Map.of("id", "7"));
    assertThat(database.queryValue("SELECT title FROM course WHERE id = 7")).isEqualTo("a; b");
  }

  @Test
  void a_failing_statement_is_named() {
    try (TestDatabase database = TestDatabase.sqlite()) {
      assertThatThrownBy(() -> database.execute("SELECT 1", "SELECT nothing FROM nowhere"))
          .hasMessageContaining("SELECT nothing FROM nowhere")
          .hasCauseInstanceOf(SQLException.class);
    }
  }

  @Test
  void closing_fails_while_a_connection_of_its_own_is_open() throws SQLException {
    for (TestDatabase database : List.of(TestDatabase.postgres(), TestDatabase.sqlite())) {
      Connection left = database.connect();
      assertThatThrownBy(database::close)
          .isInstanceOf(AssertionError.class)
          .hasMessage("a connection was left open")
          .hasStackTraceContaining("closing_fails_while_a_connection_of_its_own_is_open");
      assertThat(left.isClosed()).isTrue();
    }
  }

  @Test
  void closing_fails_while_somebody_elses_connection_is_open() throws SQLException {
    TestDatabase postgres = TestDatabase.postgres();
    String url = postgres.url() + "&ApplicationName=forgetful";
    try (Connection left = DriverManager.getConnection(url)) {
      assertThatThrownBy(postgres::close)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("forgetful");
      assertThat(left.isValid(5)).isFalse();
    }
  }

  @Test
  void closing_fails_while_somebody_elses_connection_to_sqlite_is_open() throws SQLException {
    TestDatabase sqlite = TestDatabase.sqlite();
    sqlite.execute("CREATE TABLE t (v)");
    try (Connection left = DriverManager.getConnection(sqlite.url())) {
      assertThat(left.createStatement().executeQuery("SELECT * FROM t").next()).isFalse();
      assertThatThrownBy(sqlite::close)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("file descriptor");
    }
  }

  @Test
  void a_role_may_do_what_it_was_granted_and_no_more() throws SQLException {
    try (TestDatabase database = TestDatabase.postgres()) {
      database.execute(COURSES);
      TestRole role = database.role("SELECT ON course");
      try (Connection connection = DriverManager.getConnection(role.url())) {
        assertThat(connection.createStatement().executeQuery("TABLE course").next()).isFalse();
        assertThatThrownBy(() -> connection.createStatement().execute("DELETE FROM course"))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
      }
      assertThat(role.name()).matches(Pattern.compile("role_\\w+"));
    }
  }

  @Test
  void roles_are_gone_with_their_database() {
    TestDatabase database = TestDatabase.postgres();
    TestRole role = database.role();
    database.execute("CREATE TABLE owned (id int)", "ALTER TABLE owned OWNER TO " + role.name());
    database.close();
    try (TestDatabase other = TestDatabase.postgres()) {
      assertThat(
              other.queryValue(
                  "SELECT count(*) FROM pg_roles WHERE rolname = '" + role.name() + "'"))
          .isEqualTo("0");
    }
  }
}
