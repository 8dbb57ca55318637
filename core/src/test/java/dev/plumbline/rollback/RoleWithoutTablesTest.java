package dev.plumbline.rollback;

import static dev.plumbline.rollback.Repaired.SILENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Settings;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.repair.Cases;
import dev.plumbline.repair.Repair;
import dev.plumbline.repair.RepairOptions;
import dev.plumbline.repair.RepairPlan;
import dev.plumbline.testkit.PostgresVersion;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.TestRole;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs of roles that may write the journal, but make no tables in it. */
class RoleWithoutTablesTest {
  private static final String NOTE =
      "Before-images go to plumb.image_rows as text: this role may not make tables in schema"
          + " plumb.";

  /** A type and three of its values. */
  private record Typed(String type, String one, String two, String three) {
    String literal(int row) {
      String text =
          switch (row % 4) {
            case 0 -> one;
            case 1 -> two;
            case 2 -> three;
            default -> null;
          };
      return "CAST(" + (text == null ? "NULL" : "$v$" + text + "$v$") + " AS " + type + ")";
    }
  }

  private static final List<Typed> TYPES =
      List.of(
          new Typed("bigint", "-9223372036854775808", "0", "9223372036854775807"),
          new Typed("numeric", "1.500", "-0.00000000000000000001", "NaN"),
          new Typed("numeric(12,3)", "1.5", "0", "-7.125"),
          new Typed("real", "0.1", "-Infinity", "1.17549435e-38"),
          new Typed("double precision", "0.30000000000000004", "NaN", "2.2250738585072014e-308"),
          new Typed("boolean", "true", "false", "true"),
          new Typed("text", "", "back\\slash \"quoted\",\n{NULL}", "größe ✓ 🙂 "),
          new Typed("character varying(10)", "it's", "NULL", " x "),
          new Typed("character(5)", "ab", "", "abcde"),
          new Typed("bpchar", "ab  ", "  ", "x"),
          new Typed("\"char\"", "x", "y", "\""),
          new Typed("bytea", "\\x", "\\x00ff5c22", "\\x27"),
          new Typed("json", "{\"b\":1,  \"a\":[2, null]}", "null", "[1.50]"),
          new Typed("jsonb", "{\"b\":1,  \"a\":[2, null]}", "null", "[1.50]"),
          new Typed("text[]", "{\"a,b\",NULL,\"NULL\",\"\\\\\"}", "[0:1]={x,y}", "{}"),
          new Typed("integer[]", "{{1,2},{3,NULL}}", "{}", "{7}"),
          new Typed(
              "timestamp with time zone",
              "2024-03-31 02:30:00.000001+02",
              "infinity",
              "0044-03-15 12:00:00+00 BC"),
          new Typed(
              "timestamp(3) without time zone",
              "2024-02-29 12:00:00.123",
              "-infinity",
              "1999-12-31 23:59:59.999"),
          new Typed("date", "0044-03-15 BC", "2024-02-29", "infinity"),
          new Typed("time with time zone", "23:59:59.999999+05:30", "24:00:00+00", "00:00-08"),
          new Typed("interval", "1 mon -2 days 03:04:05.6", "-1 day", "0"),
          new Typed(
              "uuid",
              "00000000-0000-0000-0000-000000000001",
              "ffffffff-ffff-4fff-8fff-ffffffffffff",
              "77777777-7777-4777-8777-777777777777"),
          new Typed("inet", "10.0.0.0/8", "::1", "1.2.3.4"),
          new Typed("int4range", "[1,5)", "empty", "(,)"),
          new Typed("int4multirange", "{[1,3),[5,7)}", "{}", "{(,)}"),
          new Typed("point", "(0.1,0.30000000000000004)", "(0,0)", "(-1e300,Infinity)"),
          new Typed("bit varying(6)", "101", "", "000001"),
          new Typed("tsvector", "'it''s':1A,3 b:2", "", "'a b'"),
          new Typed("mood", "so \"so\"", "fine", "it's"),
          new Typed("pair", "(,)", "(1,\"a \"\"b\"\",\")", "(,\"\")"),
          new Typed("pair[]", "{\"(1,a)\",NULL}", "{}", "{\"(,)\"}"),
          new Typed("positive", "1", "2", "3"));

