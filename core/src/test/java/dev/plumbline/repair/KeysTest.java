package dev.plumbline.repair;

import static dev.plumbline.repair.Repairs.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are found again by keys of every type and name. */
class KeysTest {

  /** A type of key, and keys of it in no order. */
  enum KeyType {
    BIGINT("bigint", "9223372036854775807", "-9223372036854775808", "0", "17", "-1"),
    UUID(
        "uuid",
        "gen_random_uuid()",
        "gen_random_uuid()",
        "gen_random_uuid()",
        "'00000000-0000-0000-0000-000000000000'",
        "'ffffffff-ffff-ffff-ffff-ffffffffffff'"),
    TEXT(
        "text",
        "''",
        "' '",
        "'it''s \"quoted\"'",
        "'back\\slash'",
        "'{a,b}'",
        "'NULL'",
        "'[\"json\"]'",
        "E'tab\\tline\\nfeed\\r\\x01'",
        "'Zürich'",
        "'ZURICH'",
        "'東京'",
        "'😀'",
        "'?'",
        "'$1'",
        "repeat('x', 500)"),
    VARCHAR("varchar(10)", "'a'", "'a '", "'A'", "'ä'", "''"),
    CHAR("char(5)", "'a'", "'abc'", "'A'", "''"),
    NUMERIC(
        "numeric", "1.50", "-3", "123456789012345678901234567890.5", "0", "'NaN'", "'Infinity'"),
    SCALED("numeric(10,2)", "1.50", "-3", "0.01", "0"),
    DOUBLE(
        "double precision",
        "0.1",
        "1e300",
        "-1e-300",
        "'Infinity'",
        "'NaN'",
        "0.30000000000000004"),
    DATE("date", "'2024-02-29'", "'0044-03-15 BC'", "'infinity'", "'-infinity'", "'9999-12-31'"),
    TIMESTAMP(
        "timestamp",
        "'2024-02-29 12:00:00.123456'",
        "'2024-02-29 12:00:00.123457'",
        "'1900-01-01'",
        "'infinity'"),
    TIMESTAMPTZ(
        "timestamptz",
        "'2024-10-27 02:30:00+02'",
        "'2024-10-27 02:30:00+01'",
        "'2024-02-29 12:00:00.123456Z'",
        "'1890-01-01 00:00Z'",
        "'-infinity'"),
    TIME("time", "'00:00'", "'24:00'", "'12:00:00.000001'"),
    INTERVAL("interval", "'1 month'", "'-3 days 04:00'", "'1 year 2 mons'", "'0'"),
    BOOLEAN("boolean", "true", "false"),
    BYTEA("bytea", "'\\x00ff'", "'\\x'", "'\\x5c'"),
    INET("inet", "'10.0.0.1/8'", "'::1'", "'10.0.0.1'"),
    ENUM("mood", "'sad'", "'ok'", "'so \"so\"'"),
    DOMAIN("positive", "1", "2", "30"),
    ARRAY("integer[]", "'{}'", "'{1,2}'", "'{1,NULL}'", "'{{1},{2}}'"),
    JSONB("jsonb", "'{\"b\": 1, \"a\": [2]}'", "'1.50'", "'\"x\"'", "'null'"),
    LOOSE("text COLLATE loose", "'a'", "'B'", "'Ç'", "''"),
    ICU("text COLLATE \"de-x-icu\"", "'a'", "'A'", "'ä'", "'b'", "'ß'", "'ss'");

    private final String type;
    private final List<String> keys;

    KeyType(String type, String... keys) {
      this.type = type;
      this.keys = List.of(keys);
    }

    void create(TestDatabase database) {
      String bare = type.replaceAll(" COLLATE.*", "");
      List<String> rows = new ArrayList<>();
      for (String key : keys) {
        rows.add("(CAST(" + key + " AS " + bare + "), 0, " + rows.size() + ")");
      }
      database.execute(
          "CREATE TYPE mood AS ENUM ('sad', 'ok', 'so \"so\"')",
          "CREATE DOMAIN positive AS integer CHECK (VALUE > 0)",
          "CREATE COLLATION loose"
              + " (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
          "CREATE TABLE things (id " + type + " PRIMARY KEY, marked integer, n integer)",
          "INSERT INTO things VALUES " + String.join(", ", rows));
    }
  }

  private static final String MARKED =
      """
      says: Everything is marked.
      table: things
      derive: {marked: n + 1}
      """;

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  /** Scanned in ranges of two keys. */
  @ParameterizedTest
  @EnumSource
  void ranges_of_keys_of_any_type(KeyType type) {
    type.create(database);
    RepairOptions two = Repairs.batches(2, 1);
    assertThat(Repairs.plan(database, MARKED, two).strategy()).isEqualTo(Strategy.SCAN);
    repaired(Repairs.run(database, MARKED, two), type.keys.size());
  }

  /**
   * Listed, since there is a limit. The last row is refused, set aside by its key, found by the
   * verification, and tried again.
   */
  @ParameterizedTest
  @EnumSource
  void keys_of_any_type_are_set_aside_and_found_again(KeyType type) {
    type.create(database);
    int rows = type.keys.size();
    database.execute(
        "ALTER TABLE things ADD CONSTRAINT no CHECK (marked < " + rows + ") NOT VALID");
    RepairOptions listed =
        new RepairOptions(
            new Scope(Optional.empty(), List.of(), OptionalLong.of(1_000)), OptionalInt.of(2), 1);
    assertThat(Repairs.plan(database, MARKED, listed).strategy()).isEqualTo(Strategy.WORKLIST);
    RunReport failed = Repairs.run(database, MARKED, listed);
    assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(failed.quarantined()).isEqualTo(1);
    assertThat(failed.run().remaining()).hasValue(1);
    assertThat(failed.run().pass()).as("what was set aside is not taken for new").isZero();
    database.execute("ALTER TABLE things DROP CONSTRAINT no");
    repaired(
        Repairs.resume(database, failed.run().id(), Cases.invariant(MARKED)), type.keys.size());
  }

