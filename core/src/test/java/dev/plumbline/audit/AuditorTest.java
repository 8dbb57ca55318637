package dev.plumbline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.project.InvariantReader;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.TestRole;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The read-only look: it cannot write, sees one moment, and says when it could not look. */
class AuditorTest {
  private static final String DOUBLED =
      "says: Doubled.\ntable: numbers\nderive: {doubled: id * 2}\n";

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void numbers() {
    database.execute(
        "CREATE TABLE numbers (id integer PRIMARY KEY, doubled integer)",
        "INSERT INTO numbers SELECT i, CASE WHEN i <= 10 THEN 0 ELSE i * 2 END"
            + " FROM generate_series(1, 100) AS i");
  }

  private static Invariant invariant(String name, String yaml) {
    return InvariantReader.read(Path.of(name + ".yaml"), yaml);
  }

  private AuditReport audit(String... yaml) {
    return audit(database.url(), Timeouts.READING, yaml);
  }

  private static AuditReport audit(String url, Timeouts timeouts, String... yaml) {
    List<Invariant> invariants =
        IntStream.range(0, yaml.length)
            .mapToObj(i -> invariant("invariant-" + i, yaml[i]))
            .toList();
    return new Auditor(Database.of(JdbcUrl.parse(url)), timeouts)
        .audit("test", invariants, AuditOptions.standard());
  }

  private static AuditResult only(AuditReport report) {
    assertThat(report.results()).hasSize(1);
    return report.results().getFirst();
  }

  private static PlumblineException blind(AuditReport report, ExitCode code) {
    AuditResult result = only(report);
    assertThat(result.verdict()).isEqualTo(Verdict.BLIND);
    assertThat(result.counts()).isEmpty();
    assertThat(report.exitCode()).isEqualTo(code);
    return result.error().orElseThrow();
  }

