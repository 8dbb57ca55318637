package dev.plumbline.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FailureKind;
import dev.plumbline.schema.Table;
import dev.plumbline.testkit.PostgresVersion;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.TestRole;
import dev.plumbline.testkit.Until;
import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract on PostgreSQL, and what only PostgreSQL has. */
abstract class PostgresContract extends DialectContract {

  abstract PostgresVersion version();

  @Override
  TestDatabase createDatabase() {
    return TestDatabase.postgres(version());
  }

  @Override
  Map<String, List<String>> keys() {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    keys.put("smallint", List.of("-32768", "0", "32767"));
    keys.put("integer", List.of("-2147483648", "0", "7"));
    keys.put("bigint", List.of("-9223372036854775808", "9223372036854775807"));
    keys.put(
        "uuid",
        List.of(
            "'00000000-0000-0000-0000-000000000001'", "'ffffffff-ffff-4fff-8fff-ffffffffffff'"));
    keys.put(
        "text",
        List.of(
            "''",
            "'it''s'",
            "E'back\\\\slash'",
            "'\"quoted\"'",
            "'größe ✓ 🙂'",
            "'a,b'",
            "'{}'",
            "'NULL'",
            "' space '",
            "E'line\\nbreak'",
            "'A'",
            "'a'"));
    keys.put("varchar(5)", List.of("'a'", "'ab cd'"));
    keys.put("character(5)", List.of("'a'", "'ab'", "'abcde'"));
    keys.put(
        "numeric", List.of("-0.00000000000000000001", "1.50", "123456789012345678901234567890"));
    keys.put("numeric(12,3)", List.of("-1.5", "0", "1.234"));
    keys.put("double precision", List.of("'-Infinity'", "0.1", "0.30000000000000004", "1e300"));
    keys.put("timestamp", List.of("'-infinity'", "'2024-02-29 12:00:00.123456'", "'2024-03-01'"));
    keys.put(
        "timestamp with time zone",
        List.of("'2024-03-31 00:59:59.999999+00'", "'2024-10-27 02:30:00+02'"));
    keys.put("timestamp(3) without time zone", List.of("'2024-02-29 12:00:00.123'"));
    keys.put("date", List.of("'0044-03-15 BC'", "'2024-02-29'"));
    keys.put("time", List.of("'00:00'", "'23:59:59.999999'"));
    keys.put("interval", List.of("'-1 day'", "'1 mon 2 days 03:04:05.6'"));
    keys.put("boolean", List.of("false", "true"));
    keys.put("bytea", List.of("'\\x'", "'\\x00ff5c22'"));
    keys.put("inet", List.of("'10.0.0.0/8'", "'::1'"));
    return keys;
  }

  @Override
  String timestampType() {
    return "timestamptz";
  }

  @Override
  String hoursFromNow(int hours) {
    return "now() + interval '" + hours + " hours'";
  }

  @Override
  String exact(String column) {
    return "pg_typeof(" + column + ") || ':' || coalesce(" + column + "::text, 'NULL')";
  }

  @Override
  List<String> exactTypes() {
    return List.of(
        "integer PRIMARY KEY",
        "numeric",
        "numeric(12,3)",
        "jsonb",
        "json",
        "text[]",
        "bytea",
        "timestamp with time zone",
        "double precision",
        "character varying(10)");
  }