  private void repaired(RunReport report, int rows) {
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(rows);
    assertThat(report.run().remaining()).hasValue(0);
    assertThat(count(database, "things WHERE marked = n + 1")).isEqualTo(rows);
    assertThat(count(database, "plumb.image_" + report.run().id() + "_1")).isEqualTo(rows);
  }

  @Test
  void a_key_of_several_columns_is_gone_over_row_by_row_in_its_order() {
    database.execute(
        "CREATE TABLE things (a integer, b text, c date, marked integer, n integer,"
            + " PRIMARY KEY (c, a, b))",
        """
        INSERT INTO things SELECT i % 3, 'b' || i % 5, date '2024-01-01' + i % 7, 0, i
        FROM generate_series(0, 104) AS i""");
    RunReport report = Repairs.run(database, MARKED, Repairs.batches(4, 2));
    repaired(report, 105);
    assertThat(database.query("SELECT DISTINCT key_columns FROM plumb.images"))
        .containsExactly(List.of("[\"c\",\"a\",\"b\"]"));
  }

  @Test
  void a_unique_key_without_nulls_stands_in_for_a_primary_key() {
    database.execute(
        "CREATE TABLE things (a integer UNIQUE, b integer NOT NULL UNIQUE, marked integer, n integer)",
        "INSERT INTO things SELECT NULL, i, 0, i FROM generate_series(1, 20) AS i");
    repaired(Repairs.run(database, MARKED, Repairs.batches(3, 1)), 20);
    assertThat(database.queryValue("SELECT key_columns FROM plumb.images")).isEqualTo("[\"b\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE things (marked integer, n integer)",
        "CREATE TABLE things (a integer UNIQUE, marked integer, n integer)",
        "CREATE TABLE things (a integer NOT NULL UNIQUE DEFERRABLE, marked integer, n integer)"
      })
  void a_table_without_a_usable_key_is_refused_with_the_reason(String table) {
    database.execute(table, "INSERT INTO things (marked, n) SELECT 0, 1 WHERE false");
    assertThatThrownBy(() -> Repairs.plan(database, MARKED))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROJECT))
        .hasMessageContaining("Table things has no primary key and no unique key without NULLs");
  }

  @Test
  void an_empty_table_is_repaired_at_once() {
    database.execute("CREATE TABLE things (id integer PRIMARY KEY, marked integer, n integer)");
    RunReport report = Repairs.run(database, MARKED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isZero();
  }

  /** The journal's text of a key is compared with the database's of the same key. */
  @Test
  void a_run_that_goes_on_in_another_time_zone_finds_its_keys() {
    KeyType.TIMESTAMPTZ.create(database);
    database.execute("ALTER TABLE things ADD CONSTRAINT no CHECK (marked <> 1) NOT VALID");
    Scope limited = new Scope(Optional.empty(), List.of(), OptionalLong.of(1_000));
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
      long run = Repairs.run(database, MARKED, Repairs.options(limited)).run().id();
      TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
      RunReport again = Repairs.resume(database, run, Cases.invariant(MARKED));
      assertThat(again.exitCode()).as("the bad row is still there").isEqualTo(ExitCode.FAILED);
      assertThat(again.run().remaining()).hasValue(1);
      assertThat(again.run().pass()).isZero();
    } finally {
      TimeZone.setDefault(before);
    }
  }

  // --- names ----------------------------------------------------------------------------------

  private static final String LONG =
      "a_name_of_just_sixty-three_bytes_with_a_quote_(\")_and_a_ümlaut";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "order",
        "Mixed Case",
        "with.dot",
        "quo\"te",
        "sp ace",
        "SELECT",
        "ümlaut",
        LONG
      })
  void tables_and_columns_of_any_name(String name) {
    assertThat(LONG.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hasSize(63);
    String quoted = '"' + name.replace("\"", "\"\"") + '"';
    String key = '"' + name.replace("\"", "\"\"").substring(0, name.length() - 1) + "k\"";
    database.execute(
        "CREATE TABLE " + quoted + " (" + key + " integer PRIMARY KEY, " + quoted + " integer)",
        "INSERT INTO " + quoted + " SELECT i, 0 FROM generate_series(1, 10) AS i",
        "CREATE TABLE \"source of all\" (id integer)",
        "INSERT INTO \"source of all\" SELECT generate_series(1, 10)");
    String yaml = "'" + quoted.replace("'", "''") + "'";
    RunReport derived =
        Repairs.run(
            database,
            "says: A strange name.\ntable: %s\nderive: {%s: '%s * 2'}\n"
                .formatted(yaml, yaml, key.replace("'", "''")),
            Repairs.batches(3, 1));
    assertThat(derived.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(count(database, quoted + " WHERE " + quoted + " = " + key + " * 2")).isEqualTo(10);
    database.execute("DELETE FROM " + quoted + " WHERE " + key + " > 5");
    RunReport every =
        Repairs.run(
            database,
            """
            says: A strange name.
            every: SELECT id AS %s FROM "source of all"
            has: %s
            match: ['%s']
            insert: {%s: 7}
            """
                .formatted(key, yaml, key.replace("'", "''"), yaml));
    assertThat(every.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(every.run().changed()).isEqualTo(5);
  }
}
