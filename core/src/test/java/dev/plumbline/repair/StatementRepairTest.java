package dev.plumbline.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.dialect.Key;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.ProjectException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Settings;
import dev.plumbline.journal.SetAside;
import dev.plumbline.rollback.Rollback;
import dev.plumbline.rollback.RollbackOptions;
import dev.plumbline.rollback.RollbackPlan;
import dev.plumbline.run.Listener;
import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.Until;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code exist} with statements of every form, on PostgreSQL. */
class StatementRepairTest {
  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void makes_tables() {
    database.execute(
        "CREATE TABLE parent (id int PRIMARY KEY)",
        "INSERT INTO parent VALUES (1), (2)",
        "CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(5) DEFAULT 'x', parent int)",
        "INSERT INTO t SELECT i, i, 'b' || i, 1 + i % 2 FROM generate_series(1, 9) i");
  }

  private Rollback rollback() {
    return new Rollback(Cases.database(database), Settings.standard());
  }

  private RunReport rolledBack(long run) {
    return rollback().run(rollback().plan(run, RollbackOptions.whole()), new Listener() {});
  }

  private static String exist(String... statements) {
    StringBuilder yaml = new StringBuilder("exist:\n");
    for (String statement : statements) {
      yaml.append("  - |-\n    ").append(statement.replace("\n", "\n    ")).append('\n');
    }
    return yaml.toString();
  }

  /** What pg_dump would see of the test's own schemas. */
  private String schema() {
    return database
        .query(
            """
            SELECT concat_ws(' ', 'column', attrelid::regclass, attname,
                             format_type(atttypid, atttypmod), attnotnull,
                             pg_get_expr(adbin, adrelid), col_description(attrelid, attnum)) AS part
            FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
            LEFT JOIN pg_attrdef d ON adrelid = attrelid AND adnum = attnum
            WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
            UNION ALL
            SELECT concat_ws(' ', 'relation', relname, relkind, relrowsecurity,
                             relforcerowsecurity, obj_description(oid, 'pg_class'))
            FROM pg_class WHERE relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT concat_ws(' ', 'constraint', conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL
            SELECT concat_ws(' ', 'trigger', tgname, tgenabled, pg_get_triggerdef(oid))
            FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL
            SELECT concat_ws(' ', 'function', pg_get_functiondef(oid))
            FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            UNION ALL
            SELECT concat_ws(' ', 'view', relname, pg_get_viewdef(oid))
            FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
            UNION ALL
            SELECT concat_ws(' ', 'type', typname,
                             (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder)
                              FROM pg_enum WHERE enumtypid = t.oid))
            FROM pg_type t WHERE typnamespace = 'public'::regnamespace
            UNION ALL
            SELECT concat_ws(' ', 'policy', polname) FROM pg_policy
            UNION ALL
            SELECT concat_ws(' ', 'schema', nspname) FROM pg_namespace
            WHERE nspname <> 'plumb' AND nspname NOT LIKE 'pg\\_%'
            ORDER BY 1""")
        .toString();
  }

  private static Map<String, String> aside(RunReport report) {
    Map<String, String> reasons = new TreeMap<>();
    for (SetAside aside : report.setAside()) {
      reasons.put(aside.key().toString(), aside.reason().word() + " " + aside.message());
    }
    return reasons;
  }