  private static String each(String format, String separator) {
    return IntStream.range(0, TYPES.size())
        .mapToObj(i -> format.replace("#", String.valueOf(i)))
        .collect(Collectors.joining(separator));
  }

  /** In the order of the key's collation they go with the numbers, in that of bytes they do not. */
  private static String code(int id) {
    return (char) ((id % 2 == 0 ? 'A' : 'a') + id) + ",\"'";
  }

  private static String row(int id, int values) {
    return "SELECT "
        + id
        + ", $v$"
        + code(id)
        + "$v$, "
        + TYPES.stream().map(t -> t.literal(values)).collect(Collectors.joining(", "));
  }

  /**
   * A table of every type with rows 1 to 8, another one that says what should be there instead, and
   * the journal, made by the database's owner.
   */
  private static TestDatabase database(PostgresVersion version) {
    TestDatabase database = TestDatabase.postgres(version);
    String columns =
        IntStream.range(0, TYPES.size())
            .mapToObj(i -> "c" + i + " " + TYPES.get(i).type())
            .collect(Collectors.joining(", "));
    database.execute(
        "CREATE TYPE mood AS ENUM ('so \"so\"', 'fine', 'it''s')",
        "CREATE TYPE pair AS (n integer, t text)",
        "CREATE DOMAIN positive AS integer CHECK (VALUE > 0)",
        "CREATE TABLE t (id integer, code text COLLATE \"de-x-icu\", "
            + columns
            + ", PRIMARY KEY (code, id))",
        "CREATE TABLE other (id integer, code text, " + columns + ", PRIMARY KEY (id, code))");
    for (int id = 1; id <= 8; id++) {
      database.execute("INSERT INTO t " + row(id, id), "INSERT INTO other " + row(id, id + 1));
    }
    database.execute(Journal.ddl(new PostgresDialect()).toArray(String[]::new));
    return database;
  }

  private static TestRole roleWithoutTables(TestDatabase database) {
    return database.role(
        "USAGE ON SCHEMA plumb",
        "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA plumb",
        "SELECT, INSERT, UPDATE, DELETE ON t",
        "SELECT ON other");
  }

  private static Database as(TestRole role) {
    return Database.of(JdbcUrl.parse(role.url()));
  }

  private static RepairPlan plan(Database database, Invariant invariant) {
    return new Repair(database, Settings.standard())
        .plan(invariant, new RepairOptions(Scope.whole(), OptionalInt.of(3), 1));
  }

  private static RunReport repaired(Database database, Invariant invariant) {
    RunReport report =
        new Repair(database, Settings.standard()).run(plan(database, invariant), SILENT);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    return report;
  }

  private static RollbackPlan planned(Database database, RunReport run) {
    return new Rollback(database, Settings.standard())
        .plan(run.run().id(), RollbackOptions.whole());
  }

  private static RunReport rolledBack(Database database, RunReport run) {
    RunReport report =
        new Rollback(database, Settings.standard()).run(planned(database, run), SILENT);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    return report;
  }

  /** There, back, and there again; each time byte for byte. */
  private static void goesAndReturns(PostgresVersion version, String yaml, int rows) {
    try (TestDatabase database = database(version)) {
      Database role = as(roleWithoutTables(database));
      String before = database.fingerprint("t", "id");
      assertThat(plan(role, Cases.invariant(yaml)).notes()).contains(NOTE);

      RunReport repair = repaired(role, Cases.invariant(yaml));
      assertThat(repair.changes().getFirst().rows()).isEqualTo(rows);
      String after = database.fingerprint("t", "id");
      assertThat(after).isNotEqualTo(before);

      assertThat(planned(role, repair).notes()).contains(NOTE);
      RunReport back = rolledBack(role, repair);
      assertThat(back.changes().getFirst().rows()).isEqualTo(rows);
      assertThat(database.fingerprint("t", "id")).isEqualTo(before);

      rolledBack(role, back);
      assertThat(database.fingerprint("t", "id")).isEqualTo(after);
      assertThat(database.queryValue("SELECT count(*) FROM plumb.image_rows"))
          .isEqualTo(String.valueOf(3 * rows));
      assertThat(database.queryValue(TYPED_TABLES)).isEqualTo("0");
    }
  }