  @Override
  List<List<String>> exactRows() {
    return List.of(
        List.of(
            "1",
            "1.500",
            "2.5",
            "'{\"b\": 1, \"a\": [null, 1.50]}'",
            "'{\"b\":1,  \"a\":2}'",
            "'{\"a,b\",NULL,\"\\\\\"}'",
            "'\\x00ff'",
            "'2024-03-31 02:30:00.000001+02'",
            "0.30000000000000004",
            "'x'"),
        List.of("2", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL"),
        List.of("3", "0.0", "0", "'null'", "'null'", "'{}'", "''", "'infinity'", "'NaN'", "''"));
  }

  @Override
  String castLiteral(String literal, String type) {
    return "CAST(" + literal + " AS " + type + ")";
  }

  @Override
  String generatedKey() {
    return "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
  }

  @Override
  void writeBeside(String sql) {
    session.execute(Sql.of("{}", sql));
  }

  @Override
  long expectedAfterWriteBeside() {
    return 5;
  }

  @Override
  List<String> raisingTrigger(String table) {
    return List.of(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$BEGIN RAISE EXCEPTION 'no rows today'; END$$",
        "CREATE TRIGGER refuses BEFORE INSERT ON "
            + table
            + " FOR EACH ROW EXECUTE FUNCTION refuse()");
  }

  // --- row triggers ---------------------------------------------------------------------------

  private Table tableWithTrigger(String timing, String body) {
    session.execute(Sql.of("CREATE TABLE t (id integer PRIMARY KEY, n integer, note text)"));
    session.execute(Sql.of("INSERT INTO t VALUES (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c')"));
    session.execute(
        Sql.of("CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {} END$$", body));
    session.execute(
        Sql.of("CREATE TRIGGER acts {} ON t FOR EACH ROW EXECUTE FUNCTION act()", timing));
    return table("t");
  }

  @Test
  void keeps_what_a_row_trigger_made_of_an_update() {
    Table table = tableWithTrigger("BEFORE UPDATE", "NEW.note := OLD.note || NEW.n; RETURN NEW;");
    ImageTable images = images(table, table.columnNames(), true, true);
    assertThat(
            change(
                dialect()
                    .updateRows(
                        table.sql(),
                        List.of("n"),
                        List.of(Sql.of("n * 10")),
                        Sql.of("id < 3"),
                        images)))
        .isEqualTo(new Changed(2, 2));
    assertThat(kept(images, "k1, b2, b3, a2, a3"))
        .containsExactly(row("1", "1", "a", "10", "a10"), row("2", "2", "b", "20", "b20"));
  }

  @Test
  void counts_tell_of_rows_that_a_trigger_kept_from_changing() {
    Table table =
        tableWithTrigger(
            "BEFORE UPDATE OR DELETE",
            "IF OLD.id = 2 THEN RETURN NULL; END IF; RETURN coalesce(NEW, OLD);");
    ImageTable images = images(table, table.columnNames(), true, true);
    Sql violations =
        Sql.of("SELECT {}, id, n, 0 AS right_n FROM t", Sql.join(", ", dialect().rowAddress("t")));
    assertThat(
            change(
                dialect()
                    .updateFrom(table.sql(), violations, Sql.of("id > 0"), List.of("n"), images)))
        .isEqualTo(new Changed(3, 2));
    assertThat(kept(images, "k1, b2, a2")).containsExactly(row("1", "1", "0"), row("3", "3", "0"));

    ImageTable deleted = images(table, table.columnNames(), true, false);
    assertThat(change(dialect().deleteRows(table.sql(), Sql.of("TRUE"), deleted)))
        .isEqualTo(new Changed(2, 2));
    assertThat(kept(deleted, "k1, b2")).containsExactly(row("1", "0"), row("3", "0"));
  }

  @Test
  void a_row_changed_since_the_query_is_counted_as_missing() {
    session.execute(Sql.of("CREATE TABLE t (id integer PRIMARY KEY, n integer)"));
    session.execute(Sql.of("INSERT INTO t VALUES (1, 1)"));
    Table table = table("t");
    ImageTable images = images(table, List.of("n"), true, true);
    for (String address :
        List.of("'(9,9)'::tid AS plumb_row, xmin", "ctid AS plumb_row, CAST('7' AS xid)")) {
      Sql stale =
          Sql.of(
              "SELECT tableoid AS plumb_table, {} AS plumb_version, id, n, 0 AS right_n FROM t",
              address);
      assertThat(
              change(
                  dialect().updateFrom(table.sql(), stale, Sql.of("id > 0"), List.of("n"), images)))
          .isEqualTo(new Changed(1, 0));
      assertThat(rows("SELECT n FROM t")).containsExactly(row("1"));
    }
  }

  @Test
  void a_row_that_somebody_is_changing_is_not_written_over_what_was_not_kept() throws Exception {
    session.execute(Sql.of("CREATE TABLE t (id integer PRIMARY KEY, n integer)"));
    session.execute(Sql.of("INSERT INTO t VALUES (1, 1), (2, 2)"));
    Table table = table("t");
    ImageTable images = images(table, List.of("n"), true, true);
    List<Sql> update =
        dialect()
            .updateRows(table.sql(), List.of("n"), List.of(Sql.of("0")), Sql.of("n > 0"), images);
    try (Connection other = testDatabase.connect();
        Session waiting =
            database.openForWriting(new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20)))) {
      other.setAutoCommit(false);
      other.createStatement().execute("UPDATE t SET n = 5 WHERE id = 2");
      CompletableFuture<Changed> changing =
          CompletableFuture.supplyAsync(() -> change(waiting, update));
      Until.holds(
          "it waits for the other's row",
          () ->
              "1"
                  .equals(
                      testDatabase.queryValue(
                          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                              + " AND wait_event_type = 'Lock'")));
      other.commit();
      assertThat(changing.get()).isEqualTo(new Changed(2, 1));
    }
    assertThat(rows("SELECT id, n FROM t ORDER BY id"))
        .containsExactly(row("1", "0"), row("2", "5"));
    assertThat(kept(images, "k1, b1, a1")).containsExactly(row("1", "1", "0"));
  }

  // --- locks ----------------------------------------------------------------------------------

  @Test
  void locks_rows_in_key_order_against_writers_only() {
    session.execute(Sql.of("CREATE TABLE t (id integer PRIMARY KEY, n integer)"));
    session.execute(Sql.of("INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)"));
    Sql lock = dialect().lockRows("t", List.of("id"), Sql.of("id <= 2")).orElseThrow();
    assertThat(lock.toString())
        .isEqualTo(
            """
            SELECT count(*) FROM (
              SELECT 1 FROM t WHERE id <= 2 ORDER BY "id" FOR NO KEY UPDATE) AS plumb_locked""");
    try (Session other = database.openForWriting(SHORT)) {
      session.transaction(
          () -> {
            assertThat(session.<Long>one(lock, row -> row.number(1))).isEqualTo(2);
            assertThat(failure(() -> other.execute(Sql.of("UPDATE t SET n = 0 WHERE id = 1"))))
                .isEqualTo(FailureKind.CONTENTION);
            assertThat(other.execute(Sql.of("UPDATE t SET n = 0 WHERE id = 3"))).isEqualTo(1);
            return other.query(Sql.of("SELECT n FROM t WHERE id = 1"), row -> row.number(1));
          });
    }
  }

  @Test
  void locks_a_table_against_writers_only() {
    session.execute(Sql.of("CREATE TABLE t (id integer PRIMARY KEY)"));
    try (Session other = database.openForWriting(SHORT)) {
      session.transaction(
          () -> {
            session.execute(dialect().lockTable("t").orElseThrow());
            assertThat(failure(() -> other.execute(Sql.of("INSERT INTO t VALUES (1)"))))
                .isEqualTo(FailureKind.CONTENTION);
            return other.query(Sql.of("SELECT id FROM t"), row -> row.number(1));
          });
    }
  }

  // --- sessions -------------------------------------------------------------------------------

  @Test
  void every_session_has_its_limits() {
    Timeouts timeouts = new Timeouts(Duration.ofMillis(321), Duration.ofMillis(45678));
    for (Session opened :
        List.of(database.openForReading(timeouts), database.openForWriting(timeouts))) {
      try (opened) {
        assertThat(
                opened.one(
                    Sql.of(
                        """
                        SELECT current_setting('lock_timeout'), current_setting('statement_timeout'),
                          current_setting('idle_in_transaction_session_timeout'),
                          current_setting('client_connection_check_interval'),
                          current_setting('row_security')"""),
                    DialectContract::values))
            .containsExactly("321ms", "45678ms", "1min", "500ms", "off");
      }
    }
  }

  @Test
  void a_statement_that_takes_too_long_is_a_timeout() {
    Timeouts timeouts = new Timeouts(Duration.ofMillis(200), Duration.ofMillis(50));
    try (Session impatient = database.openForReading(timeouts)) {
      assertThat(failure(() -> impatient.execute(Sql.of("SELECT pg_sleep(30)"))))
          .isEqualTo(FailureKind.TIMEOUT);
    }
  }

  @Test
  void a_reading_session_stops_functions_that_write() {
    session.execute(Sql.of("CREATE TABLE t (id integer)"));
    session.execute(
        Sql.of(
            "CREATE FUNCTION sly() RETURNS integer LANGUAGE plpgsql AS"
                + " $$BEGIN INSERT INTO t VALUES (1); RETURN 1; END$$"));
    session.execute(Sql.of("CREATE SEQUENCE s"));
    for (String sly :
        List.of(
            "SELECT sly()",
            "SELECT nextval('s')",
            "WITH x AS (DELETE FROM t RETURNING 1) SELECT * FROM x",
            "SELECT set_config('transaction_read_only', 'off', true), sly()")) {
      try (Session reading = database.openForReading(SHORT)) {
        assertThat(
                failure(
                    () ->
                        reading.transaction(
                            () -> {
                              reading.one(Sql.of("SELECT 1"), row -> row.number(1));
                              return reading.query(Sql.of("{}", sly), row -> row.number(1));
                            })))
            .as(sly)
            .isEqualTo(FailureKind.DEFINITION);
      }
    }
    assertThat(rows("SELECT * FROM t")).isEmpty();
  }

  @Test
  void a_wrong_password_is_a_matter_of_permission_and_never_shown() {
    TestRole role = testDatabase.role();
    String wrong = "s3cret-" + role.name();
    JdbcUrl url = JdbcUrl.parse(role.url().replace(role.password(), wrong));
    DatabaseException refused =
        catchThrowableOfType(DatabaseException.class, () -> Database.of(url).openForReading(SHORT));
    assertThat(refused.kind()).isEqualTo(FailureKind.PERMISSION);
    assertThat(refused.what() + refused.safe() + refused.next() + refused.getCause() + url)
        .doesNotContain(wrong);
  }

  @Test
  void no_password_is_a_matter_of_permission() {
    TestRole role = testDatabase.role();
    JdbcUrl url = JdbcUrl.parse(role.url().replaceFirst("&?password=[^&]*", ""));
    assertThat(url.properties()).doesNotContainKey("password");
    DatabaseException refused =
        catchThrowableOfType(DatabaseException.class, () -> Database.of(url).openForReading(SHORT));
    assertThat(refused.kind()).isEqualTo(FailureKind.PERMISSION);
    assertThat(refused.next()).contains("the password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"socketTimeout=abc", "sslmode=perhaps", "targetServerType=nearest"})
  void a_parameter_that_makes_no_sense_is_the_fault_of_the_url(String parameter) {
    JdbcUrl url = JdbcUrl.parse(testDatabase.url() + "&" + parameter);
    DatabaseException refused =
        catchThrowableOfType(DatabaseException.class, () -> Database.of(url).openForReading(SHORT));
    assertThat(refused.kind()).isEqualTo(FailureKind.DEFINITION);
    assertThat(refused.what()).contains("The URL of", parameter.replaceFirst(".*=", ""));
    assertThat(refused.next()).startsWith("Mend the URL");
  }

  @Test
  void what_to_grant_is_what_the_statement_needs() {
    session.execute(Sql.of("CREATE TABLE t (id integer)"));
    dialect().journalDdl().forEach(session::execute);
    TestRole role = testDatabase.role();
    Database theirs = Database.of(JdbcUrl.parse(role.url()));
    assertThat(advice(theirs.openForReading(SHORT), "SELECT * FROM t"))
        .contains("grant this role SELECT on the table");
    assertThat(advice(theirs.openForWriting(SHORT), "UPDATE t SET id = 1"))
        .contains("grant this role SELECT, UPDATE on the table");
    assertThat(advice(theirs.openForWriting(SHORT), "INSERT INTO t VALUES (1)"))
        .contains("grant this role SELECT, INSERT on the table");
    assertThat(advice(theirs.openForWriting(SHORT), "DELETE FROM t"))
        .contains("grant this role SELECT, UPDATE, DELETE on the table");
    assertThat(advice(theirs.openForWriting(SHORT), "CREATE INDEX i ON t (id)"))
        .contains("the table's owner");
    assertThat(advice(theirs.openForReading(SHORT), "SELECT * FROM plumb.runs"))
        .contains("USAGE on schema plumb and SELECT on its tables");
    role.grant("USAGE ON SCHEMA plumb");
    role.grant("SELECT, UPDATE ON t");
    assertThat(
            advice(
                theirs.openForWriting(SHORT),
                "WITH done AS (UPDATE t SET id = 1 RETURNING id) SELECT * FROM plumb.runs"))
        .contains("USAGE and CREATE on schema plumb", "plumb journal");
  }

  /** What is said of a statement that the role may not run; closes its session. */
  private String advice(Session theirs, String sql) {
    try (theirs) {
      DatabaseException refused =
          catchThrowableOfType(DatabaseException.class, () -> theirs.execute(Sql.of("{}", sql)));
      assertThat(refused.kind()).as(sql).isEqualTo(FailureKind.PERMISSION);
      return refused.next();
    }
  }

  @Test
  void a_role_that_only_reads_cannot_write_and_is_told_why() {
    session.execute(Sql.of("CREATE TABLE t (id integer)"));
    TestRole role = testDatabase.role("SELECT, INSERT ON t");
    session.execute(Sql.of("ALTER ROLE {} SET default_transaction_read_only = on", role.name()));
    try (Session theirs = Database.of(JdbcUrl.parse(role.url())).openForWriting(SHORT)) {
      DatabaseException refused =
          catchThrowableOfType(
              DatabaseException.class, () -> theirs.execute(Sql.of("INSERT INTO t VALUES (1)")));
      assertThat(refused.kind()).isEqualTo(FailureKind.READ_ONLY);
      assertThat(refused.code()).isEqualTo(ErrorCode.DENIED);
      assertThat(refused.what()).contains("only allows reading");
      assertThat(refused.next()).contains("replica", "default_transaction_read_only");
    }
  }

  @Test
  void a_missing_privilege_is_a_matter_of_permission() {
    session.execute(Sql.of("CREATE TABLE t (id integer)"));
    TestRole role = testDatabase.role();
    try (Session theirs = Database.of(JdbcUrl.parse(role.url())).openForReading(SHORT)) {
      assertThat(failure(() -> theirs.execute(Sql.of("SELECT * FROM t"))))
          .isEqualTo(FailureKind.PERMISSION);
    }
  }

  @Test
  void rows_hidden_by_row_level_security_are_refused_rather_than_missed() {
    session.execute(Sql.of("CREATE TABLE t (id integer)"));
    session.execute(Sql.of("ALTER TABLE t ENABLE ROW LEVEL SECURITY"));
    TestRole role = testDatabase.role("SELECT ON t");
    try (Session theirs = Database.of(JdbcUrl.parse(role.url())).openForReading(SHORT)) {
      DatabaseException refused =
          catchThrowableOfType(
              DatabaseException.class, () -> theirs.execute(Sql.of("SELECT * FROM t")));
      assertThat(refused.kind()).isEqualTo(FailureKind.PERMISSION);
      assertThat(refused.next()).contains("BYPASSRLS");
    }
  }

  @Test
  void a_host_that_does_not_answer_is_a_matter_of_the_connection() {
    JdbcUrl url = JdbcUrl.parse("jdbc:postgresql://me:s3cret@127.0.0.1:1/nowhere");
    DatabaseException refused =
        catchThrowableOfType(DatabaseException.class, () -> Database.of(url).openForReading(SHORT));
    assertThat(refused.kind()).isEqualTo(FailureKind.CONNECTION);
    assertThat(refused.what()).contains("127.0.0.1:1/nowhere").doesNotContain("s3cret");
  }

  @Test
  void a_database_that_is_not_there_is_the_projects_fault() {
    JdbcUrl url = JdbcUrl.parse(testDatabase.url().replace(testDatabase.name(), "not_there"));
    DatabaseException refused =
        catchThrowableOfType(DatabaseException.class, () -> Database.of(url).openForReading(SHORT));
    assertThat(refused.kind()).isEqualTo(FailureKind.DEFINITION);
    assertThat(refused.what()).contains("The URL of", "not_there");
    assertThat(refused.next()).contains("Mend the URL").doesNotContain("SQL");
  }

  @Test
  void a_connection_that_the_server_ended_is_a_matter_of_the_connection() {
    try (Session other = database.openForWriting(SHORT)) {
      String pid = other.one(Sql.of("SELECT pg_backend_pid()"), row -> row.required(1));
      session.execute(Sql.of("SELECT pg_terminate_backend({})", pid));
      assertThat(failure(() -> other.execute(Sql.of("SELECT 1"))))
          .isEqualTo(FailureKind.CONNECTION);
    }
  }

  @Test
  void question_marks_of_the_user_are_operators() {
    assertThat(
            rows(
                Sql.of(
                    "SELECT {}, {}",
                    Sql.user(fragment("'{\"a\": 1}'::jsonb ? 'a' AND '?' = '?' -- really?")),
                    Sql.value("bound"))))
        .containsExactly(row("t", "bound"));
  }

  // --- SQL, verbatim --------------------------------------------------------------------------

  private static final ImageTable IMAGES =
      new ImageTable("plumb.image_1_1", 5, List.of("id"), List.of("integer"), List.of("n"));

  @Test
  void an_update_from_the_violations_is_one_statement() {
    assertThat(
            dialect()
                .updateFrom(
                    "\"s\".\"t\"", Sql.of("SELECT …"), Sql.of("id > 0"), List.of("n"), IMAGES))
        .hasToString(
            """
            [WITH plumb_violation AS MATERIALIZED (
              SELECT …),
            plumb_kept AS (
              INSERT INTO plumb.image_1_1 (batch, k1, b1, a1)
              SELECT 5, "id", "n", "right_n" FROM plumb_violation),
            plumb_after AS (
              UPDATE "s"."t" SET "n" = v."right_n"
              FROM (SELECT plumb_table, plumb_row, plumb_version, "right_n" FROM plumb_violation) AS v
              WHERE "s"."t".ctid = v.plumb_row AND "s"."t".tableoid = v.plumb_table AND "s"."t".xmin = v.plumb_version AND (id > 0)
              RETURNING 1)
            SELECT (SELECT count(*) FROM plumb_violation), (SELECT count(*) FROM plumb_after)]""");
  }

  @Test
  void a_delete_is_one_statement() {
    assertThat(dialect().deleteRows("\"s\".\"t\"", Sql.of("id = 3"), IMAGES))
        .hasToString(
            """
            [WITH plumb_gone AS (
              DELETE FROM "s"."t" WHERE id = 3 RETURNING *),
            plumb_kept AS (
              INSERT INTO plumb.image_1_1 (batch, k1, b1)
              SELECT 5, "id", "n" FROM plumb_gone
              RETURNING 1)
            SELECT (SELECT count(*) FROM plumb_gone), (SELECT count(*) FROM plumb_kept)]""");
  }

  @Test
  void composite_keys_are_looked_up_as_arrays() {
    Sql in =
        dialect()
            .keyIn(
                List.of(Sql.of("a"), Sql.of("b")),
                List.of("bigint", "numeric(5,2)"),
                List.of(new Key(List.of("1", "2.50")), new Key(List.of("3", "\"\\"))));
    assertThat(in)
        .hasToString(
            "(a, b) IN (SELECT CAST(plumb_keys.k1 AS bigint), CAST(plumb_keys.k2 AS numeric(5,2))"
                + " FROM unnest(CAST(CAST($1 AS text) AS text[]), CAST(CAST($2 AS text) AS"
                + " text[])) AS plumb_keys (k1, k2))");
    assertThat(in.values()).containsExactly("{\"1\",\"3\"}", "{\"2.50\",\"\\\"\\\\\"}");
  }

  private static final ImageTable SHARED =
      new ImageTable(
          "plumb.image_rows",
          Optional.of(new ImageTable.Part(7, 2)),
          5,
          List.of("id"),
          List.of("integer"),
          List.of("n", "m"));

  @Test
  void the_shared_table_keeps_text() {
    assertThat(dialect().deleteRows("\"s\".\"t\"", Sql.of("id = 3"), SHARED).getFirst().toString())
        .contains(
            """
              INSERT INTO plumb.image_rows (run, step, batch, k, b, a)
              SELECT 7, 2, 5, ARRAY[CASE WHEN "id" IS DISTINCT FROM NULL THEN concat("id") END],\
             ARRAY[CASE WHEN "n" IS DISTINCT FROM NULL THEN concat("n") END, CASE WHEN "m" IS\
             DISTINCT FROM NULL THEN concat("m") END], NULL FROM plumb_gone
            """);
  }

  @Test
  void the_shared_table_gives_typed_columns_back() {
    assertThat(dialect().readImages(SHARED, List.of("date", "text")))
        .hasToString(
            "(SELECT batch, CAST(k[1] AS integer) AS k1, CAST(b[1] AS date) AS b1, CAST(b[2] AS"
                + " text) AS b2, CAST(a[1] AS date) AS a1, CAST(a[2] AS text) AS a2 FROM"
                + " plumb.image_rows WHERE run = 7 AND step = 2)");
    assertThat(dialect().readImages(IMAGES, List.of("date"))).hasToString("plumb.image_1_1");
  }
}