  @Test
  void everything_that_is_missing_is_made_and_taken_away_again() {
    String before = schema();
    String yaml =
        exist(
            "CREATE SCHEMA audit_log",
            "CREATE TYPE mood AS ENUM ('sad', 'happy')",
            "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
            "CREATE SEQUENCE numbers START 7",
            "CREATE TABLE \"Odd \"\"Table\" (id int PRIMARY KEY, \"of\" mood NOT NULL, n positive)",
            "CREATE INDEX odd_n ON \"Odd \"\"Table\" (n)",
            "ALTER TABLE \"Odd \"\"Table\" ADD COLUMN note text DEFAULT 'none'",
            "ALTER TABLE t ADD COLUMN total int DEFAULT 5 NOT NULL",
            "ALTER TABLE t ADD CONSTRAINT t_parent FOREIGN KEY (parent) REFERENCES parent (id)",
            "ALTER TABLE t ADD UNIQUE (a)",
            "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
            "CREATE TRIGGER t_touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch()",
            "CREATE VIEW sums AS SELECT parent, sum(a) AS total FROM t GROUP BY parent",
            "CREATE MATERIALIZED VIEW kept AS SELECT count(*) AS n FROM t",
            "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
            "CREATE POLICY own ON t FOR SELECT USING (a > 0)",
            "COMMENT ON COLUMN t.a IS 'it''s a'",
            "COMMENT ON TABLE t IS 'tee'",
            "ALTER TABLE t ALTER COLUMN parent SET NOT NULL",
            "ALTER TABLE t ALTER COLUMN b TYPE text",
            "ALTER TABLE t ALTER COLUMN a SET DEFAULT 1 + 1");

    RepairPlan plan = Repairs.plan(database, yaml);
    assertThat(plan.violations()).isEqualTo(21);
    assertThat(plan.hopeless()).isZero();
    assertThat(schema()).isEqualTo(before);

    RunReport report = Repairs.run(database, yaml);
    assertThat(aside(report)).isEmpty();
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(21);
    String after = schema();
    assertThat(Repairs.plan(database, yaml).steps()).isEmpty();

    RollbackPlan back = rollback().plan(report.run().id(), RollbackOptions.whole());
    assertThat(back.samples()).extracting(s -> s.why()).isEmpty();
    assertThat(back.restored()).isEqualTo(21);
    RunReport taken = rollback().run(back, new Listener() {});
    assertThat(aside(taken)).isEmpty();
    assertThat(taken.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(schema()).isEqualTo(before);

    RunReport again = rolledBack(taken.run().id());
    assertThat(aside(again)).isEmpty();
    assertThat(schema()).isEqualTo(after);
  }

  @Test
  void a_function_with_the_old_body_is_replaced_and_the_old_one_brought_back() {
    database.execute(
        "CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n + n + 1'",
        "CREATE FUNCTION twice(n text) RETURNS text LANGUAGE sql AS 'SELECT n || n'",
        "CREATE VIEW v AS SELECT id FROM t");
    String before = schema();
    String yaml =
        exist(
            "CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT 2 * n'",
            "CREATE OR REPLACE VIEW v AS SELECT id, a AS amount FROM t");
    assertThat(Repairs.plan(database, yaml).notes())
        .contains("twice as it is now: has another body");

    RunReport report = Repairs.run(database, yaml);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.queryValue("SELECT twice(4)")).isEqualTo("8");

    RunReport back = rolledBack(report.run().id());
    // PostgreSQL takes no column from a view by replacing it.
    assertThat(aside(back).keySet()).containsExactly("v");
    assertThat(database.queryValue("SELECT twice(4)")).isEqualTo("9");
    database.execute("DROP VIEW v", "CREATE VIEW v AS SELECT id FROM t");
    assertThat(schema()).isEqualTo(before);
  }

  @Test
  void what_somebody_else_calls_by_that_name_is_left_alone() {
    database.execute(
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TABLE other (id bigint)",
        "ALTER TABLE t ADD COLUMN c text");
    String before = schema();
    String yaml =
        exist(
            "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'",
            "CREATE TABLE IF NOT EXISTS other (id int)",
            "ALTER TABLE t ADD COLUMN IF NOT EXISTS c int");

    RepairPlan plan = Repairs.plan(database, yaml);
    assertThat(plan.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(plan.notes())
        .containsExactly(
            "f is there, but it is another one; it is left as it is: has another body",
            "other is there, but it is another one; it is left as it is: column id of other is"
                + " bigint, stated integer",
            "t.c is there, but it is another one; it is left as it is: is text, stated integer");
    RunReport report = Repairs.run(database, yaml);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.unrepairable()).isEqualTo(3);
    assertThat(schema()).isEqualTo(before);
  }

