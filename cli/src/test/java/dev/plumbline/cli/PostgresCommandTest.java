package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumb postgres}: the embedded PostgreSQL for other programs. */
class PostgresCommandTest {
  private static final Pattern PSQL =
      Pattern.compile(
          "PGPASSWORD=\"\\$\\(cat (\\S+)\\)\" psql -h 127\\.0\\.0\\.1 -p (\\d+) -U (\\w+) try");

  @TempDir Path project;

  private JavaMain plumb(String... arguments) {
    return JavaMain.of("dev.plumbline.cli.Plumb")
        .arguments("--project", project.toString())
        .arguments(arguments);
  }

  @Test
  void psql_reaches_it_until_it_is_told_to_stop() throws IOException, SQLException {
    Files.writeString(project.resolve("plumb.yaml"), "project: try\ndatabase: embedded:postgres\n");
    Path invariant = Files.createDirectory(project.resolve("invariants")).resolve("even.yaml");
    Files.writeString(invariant, "says: All are even.\ntable: t\nderive: {a: a - a % 2}\n");
    try (JavaProcess process = plumb("postgres").start()) {
      process.waitForOutput(text -> PSQL.matcher(text).find());
      Matcher psql = PSQL.matcher(process.stdout());
      assertThat(psql.find()).isTrue();
      String password = Files.readString(Path.of(psql.group(1))).strip();
      assertThat(process.stdout()).doesNotContain(password);
      String url = "jdbc:postgresql://127.0.0.1:" + psql.group(2) + "/try";
      try (Connection connection = DriverManager.getConnection(url, psql.group(3), password)) {
        connection.createStatement().execute("CREATE TABLE t AS SELECT 3 AS a");
      }
      JavaProcess.Result audit = plumb("audit").run();
      assertThat(audit.stdout()).contains("1 of 1 row");
      assertThat(audit.exitCode()).isEqualTo(2);

      process.terminate();

      JavaProcess.Result end = process.await();
      assertThat(end.exitCode()).as(end.stderr()).isZero();
      assertThat(project.resolve(".plumb/postgres/cluster/postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void a_server_of_somebody_else_is_left_alone() {
    Cli.Result result =
        Cli.call(
            Map.of("PLUMB_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/x"),
            "--project",
            Cases.project("total-lessons").toString(),
            "postgres");
    assertThat(result.exit()).isEqualTo(64);
    assertThat(result.err()).contains("neither starts nor stops");
  }
}