  // --- it cannot write ------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO numbers VALUES (-1, -2)",
        "DELETE FROM numbers",
        "PERFORM nextval(''counter'')",
        "CREATE TABLE trace (id integer)",
        "PERFORM set_config(''transaction_read_only'', ''off'', false); DELETE FROM numbers",
        "SET TRANSACTION READ WRITE; DELETE FROM numbers"
      })
  void a_function_that_writes_is_refused_by_the_server(String body) {
    database.execute(
        "CREATE SEQUENCE counter",
        "CREATE FUNCTION sly(i integer) RETURNS integer LANGUAGE plpgsql VOLATILE AS '"
            + "BEGIN "
            + body
            + "; RETURN i; END'");
    String before = database.fingerprint("numbers", "id");
    AuditReport report = audit("says: Sly.\ntable: numbers\nderive: {doubled: sly(id)}\n");
    blind(report, ExitCode.PROJECT);
    assertThat(database.fingerprint("numbers", "id")).isEqualTo(before);
    assertThat(database.queryValue("SELECT is_called FROM counter")).isEqualTo("f");
    assertThat(database.queryValue("SELECT to_regclass('trace') IS NULL")).isEqualTo("t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 AS id; DELETE FROM numbers",
        "SELECT 1 AS id; COMMIT; DELETE FROM numbers; SELECT 1 AS id",
        "DELETE FROM numbers RETURNING id",
        "WITH gone AS (DELETE FROM numbers RETURNING id) SELECT id FROM gone",
        "SELECT id FROM numbers FOR UPDATE"
      })
  void sql_that_tries_to_write_does_not(String sql) {
    String yaml = "says: Sly.\nnone: " + sql + "\nkey: id\n";
    try {
      assertThat(audit(yaml).exitCode()).isEqualTo(ExitCode.PROJECT);
    } catch (ProjectException refusedByTheReader) {
      assertThat(refusedByTheReader.problems()).isNotEmpty();
    }
    assertThat(database.queryValue("SELECT count(*) FROM numbers")).isEqualTo("100");
  }

  // --- it sees one moment ---------------------------------------------------------------------

  @Test
  void all_invariants_of_one_call_see_the_same_moment() {
    ViolationSink disturbing =
        new ViolationSink() {
          @Override
          public void begin(Invariant invariant, List<String> columns) {
            database.execute(
                "UPDATE numbers SET doubled = id * 2", "DELETE FROM numbers WHERE id > 50");
          }

          @Override
          public void accept(Violation violation) {}
        };
    AuditReport report =
        new Auditor(Database.of(JdbcUrl.parse(database.url())), Timeouts.READING)
            .audit(
                "test",
                List.of(invariant("first", DOUBLED), invariant("second", DOUBLED)),
                AuditOptions.standard().withSink(disturbing));
    for (AuditResult result : report.results()) {
      assertThat(result.counts().orElseThrow().violations()).isEqualTo(10);
      assertThat(result.counts().orElseThrow().rows()).isEqualTo(100);
    }
    assertThat(audit(DOUBLED).results().getFirst().counts().orElseThrow().rows()).isEqualTo(50);
  }

  // --- it says when it could not look ---------------------------------------------------------

  @Test
  void row_level_security_that_hides_rows_is_blindness_not_health() {
    TestRole role = database.role("SELECT ON numbers");
    assertThat(only(audit(role.url(), Timeouts.READING, DOUBLED)).verdict())
        .isEqualTo(Verdict.VIOLATED);
    database.execute(
        "ALTER TABLE numbers ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY part ON numbers USING (id > 10)");
    PlumblineException error = blind(audit(role.url(), Timeouts.READING, DOUBLED), ExitCode.DENIED);
    assertThat(error.what()).contains("row-level security");
  }

  @Test
  void row_level_security_in_a_view_or_a_function_is_noticed_too() {
    TestRole role = database.role("SELECT ON numbers");
    database.execute(
        "CREATE VIEW seen WITH (security_invoker = true) AS SELECT * FROM numbers",
        "GRANT SELECT ON seen TO " + role.name(),
        "ALTER TABLE numbers ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY part ON numbers USING (id > 10)",
        "CREATE FUNCTION hidden() RETURNS SETOF integer LANGUAGE sql STABLE AS"
            + " 'SELECT id FROM numbers WHERE doubled <> id * 2'");
    for (String from : List.of("seen WHERE doubled <> id * 2", "hidden() AS id")) {
      blind(
          audit(
              role.url(),
              Timeouts.READING,
              "says: None.\nnone: SELECT id FROM " + from + "\nkey: id\n"),
          ExitCode.DENIED);
    }
  }

  @Test
  void a_missing_privilege_is_blindness() {
    TestRole role = database.role();
    PlumblineException error = blind(audit(role.url(), Timeouts.READING, DOUBLED), ExitCode.DENIED);
    assertThat(error.what()).contains("permission denied for table numbers");
    assertThat(error.next()).isNotBlank();
  }

  @Test
  void a_timeout_is_blindness() {
    AuditReport report =
        audit(
            database.url(),
            new Timeouts(Duration.ofMillis(500), Duration.ofMillis(100)),
            "says: Slow.\nnone: SELECT id FROM numbers WHERE pg_sleep(1) IS NOT NULL\nkey: id\n");
    blind(report, ExitCode.BUSY);
  }

  @Test
  void a_table_that_is_locked_is_blindness() throws SQLException {
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("LOCK TABLE numbers IN ACCESS EXCLUSIVE MODE");
      blind(
          audit(
              database.url(), new Timeouts(Duration.ofMillis(50), Duration.ofSeconds(30)), DOUBLED),
          ExitCode.BUSY);
    }
  }

  @Test
  void an_invariant_that_cannot_be_looked_at_keeps_none_of_the_others_from_it() {
    AuditReport report =
        audit(
            DOUBLED,
            "says: No.\nnone: SELECT 1 / 0 AS id\nkey: id\n",
            "says: Fine.\nnone: SELECT id FROM numbers WHERE id < 0\nkey: id\n");
    assertThat(report.results().stream().map(AuditResult::verdict))
        .containsExactly(Verdict.VIOLATED, Verdict.BLIND, Verdict.HOLDS);
    assertThat(report.exitCode()).isEqualTo(ExitCode.PROJECT);
  }

  // --- errors, with their places --------------------------------------------------------------

  @Test
  void everything_that_is_not_there_is_named_at_once_with_suggestions() {
    AuditReport report =
        audit(
            """
            says: No.
            table: numbers
            derive: {doublet: count(*)}
            from: number
            by: {idd: id}
            key: idx
            """);
    ProjectException error = (ProjectException) blind(report, ExitCode.PROJECT);
    assertThat(error.problems().stream().map(Problem::what))
        .anySatisfy(what -> assertThat(what).contains("`doublet`"))
        .anySatisfy(what -> assertThat(what).contains("`number`"))
        .anySatisfy(what -> assertThat(what).contains("`idx`"));
    assertThat(error.problems().stream().flatMap(p -> p.suggestion().stream()))
        .contains("did you mean `doubled`?", "did you mean `numbers`?");
    assertThat(error.problems().getFirst().position().line()).isEqualTo(3);
  }

  @Test
  void what_cannot_be_derived_or_is_no_table_says_why() {
    database.execute("CREATE VIEW doubled_numbers AS SELECT * FROM numbers");
    database.execute("CREATE TABLE \"Order \"\"x\" (id integer PRIMARY KEY, v integer)");
    for (List<String> wrong :
        List.of(
            List.of("doubled_numbers", "v", "it is a view: name the table whose rows it shows"),
            List.of("'Order \"x'", "v", "write it as in SQL, in quotes: '\"Order \"\"x\"'"),
            List.of(
                "numbers", "id", "derive other columns; say what must hold of keys with `none`"))) {
      AuditReport report =
          audit(
              "says: No.\ntable: %s\nderive: {%s: \"1\"}\n".formatted(wrong.get(0), wrong.get(1)));
      ProjectException error = (ProjectException) blind(report, ExitCode.PROJECT);
      assertThat(error.problems().getFirst().suggestion()).hasValue(wrong.get(2));
    }
  }

  @Test
  void an_error_of_the_sql_points_into_the_file() {
    AuditReport report =
        audit(
            """
            says: No.
            none: |
              SELECT id FROM numbers
              WHERE dubbled <> id * 2
            key: id
            """);
    DatabaseException error = (DatabaseException) blind(report, ExitCode.PROJECT);
    Problem problem = error.problem().orElseThrow();
    assertThat(problem.position().file()).isEqualTo(Path.of("invariant-0.yaml"));
    assertThat(problem.position().line()).isEqualTo(4);
    assertThat(problem.position().column()).isEqualTo(9);
    assertThat(error.what()).contains("invariant-0.yaml:4:9", "column \"dubbled\" does not exist");
  }

  @Test
  void an_error_that_shows_only_while_running_points_into_the_file_too() {
    AuditReport report = audit("says: No.\ntable: numbers\nderive: {doubled: 1 / (id - id)}\n");
    DatabaseException error = (DatabaseException) blind(report, ExitCode.PROJECT);
    assertThat(error.what()).endsWith("the SQL fails on the data: division by zero");
    assertThat(error.next()).startsWith("Mend the SQL");
    assertThat(error.problem().map(p -> p.position().line())).isEqualTo(Optional.of(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(doubled || 'x')::integer", "raises(id)"})
  void sql_that_some_row_makes_fail_is_the_projects_fault(String expression) {
    database.execute(
        "CREATE FUNCTION raises(i integer) RETURNS integer LANGUAGE plpgsql AS"
            + " 'BEGIN RAISE EXCEPTION ''no''; END'");
    AuditReport report =
        audit("says: No.\ntable: numbers\nderive: {doubled: \"" + expression + "\"}\n");
    assertThat(blind(report, ExitCode.PROJECT).what()).contains("the SQL fails on the data: ");
  }

  @Test
  void a_server_that_does_not_answer_is_unreachable() {
    assertThatThrownBy(
            () ->
                audit(
                    "jdbc:postgresql://127.0.0.1:1/nowhere?user=a&password=s3cret",
                    Timeouts.READING,
                    DOUBLED))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> {
              assertThat(ExitCode.of(e.code())).isEqualTo(ExitCode.UNREACHABLE);
              assertThat(e.what() + e.safe() + e.next()).doesNotContain("s3cret");
            });
  }

  // --- what it shows --------------------------------------------------------------------------

  @Test
  void samples_come_in_key_order_with_the_value_and_the_right_one() {
    AuditResult result = only(audit(DOUBLED));
    assertThat(result.columns()).containsExactly("id", "doubled", "right_doubled");
    assertThat(result.samples().stream().map(Violation::values))
        .startsWith(List.of("1", "0", "2"), List.of("2", "0", "4"))
        .hasSize(10);
  }

  @Test
  void every_segment_has_its_own_counts_and_null_is_one() {
    database.execute(
        "ALTER TABLE numbers ADD kind text",
        "UPDATE numbers SET kind = CASE WHEN id <= 4 THEN 'a' WHEN id <= 20 THEN 'b' END");
    AuditResult result = only(audit(DOUBLED + "segment: kind\n"));
    assertThat(result.segments().stream().map(s -> s.toString())).hasSize(3);
    assertThat(result.segments().stream().mapToLong(s -> s.counts().violations()).boxed())
        .containsExactlyInAnyOrder(4L, 6L, 0L);
    assertThat(result.segments().stream().mapToLong(s -> s.counts().rows()).sum()).isEqualTo(100);
  }

  @Test
  void recent_counts_the_last_24_hours_of_the_database_s_clock() {
    database.execute(
        "ALTER TABLE numbers ADD made timestamptz",
        "UPDATE numbers SET made = now() - CASE WHEN id <= 3 THEN interval '23 hours 59 minutes'"
            + " WHEN id <= 6 THEN interval '24 hours 1 minute' ELSE interval '-1 hour' END");
    assertThat(only(audit(DOUBLED + "recent: made\n")).counts().orElseThrow().recent()).hasValue(3);
  }

  @Test
  void a_table_without_rows_holds_and_says_that_it_is_empty() {
    database.execute("DELETE FROM numbers");
    AuditResult result = only(audit(DOUBLED));
    assertThat(result.verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(result.notes()).anySatisfy(note -> assertThat(note).contains("zero rows"));
  }

  @Test
  void a_table_without_a_key_can_be_audited() {
    database.execute(
        "CREATE TABLE keyless (doubled integer, id integer)", "INSERT INTO keyless VALUES (1, 1)");
    AuditResult result = only(audit(DOUBLED.replace("numbers", "keyless")));
    assertThat(result.verdict()).isEqualTo(Verdict.VIOLATED);
    assertThat(result.samples()).hasSize(1);
  }
}