  @Test
  void one_that_the_rows_forbid_is_set_aside_with_the_servers_words() {
    database.execute("INSERT INTO t VALUES (10, NULL, NULL, 77)");
    String yaml =
        exist(
            "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
            "ALTER TABLE t ADD CONSTRAINT t_parent FOREIGN KEY (parent) REFERENCES parent (id)",
            "ALTER TABLE t ALTER COLUMN b SET DEFAULT 'y'");

    RunReport report = Repairs.run(database, yaml);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().changed()).isEqualTo(1);
    assertThat(report.setAside())
        .extracting(s -> s.key() + " " + s.sqlState().orElse(""))
        .containsExactlyInAnyOrder("t.a 23502", "t.t_parent 23503");
    assertThat(report.setAside()).extracting(SetAside::message).anyMatch(m -> m.contains("null"));

    database.execute("DELETE FROM t WHERE id = 10");
    RunReport resumed = Repairs.resume(database, report.run().id(), Cases.invariant(yaml));
    assertThat(resumed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(resumed.run().changed()).isEqualTo(3);
    assertThat(rolledBack(report.run().id()).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(Repairs.plan(database, yaml).violations()).isEqualTo(3);
  }

  @Test
  void a_constraint_is_validated_and_a_trigger_enabled_rather_than_made_anew() {
    database.execute(
        "ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID",
        "ALTER TABLE t ADD CONSTRAINT small CHECK (a < 100) NOT VALID",
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "CREATE TRIGGER one BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch()",
        "CREATE TRIGGER two BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch()",
        "ALTER TABLE t DISABLE TRIGGER one",
        "ALTER TABLE t DISABLE TRIGGER two");
    String yaml =
        exist(
            "ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0)",
            "ALTER TABLE t VALIDATE CONSTRAINT small",
            "CREATE TRIGGER one BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch()",
            "ALTER TABLE t ENABLE TRIGGER two");
    RepairPlan plan = Repairs.plan(database, yaml);
    assertThat(plan.before().samples())
        .extracting(v -> v.values().get(1))
        .containsExactly("not validated", "not validated", "disabled", "disabled");
    assertThat(plan.steps())
        .extracting(s -> s.statements().getFirst())
        .containsExactly(
            "ALTER TABLE \"t\" VALIDATE CONSTRAINT \"positive\"",
            "ALTER TABLE t VALIDATE CONSTRAINT small",
            "ALTER TABLE \"t\" ENABLE TRIGGER \"one\"",
            "ALTER TABLE t ENABLE TRIGGER two");

    RunReport report = Repairs.run(database, yaml);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(4);

    RollbackPlan back = rollback().plan(report.run().id(), RollbackOptions.whole());
    assertThat(back.restored()).isEqualTo(2);
    assertThat(back.already()).isEqualTo(2);
    assertThat(rollback().run(back, new Listener() {}).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.queryValue("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'"))
        .isEqualTo("2");
  }

  @Test
  void what_holds_rows_or_values_by_now_is_kept() {
    String yaml =
        exist(
            "CREATE TABLE fresh (id int PRIMARY KEY)",
            "CREATE TABLE empty (id int PRIMARY KEY)",
            "ALTER TABLE t ADD COLUMN c int DEFAULT 3",
            "ALTER TABLE t ADD COLUMN d int",
            "ALTER TABLE t ALTER COLUMN b TYPE text",
            "ALTER TABLE t ALTER COLUMN a TYPE bigint",
            "ALTER TYPE mood ADD VALUE 'glad'");
    database.execute("CREATE TYPE mood AS ENUM ('sad')");
    long run = Repairs.run(database, yaml).run().id();
    database.execute(
        "INSERT INTO fresh VALUES (1)",
        "UPDATE t SET d = 4 WHERE id = 2",
        "UPDATE t SET b = 'five  ' WHERE id = 2");

    RollbackPlan plan = rollback().plan(run, RollbackOptions.whole());
    assertThat(plan.samples())
        .extracting(s -> s.why())
        .containsExactlyInAnyOrder(
            "fresh: it holds rows by now",
            "t.d: it holds values by now",
            "t.b: it holds values that its former type would change by now",
            "mood: a value of an enum cannot be taken away");
    assertThat(plan.restored()).isEqualTo(3);
    RunReport back = rollback().run(plan, new Listener() {});
    assertThat(aside(back).keySet()).containsExactly("fresh", "mood", "t.b", "t.d");
    assertThat(back.exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(database.query("SELECT to_regclass('fresh'), to_regclass('empty')"))
        .containsExactly(Arrays.asList("fresh", null));
    assertThat(database.queryValue("SELECT pg_typeof(a) FROM t LIMIT 1")).isEqualTo("integer");
    assertThat(database.queryValue("SELECT pg_typeof(b) FROM t LIMIT 1")).isEqualTo("text");
  }

  @Test
  void what_somebody_has_changed_since_is_kept() {
    String yaml =
        exist(
            "CREATE TABLE fresh (id int PRIMARY KEY)",
            "ALTER TABLE t ALTER COLUMN b SET DEFAULT 'y'",
            "COMMENT ON TABLE t IS 'tee'");
    long run = Repairs.run(database, yaml).run().id();
    database.execute(
        "ALTER TABLE fresh ADD COLUMN more int",
        "ALTER TABLE t ALTER COLUMN b SET DEFAULT 'z'",
        "COMMENT ON TABLE t IS NULL");

    RollbackPlan plan = rollback().plan(run, RollbackOptions.whole());
    assertThat(plan.conflicts()).isEqualTo(2);
    assertThat(plan.already()).isEqualTo(1);
    assertThat(plan.samples()).allMatch(s -> s.why().endsWith(": changed since"));
    assertThat(plan.exitCode()).isEqualTo(ExitCode.WARNING);
  }

  @Test
  void what_must_not_be_there_is_dropped_and_said_so_loudly() {
    database.execute(
        "CREATE VIEW v AS SELECT id FROM t",
        "CREATE INDEX t_b ON t (b)",
        "CREATE TABLE old (id int)",
        "ALTER TABLE t ADD COLUMN c int DEFAULT 3");
    String before = schema();
    String yaml =
        exist(
            "DROP VIEW v",
            "DROP INDEX CONCURRENTLY t_b",
            "DROP TABLE old",
            "ALTER TABLE t DROP COLUMN c");
    RepairPlan plan = Repairs.plan(database, yaml);
    assertThat(plan.before().samples())
        .extracting(v -> v.values().get(1))
        .containsOnly("still there");
    assertThat(plan.notes())
        .contains(
            "VIEW v IS DROPPED; a rollback makes it again as it is defined now, without its"
                + " privileges.",
            "TABLE old IS DROPPED, with all that it holds: a rollback cannot bring it back.",
            "COLUMN t.c IS DROPPED with all its values: a rollback cannot bring them back.");
    assertThat(schema()).isEqualTo(before);

    RunReport report = Repairs.run(database, yaml);
    assertThat(aside(report)).isEmpty();
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(schema()).doesNotContain("t_b", "relation old", "view v");

    RunReport back = rolledBack(report.run().id());
    assertThat(back.exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(aside(back))
        .isEqualTo(
            Map.of(
                "old", "conflict old: what it held was not kept",
                "t.c", "conflict t.c: what it held was not kept"));
    assertThat(schema()).contains("view v", "t_b");
  }

  @Test
  void an_index_on_a_table_that_the_run_makes_needs_no_table_yet() {
    String yaml =
        exist("CREATE TABLE fresh (id int)", "CREATE INDEX CONCURRENTLY fresh_id ON fresh (id)");
    RunReport report = Repairs.run(database, yaml);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    RollbackPlan plan = rollback().plan(report.run().id(), RollbackOptions.whole());
    assertThat(plan.restored()).isEqualTo(2);
    RunReport back = rollback().run(plan, new Listener() {});
    assertThat(aside(back)).isEmpty();
    assertThat(back.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(schema()).doesNotContain("fresh");
  }

  @Test
  void only_the_objects_asked_for() {
    String yaml =
        exist(
            "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
            "ALTER TABLE t ALTER COLUMN a SET DEFAULT 4",
            "COMMENT ON TABLE t IS 'tee'");
    RunReport report = Repairs.run(database, yaml, Repairs.keys(new Key(List.of("t.a"))));
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(2);
    assertThat(Repairs.plan(database, yaml).violations()).isEqualTo(1);
    RollbackPlan back =
        rollback()
            .plan(report.run().id(), new RollbackOptions(List.of(new Key(List.of("t.a"))), false));
    assertThat(back.restored()).isEqualTo(2);
  }

  @Test
  void a_statement_after_which_nothing_can_be_looked_at_is_an_error_of_the_project() {
    for (String statement :
        List.of(
            "ALTER TABLE t OWNER TO CURRENT_USER",
            "CREATE CAST (int AS t) WITHOUT FUNCTION",
            "CREATE TABEL x (id int)",
            "CREATE TEMPORARY TABLE x (id int)")) {
      assertThatThrownBy(() -> Repairs.plan(database, exist(statement)))
          .as(statement)
          .isInstanceOfSatisfying(
              ProjectException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.PROJECT);
                assertThat(e.problems().getFirst().position().line()).isEqualTo(3);
              });
    }
  }

  @Test
  void a_new_name_is_given_once_and_kept() {
    database.execute("CREATE TABLE old (id int)");
    String yaml =
        exist("ALTER TABLE old RENAME TO fresh", "ALTER TABLE t RENAME COLUMN a TO amount");
    RunReport report = Repairs.run(database, yaml);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(Repairs.plan(database, yaml).steps()).isEmpty();

    RollbackPlan back = rollback().plan(report.run().id(), RollbackOptions.whole());
    assertThat(back.samples())
        .extracting(s -> s.why())
        .containsExactlyInAnyOrder(
            "fresh: it has a new name: rename it by hand",
            "t.amount: it has a new name: rename it by hand");
    assertThat(back.nothingToDo()).isTrue();
  }

  @Test
  void a_run_killed_between_a_statement_and_its_record_has_done_neither() throws Exception {
    String yaml = exist("ALTER TABLE t ALTER COLUMN a SET NOT NULL");
    try (Connection table = database.connect();
        Connection record = database.connect();
        Statement holding = table.createStatement();
        Statement waiting = record.createStatement()) {
      table.setAutoCommit(false);
      record.setAutoCommit(false);
      holding.execute("LOCK TABLE t IN ACCESS SHARE MODE");
      try (JavaProcess process =
          JavaMain.of(ExistProcess.class).arguments(database.url(), yaml).start()) {
        Until.holds("the statement waits", () -> waits("ALTER TABLE%"));
        waiting.execute("SELECT 1 FROM plumb.runs FOR UPDATE");
        table.rollback();
        Until.holds("its record waits", () -> waits("UPDATE %runs%"));
        process.kill9();
      }
      record.rollback();
    }
    assertThat(
            database.queryValue(
                "SELECT attnotnull FROM pg_attribute WHERE attrelid = 't'::regclass"
                    + " AND attname = 'a'"))
        .isEqualTo("f");
    assertThat(Repairs.count(database, "plumb.images")).isZero();

    RunReport report = Repairs.resume(database, 1, Cases.invariant(yaml));
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(1);
    assertThat(rolledBack(1).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(Repairs.plan(database, yaml).violations()).isEqualTo(1);
  }

  @Test
  void a_run_killed_while_it_drops_an_index_beside_others_is_resumed_and_taken_back()
      throws Exception {
    database.execute("CREATE INDEX t_b ON t (b)");
    String yaml = exist("DROP INDEX CONCURRENTLY t_b");
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("UPDATE t SET a = a WHERE id = 1"); // the drop waits for its end
      try (JavaProcess process =
          JavaMain.of(ExistProcess.class).arguments(database.url(), yaml).start()) {
        Until.holds("the drop waits", () -> waits("DROP INDEX CONCURRENTLY%"));
        process.kill9();
      }
      other.rollback();
    }
    RunReport report = Repairs.resume(database, 1, Cases.invariant(yaml));
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(schema()).doesNotContain("t_b");

    assertThat(rolledBack(1).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(
            database.queryValue(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = 't_b'::regclass"))
        .isEqualTo("t");
  }

  private boolean waits(String query) {
    return "1"
        .equals(
            database.queryValue(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND wait_event_type = 'Lock' AND query LIKE '"
                    + query
                    + "'"));
  }
}
