package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.TestRole;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each exit code that is not about the data, and the three parts of its message. */
class BadInputTest {
  @TempDir Path project;

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void writeProject() throws IOException {
    write("plumb.yaml", "project: bad\ndatabase: ${PLUMB_DATABASE_URL}\n");
    write(
        "invariants/rows-are-fine.yaml",
        """
        says: Every row is fine.
        none: SELECT id FROM things WHERE NOT fine
        key: id
        of: things
        """);
    database.execute(
        "CREATE TABLE things (id integer PRIMARY KEY, fine boolean NOT NULL)",
        "INSERT INTO things VALUES (1, true), (2, true)");
  }

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Cli cli() {
    return new Cli(project, database.url());
  }

  /** What happened, what is safe, what to do next: at least three lines, and no stack trace. */
  private static void assertThreeParts(String err) {
    assertThat(err).startsWith("error: ").doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(err.lines().toList()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void what_is_in_order_exits_with_0() {
    Cli.Result result = cli().call("audit");
    assertThat(result.exit()).as(result.err()).isZero();
  }

  @Test
  void an_unknown_flag_is_wrong_usage_and_the_near_one_is_named() {
    Cli.Result result = cli().call("audit", "--sample", "3");
    assertThat(result.exit()).isEqualTo(64);
    assertThreeParts(result.err());
    assertThat(result.err()).contains("`--sample`", "Did you mean `--samples`?", "audit --help");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void an_unknown_command_is_wrong_usage_and_the_near_one_is_named() {
    Cli.Result result = cli().call("adit");
    assertThat(result.exit()).isEqualTo(64);
    assertThreeParts(result.err());
    assertThat(result.err()).contains("`adit`", "Did you mean `audit`?");
  }

  @Test
  void an_unknown_invariant_is_wrong_usage_and_the_near_one_is_named() {
    Cli.Result result = cli().call("audit", "rows-are-find");
    assertThat(result.exit()).isEqualTo(64);
    assertThreeParts(result.err());
    assertThat(result.err()).contains("Did you mean `rows-are-fine`?");
  }

  @Test
  void wrong_usage_is_one_json_document_where_json_is_asked_for() {
    Cli.Result result = cli().call("audit", "--format", "json", "--sample", "3");
    assertThat(result.exit()).isEqualTo(64);
    assertThat(result.err()).isEmpty();
    JsonNode error = Cases.json(result.out()).get("error");
    assertThat(error.get("code").asText()).isEqualTo("usage");
    assertThat(error.get("exit").asInt()).isEqualTo(64);
    assertThat(error.get("what").asText()).contains("--sample");
    assertThat(error.get("safe").asText()).isNotEmpty();
    assertThat(error.get("next").asText()).contains("--samples");
    assertThat(error.get("problems")).isEmpty();
  }

  @Test
  void an_unreachable_host_is_69() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    Cli.Result result =
        new Cli(project, "jdbc:postgresql://127.0.0.1:" + closed + "/none?user=a&password=geheim")
            .call("audit");
    assertThat(result.exit()).isEqualTo(69);
    assertThreeParts(result.err());
    assertThat(result.err()).contains("127.0.0.1:" + closed).doesNotContain("geheim");
    assertThat(result.err()).contains("There was no connection, so this attempt changed nothing.");
  }

  @Test
  void a_wrong_password_is_77_and_never_shown() {
    String url = database.url().replaceFirst("password=[^&]*", "password=s3cret-geheim");
    assertThat(url).contains("s3cret-geheim");
    JavaProcess.Result result = new Cli(project, url).run("audit", "--verbose");
    assertThat(result.exitCode()).isEqualTo(77);
    assertThat(result.stderr()).startsWith("error: ").contains("password");
    assertThat(result.stdout() + result.stderr()).doesNotContain("s3cret-geheim");

    JavaProcess.Result flag =
        new Cli(project, "").process("--database", url, "--format", "json", "audit").run();
    assertThat(flag.exitCode()).isEqualTo(77);
    assertThat(Cases.json(flag.stdout()).get("error").get("code").asText()).isEqualTo("denied");
    assertThat(flag.stdout() + flag.stderr()).doesNotContain("s3cret-geheim");
  }

  @Test
  void no_password_is_77() {
    JavaProcess.Result result =
        new Cli(project, database.url().replaceFirst("&?password=[^&]*", "")).run("audit");
    assertThat(result.exitCode()).isEqualTo(77);
    assertThreeParts(result.stderr());
    assertThat(result.stderr()).contains("does not let this user in", "password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"&socketTimeout=abc", "&nonsense=%zz", "&sslmode=perhaps"})
  void a_parameter_that_makes_no_sense_is_78_and_blames_the_url(String parameter) {
    String password = database.url().replaceFirst(".*password=([^&]*).*", "$1");
    JavaProcess.Result result = new Cli(project, database.url() + parameter).run("audit");
    assertThat(result.exitCode()).as(result.stderr()).isEqualTo(78);
    assertThreeParts(result.stderr());
    assertThat(result.stderr()).contains("URL").doesNotContain(password, "Mend the SQL");
  }

  @Test
  void a_port_that_is_none_is_78_and_the_driver_logs_nothing() {
    JavaProcess.Result result =
        new Cli(project, "jdbc:postgresql://127.0.0.1:notaport/x?user=a&password=geheim")
            .run("audit");
    assertThat(result.exitCode()).isEqualTo(78);
    assertThreeParts(result.stderr());
    assertThat(result.stderr()).contains("the port").doesNotContain("geheim", "WARNING");
  }

  @Test
  void a_database_that_is_not_there_is_78_and_blames_the_url() {
    Cli.Result result =
        new Cli(project, database.url().replace(database.name(), "not_there")).call("audit");
    assertThat(result.exit()).isEqualTo(78);
    assertThreeParts(result.err());
    assertThat(result.err()).contains("not_there", "Mend the URL").doesNotContain("SQL");
  }

  @Test
  void sql_that_some_row_makes_fail_is_78() throws IOException {
    write(
        "invariants/divides.yaml", "says: No.\ntable: things\nderive: {fine: 1 / (id - 1) > 0}\n");
    Cli.Result audit = cli().call("audit", "divides");
    assertThat(audit.exit()).isEqualTo(78);
    assertThat(audit.out())
        .contains("divides.yaml:3:", "the SQL fails on the data", "Mend the SQL");
    Cli.Result plan = cli().call("repair", "divides");
    assertThat(plan.exit()).isEqualTo(78);
    assertThat(plan.err()).contains("the SQL fails on the data: division by zero");
    Cli.Result where = cli().call("audit", "rows-are-fine", "--where", "1 / 0 > 0");
    assertThat(where.exit()).isEqualTo(78);
    assertThat(where.out()).contains("the SQL fails on the data: division by zero");
  }

  @Test
  void a_project_without_invariants_is_78() throws IOException {
    Files.delete(project.resolve("invariants/rows-are-fine.yaml"));
    Cli.Result result = cli().call("audit");
    assertThat(result.exit()).isEqualTo(78);
    assertThreeParts(result.err());
    assertThat(result.err()).contains("There is no invariant in", "  key: id");
  }

  @Test
  void a_missing_table_is_78_with_its_place() throws IOException {
    write("invariants/gone.yaml", "says: No.\ntable: thinks\nderive: {fine: 'true'}\n");
    Cli.Result result = cli().call("audit", "gone");
    assertThat(result.exit()).isEqualTo(78);
    assertThat(result.out()).contains("gone.yaml:2:8", "thinks", "table: thinks", "^^^^^^");
  }

  @Test
  void a_sql_error_in_an_invariant_is_78_with_its_place() throws IOException {
    write(
        "invariants/broken.yaml",
        "says: No.\nnone: |\n  SELECT id\n  FROM things\n  WHERE fyne\nkey: id\n");
    Cli.Result result = cli().call("audit", "broken");
    assertThat(result.exit()).isEqualTo(78);
    assertThat(result.out()).contains("broken.yaml:5:9", "fyne", "WHERE fyne", "could not look");

    JsonNode error =
        Cases.json(cli().call("audit", "broken", "--format", "json").out())
            .get("invariants")
            .get(0)
            .get("error");
    JsonNode problem = error.get("problems").get(0);
    assertThat(problem.get("line").asInt()).isEqualTo(5);
    assertThat(problem.get("column").asInt()).isEqualTo(9);
    assertThat(problem.get("file").asText()).endsWith("broken.yaml");
  }

  @Test
  void one_invariant_that_cannot_be_looked_at_keeps_no_other_from_it() throws IOException {
    write("invariants/broken.yaml", "says: No.\nnone: SELECT nothing FROM things\nkey: nothing\n");
    database.execute("UPDATE things SET fine = false WHERE id = 2");
    Cli.Result result = cli().call("audit");
    assertThat(result.exit()).isEqualTo(78);
    assertThat(result.out()).contains("1 of 2 rows violates", "could not look");
  }

  @Test
  void all_that_is_wrong_in_the_files_is_said_at_once_with_the_lines() throws IOException {
    write("invariants/one.yaml", "say: Every row is fine.\nnone: SELECT 1\n");
    write("invariants/two.yaml", "table: things\nderive: {fine: 'tru'\n");
    Cli.Result result = cli().call("audit");
    assertThat(result.exit()).isEqualTo(78);
    assertThat(result.err())
        .contains("one.yaml:1:1", "say: Every row is fine.", "^^^", "two.yaml")
        .contains("Nothing was");
    assertThat(result.out()).isEmpty();

    JsonNode problems =
        Cases.json(cli().call("audit", "--format", "json").out()).get("error").get("problems");
    assertThat(problems).hasSizeGreaterThanOrEqualTo(2);
    assertThat(problems.get(0).get("suggestion").asText()).contains("says");
  }

  @Test
  void no_project_is_78() {
    Cli.Result result =
        Cli.call(Map.of(), "--project", project.resolve("none").toString(), "audit");
    assertThat(result.exit()).isEqualTo(78);
    assertThreeParts(result.err());
    assertThat(result.err()).contains("plumb init");
  }

  @Test
  void a_role_without_the_privilege_is_77() {
    TestRole role = database.role("USAGE ON SCHEMA public");
    Cli.Result result = new Cli(project, role.url()).call("audit");
    assertThat(result.exit()).isEqualTo(77);
    assertThat(result.out()).contains("could not look", "things");
    assertThat(result.out()).contains("Have a DBA grant this role SELECT on the table");
  }

  @Test
  void a_role_that_only_reads_is_77_and_told_so() throws IOException {
    write("invariants/wrong.yaml", "says: No.\ntable: things\nderive: {fine: 'false'}\n");
    TestRole role =
        database.role("SELECT, UPDATE ON things", "CREATE ON DATABASE " + database.name());
    database.execute("ALTER ROLE " + role.name() + " SET default_transaction_read_only = on");
    Cli.Result result = new Cli(project, role.url()).call("repair", "wrong", "--commit");
    assertThat(result.exit()).as(result.err()).isEqualTo(77);
    assertThreeParts(result.err());
    assertThat(result.err()).contains("only allows reading", "replica");
  }

  @Test
  void rows_that_row_level_security_would_hide_are_77_and_the_table_is_named() {
    database.execute(
        "ALTER TABLE things ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY first_only ON things USING (id = 1)");
    TestRole role = database.role("SELECT ON things");
    Cli.Result result = new Cli(project, role.url()).call("audit");
    assertThat(result.exit()).isEqualTo(77);
    assertThat(result.out()).contains("could not look", "row-level security", "things");
    assertThat(result.out()).contains("BYPASSRLS");
  }

  @Test
  void a_statement_that_takes_too_long_is_75() throws IOException {
    write(
        "plumb.yaml", "project: bad\ndatabase: ${PLUMB_DATABASE_URL}\nstatement_timeout: 200ms\n");
    write(
        "invariants/slow.yaml", "says: No.\nnone: SELECT id, pg_sleep(30) FROM things\nkey: id\n");
    Cli.Result result = cli().call("audit", "slow");
    assertThat(result.exit()).isEqualTo(75);
    assertThat(result.out()).contains("could not look", "statement_timeout");
  }

  @Test
  void a_where_that_is_no_expression_is_wrong_usage() {
    Cli.Result result = cli().call("audit", "--where", "id = 1; DROP TABLE things");
    assertThat(result.exit()).isEqualTo(64);
    assertThreeParts(result.err());
  }

  @Test
  void a_where_with_an_unknown_column_shows_the_flag() {
    Cli.Result result = cli().call("audit", "--where", "ide = 1");
    assertThat(result.exit()).isEqualTo(78);
    assertThat(result.out()).contains("--where:1:1", "ide = 1");
  }

  @Test
  void a_file_of_an_unknown_kind_is_wrong_usage() {
    Cli.Result result = cli().call("audit", "--out", "violations.xlsx");
    assertThat(result.exit()).isEqualTo(64);
    assertThreeParts(result.err());
    assertThat(result.err()).contains(".csv");
  }

  @Test
  void a_directory_that_is_not_there_is_69() {
    for (String[] flag :
        List.of(
            new String[] {"--out", project.resolve("none/violations.csv").toString()},
            new String[] {"--report", "json=" + project.resolve("none/audit.json")})) {
      Cli.Result result = cli().call("audit", flag[0], flag[1]);
      assertThat(result.exit()).isEqualTo(69);
      assertThreeParts(result.err());
      assertThat(result.err()).contains("there is no such directory").doesNotContain("java.");
    }
  }

  @Test
  void a_value_of_the_wrong_kind_is_wrong_usage_with_an_example() {
    assertUsage(
        "`--batch-size` takes a whole number, not `x`",
        "--batch-size 1000",
        "repair",
        "rows-are-fine",
        "--batch-size",
        "x");
    assertUsage(
        "--batch-size is a number from 1 to 1,000,000",
        "--batch-size 1000",
        "repair",
        "rows-are-fine",
        "--batch-size",
        "0");
    assertUsage(
        "--workers is a number from 1 to 64",
        "--workers 2",
        "repair",
        "rows-are-fine",
        "--workers",
        "65");
    assertUsage("`--samples` takes a whole number", "--samples 10", "audit", "--samples", "many");
    assertUsage(
        "`--report` takes KIND=FILE, where the first is one of text, json, markdown, junit",
        "--report junit=audit.xml",
        "audit",
        "--report",
        "x");
    assertUsage(
        "`--report` takes KIND=FILE", "--report junit=audit.xml", "audit", "--report", "x=y");
    assertUsage(
        "`--format` takes one of text, json, sarif, github, not `xml`",
        "audit --help",
        "audit",
        "--format",
        "xml");
    assertUsage(
        "`RUN` takes a run as `plumb runs` lists it, such as 7 or d7, not `last`",
        "show --help",
        "show",
        "last");
  }

  private void assertUsage(String what, String next, String... arguments) {
    Cli.Result result = cli().call(arguments);
    assertThat(result.exit()).isEqualTo(64);
    assertThreeParts(result.err());
    assertThat(result.err()).contains(what, next).doesNotContain("option option");
  }

  @Test
  void commands_for_the_launcher_are_not_suggested() {
    assertThat(cli().call("frobnicate").err()).contains("audit, repair").doesNotContain("warm-up");
  }

  @Test
  void a_command_that_is_missing_is_wrong_usage() {
    Cli.Result result = Cli.call(Map.of());
    assertThat(result.exit()).isEqualTo(64);
    assertThreeParts(result.err());
  }

  @Test
  void a_protected_environment_takes_no_commit() throws IOException {
    write(
        "plumb.yaml",
        "project: bad\nenvironments:\n  production:\n    database: ${PLUMB_DATABASE_URL}\n"
            + "    protected: true\n");
    Cli.Result result = cli().call("--env", "production", "repair", "rows-are-fine", "--commit");
    assertThat(result.exit()).isEqualTo(77);
    assertThreeParts(result.err());
  }

  @AfterEach
  void nothing_was_written() {
    assertThat(database.query("SELECT id FROM things ORDER BY id")).hasSize(2);
    assertThat(database.queryValue("SELECT to_regnamespace('plumb') IS NULL")).isEqualTo("t");
  }
}