  private static final String TYPED_TABLES =
      "SELECT count(*) FROM pg_tables WHERE schemaname = 'plumb' AND tablename ~ '^image_[0-9]'";

  private static final String DERIVE =
      "table: t\nderive:\n"
          + each("  c#: (SELECT o.c# FROM other AS o WHERE o.id = t.id)", "\n")
          + "\n";

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void derived_columns_go_and_return(PostgresVersion version) {
    goesAndReturns(version, DERIVE, 8);
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void updated_rows_go_and_return(PostgresVersion version) {
    goesAndReturns(
        version,
        """
        none: |
          SELECT t.id, t.code FROM t JOIN other AS o ON o.id = t.id
          WHERE t.c0 IS DISTINCT FROM o.c0
        key: [id, code]
        repair:
          - update: t
            set:
        """
            + each("      c#: {sql: (SELECT o.c# FROM other AS o WHERE o.id = t.id)}", "\n")
            + "\n    where: id IN (SELECT id FROM violation)\n",
        8);
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void inserted_rows_go_and_return(PostgresVersion version) {
    goesAndReturns(
        version,
        """
        none: SELECT id, code FROM other WHERE NOT EXISTS (SELECT 1 FROM t WHERE t.id = other.id + 100)
        key: [id, code]
        repair:
          - insert into: t
            columns: [id, code, %s]
            select: SELECT o.id + 100, o.code, %s FROM violation JOIN other AS o USING (id)
        """
            .formatted(each("c#", ", "), each("o.c#", ", ")),
        8);
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void deleted_rows_go_and_return(PostgresVersion version) {
    goesAndReturns(
        version,
        """
        none: SELECT id, code FROM t WHERE id > 2
        key: [id, code]
        repair:
          - delete from: t
            where: id IN (SELECT id FROM violation)
        """,
        6);
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void a_row_changed_since_is_kept_and_one_key_can_go_alone(PostgresVersion version) {
    try (TestDatabase database = database(version)) {
      Database role = as(roleWithoutTables(database));
      RunReport repair = repaired(role, Cases.invariant(DERIVE));
      database.execute("UPDATE t SET c9 = 'mine' WHERE id = 5");
      Rollback rollback = new Rollback(role, Settings.standard());
      long run = repair.run().id();

      RollbackPlan one =
          rollback.plan(run, RollbackOptions.of(List.of(new Key(List.of(code(2), "2")))));
      assertThat(rollback.run(one, SILENT).run().changed()).isEqualTo(1);
      RunReport rest = rollback.run(planned(role, repair), SILENT);

      assertThat(rest.exitCode()).isEqualTo(ExitCode.WARNING);
      assertThat(rest.setAside())
          .extracting(s -> s.message())
          .containsExactly("t: changed since: c9");
      assertThat(database.queryValue("SELECT c9 FROM t WHERE id = 5")).isEqualTo("mine");
    }
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void takes_back_what_another_role_kept_in_tables_of_its_own(PostgresVersion version) {
    try (TestDatabase database = database(version)) {
      String before = database.fingerprint("t", "id");
      TestRole owner = roleWithoutTables(database).grant("CREATE ON SCHEMA plumb");
      RunReport repair = repaired(as(owner), Cases.invariant(DERIVE));
      assertThat(database.queryValue(TYPED_TABLES)).isEqualTo("1");

      rolledBack(as(roleWithoutTables(database)), repair);

      assertThat(database.fingerprint("t", "id")).isEqualTo(before);
      assertThat(database.queryValue("SELECT count(*) FROM plumb.image_rows")).isEqualTo("8");
    }
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void a_row_that_cannot_go_back_stands_alone(PostgresVersion version) {
    try (TestDatabase database = database(version)) {
      Database role = as(roleWithoutTables(database));
      RunReport repair = repaired(role, Cases.invariant(DERIVE));
      database.execute(
          "ALTER TABLE t ADD CONSTRAINT no_way_back CHECK (id <> 4 OR c6 <> '') NOT VALID");

      RunReport back = new Rollback(role, Settings.standard()).run(planned(role, repair), SILENT);

      assertThat(back.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(back.run().changed()).isEqualTo(7);
      assertThat(back.setAside())
          .extracting(s -> s.key())
          .containsExactly(new Key(List.of(code(4), "4")));
    }
  }
}
