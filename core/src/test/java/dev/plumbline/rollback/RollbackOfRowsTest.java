package dev.plumbline.rollback;

import static dev.plumbline.rollback.Repaired.SILENT;
import static dev.plumbline.rollback.Repaired.rollback;
import static dev.plumbline.rollback.Repaired.rolledBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.dialect.Key;
import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.journal.SetAside;
import dev.plumbline.journal.SetAside.Reason;
import dev.plumbline.repair.Cases;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.PostgresVersion;
import dev.plumbline.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How single rows go back, whatever their table is like. */
class RollbackOfRowsTest {
  @AutoClose private final TestDatabase database = TestDatabase.postgres(PostgresVersion.OLDEST);

  private long repaired(String yaml, int batchSize) {
    return Repaired.run(database, Cases.invariant(yaml), batchSize);
  }

  // --- rows that were updated --------------------------------------------------------------------

  @Test
  void odd_names_and_composite_keys() {
    database.execute(
        """
        CREATE TABLE "Order ""x"" y" (
          "group" text, "Ünïcode key" uuid DEFAULT gen_random_uuid(), "select" numeric(6,2),
          "a'b\\c" text, PRIMARY KEY ("group", "Ünïcode key"))""",
        """
        INSERT INTO "Order ""x"" y" ("group", "select", "a'b\\c")
        SELECT 'g,"\\' || i % 3, CASE WHEN i % 2 = 0 THEN i END, 'z' FROM generate_series(1, 40) i""");
    String before = database.fingerprint("\"Order \"\"x\"\" y\"", "\"Ünïcode key\"");
    long run =
        repaired(
            """
            table: '"Order ""x"" y"'
            derive:
              select: 7.5
              a'b\\c: "'q'"
            """,
            7);
    String key = database.queryValue("SELECT min(CAST(k2 AS text)) FROM plumb.image_" + run + "_1");
    String group =
        database.queryValue("SELECT k1 FROM plumb.image_" + run + "_1 WHERE k2 = '" + key + "'");

    Rollback rollback = rollback(database);
    RollbackPlan one =
        rollback.plan(run, RollbackOptions.of(List.of(new Key(List.of(group, key)))));
    assertThat(rollback.run(one, SILENT).run().changed()).isEqualTo(1);
    RunReport rest = rolledBack(database, run);

    assertThat(rest.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(rest.run().changed()).isEqualTo(39);
    assertThat(database.fingerprint("\"Order \"\"x\"\" y\"", "\"Ünïcode key\"")).isEqualTo(before);
  }

  @Test
  void one_column_is_restored_beside_another_that_is_kept() {
    database.execute(
        "CREATE TABLE t (id text PRIMARY KEY, a int, b jsonb, c json)",
        "INSERT INTO t VALUES ('one', 1, '{\"x\": 1}', '{\"y\":  1}'), ('two', 2, NULL, NULL)");
    long run =
        repaired(
            "{table: t, derive: {a: 10, b: \"'[]'\", c: \"'{}'\"}, key: id}"
                .replace(", key: id", ""),
            10);
    database.execute("UPDATE t SET b = '[1]' WHERE id = 'one'");

    RunReport report = rolledBack(database, run);

    assertThat(report.exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(report.setAside())
        .containsExactly(
            new SetAside(
                1,
                new Key(List.of("one")),
                Reason.CONFLICT,
                java.util.Optional.empty(),
                "t: changed since: b"));
    assertThat(database.query("SELECT id, a, b, c FROM t ORDER BY id"))
        .containsExactly(
            List.of("one", "1", "[1]", "{\"y\":  1}"),
            java.util.Arrays.asList("two", "2", null, null));
  }

  @Test
  void a_row_that_several_steps_changed_goes_all_the_way_back() {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, a int, b int)",
        "INSERT INTO t SELECT i, 0, i FROM generate_series(1, 5) i");
    String before = database.fingerprint("t", "id");
    long run =
        repaired(
            """
            none: SELECT id FROM t WHERE a <> 2
            key: id
            of: t
            repair:
              - update: t
                set: {a: 1}
                where: id IN (SELECT id FROM violation)
              - update: t
                set: {a: 2, b: 0}
                where: id IN (SELECT id FROM violation)
              - insert into: t
                columns: [id, a, b]
                select: SELECT id + 100, 2, 0 FROM violation
              - update: t
                set: {b: 9}
                where: id > 103
            """,
            2);
    database.execute("UPDATE t SET b = 33 WHERE id = 3");

    RollbackPlan plan = rollback(database).plan(run, RollbackOptions.whole());
    assertThat(plan.restored()).isEqualTo(10);
    assertThat(plan.conflicts()).isEqualTo(1);
    RunReport report = rollback(database).run(plan, SILENT);

    assertThat(report.conflicts()).isEqualTo(1);
    assertThat(database.query("SELECT * FROM t WHERE id = 3"))
        .containsExactly(List.of("3", "0", "33"));
    database.execute("UPDATE t SET b = 3 WHERE id = 3");
    assertThat(database.fingerprint("t", "id")).isEqualTo(before);
    RollbackPlan again = rollback(database).plan(run, RollbackOptions.whole());
    assertThat(again.already()).isEqualTo(10);
    assertThat(again.nothingToDo()).isTrue();
    assertThat(again.conflicts()).isZero();
  }

  @Test
  void whole_rows_of_a_table_with_triggers_leave_the_other_columns_alone() {
    database.execute(
        """
        CREATE TABLE t (
          id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int, b int, other text DEFAULT 'x',
          twice int GENERATED ALWAYS AS (a * 2) STORED)""",
        "CREATE TABLE log (id int, a int)",
        "INSERT INTO t (a, b) SELECT 0, 0 FROM generate_series(1, 6)",
        """
        CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          NEW.b := NEW.a + 1;
          INSERT INTO log VALUES (NEW.id, NEW.a);
          RETURN NEW;
        END $$""",
        "CREATE TRIGGER follow BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION follow()",
        "UPDATE t SET a = 0");
    String before = database.fingerprint("t", "id");
    long run = repaired("{table: t, derive: {a: 5}}", 4);
    database.execute("UPDATE t SET other = 'mine' WHERE id = 2");

    RunReport report = rolledBack(database, run);

    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.queryValue("SELECT other FROM t WHERE id = 2")).isEqualTo("mine");
    assertThat(database.queryValue("SELECT count(*) FROM log")).isEqualTo("18");
    database.execute("UPDATE t SET other = 'x' WHERE id = 2");
    assertThat(database.fingerprint("t", "id")).isEqualTo(before);
  }

  @Test
  void a_column_that_a_trigger_sets_otherwise_is_a_conflict() {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, a int, stamp int DEFAULT 0)",
        "INSERT INTO t SELECT i, 0 FROM generate_series(1, 3) i",
        "CREATE SEQUENCE stamps",
        """
        CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.stamp := nextval('stamps'); RETURN NEW; END $$""",
        "CREATE TRIGGER stamp BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION stamp()");
    long run = repaired("{table: t, derive: {a: 5}}", 10);

    RunReport report = rolledBack(database, run);

    assertThat(report.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(report.setAside())
        .extracting(SetAside::message)
        .containsOnly("t: changed since, by others or by a row trigger of t (stamp): stamp");
    assertThat(database.query("SELECT DISTINCT a FROM t")).containsExactly(List.of("0"));
  }

  /** A trigger that logs each row that is written, and sets {@code a} of row 2 again. */
  private void refusing() {
    database.execute(
        "CREATE TABLE log (id int)",
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO log VALUES (NEW.id);
          NEW.a := CASE WHEN NEW.id = 2 THEN OLD.a ELSE NEW.a END;
          RETURN NEW;
        END $$""",
        "CREATE TRIGGER refuse BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION refuse()");
  }

  private List<List<String>> logged() {
    return database.query("SELECT id, count(*) FROM log GROUP BY id ORDER BY id");
  }

  @Test
  void what_a_trigger_sets_again_is_named_and_not_tried_again_until_it_is_resumed() {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, a int)",
        "INSERT INTO t SELECT i, 0 FROM generate_series(1, 3) i");
    long run = repaired("{table: t, derive: {a: 5}}", 10);
    refusing();

    RunReport report = rolledBack(database, run);

    assertThat(report.run().state()).isEqualTo(RunState.FAILED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().remaining()).hasValue(1);
    assertThat(report.setAside())
        .singleElement()
        .isEqualTo(
            new SetAside(
                1,
                new Key(List.of("2")),
                SetAside.Reason.UNREPAIRABLE,
                Optional.empty(),
                "a row trigger of t (refuse) set it again"));
    assertThat(logged()).containsExactly(List.of("1", "1"), List.of("2", "1"), List.of("3", "1"));
    assertThat(database.query("SELECT a FROM t ORDER BY id"))
        .containsExactly(List.of("0"), List.of("5"), List.of("0"));
    database.execute("DROP TRIGGER refuse ON t");
    RunReport resumed = rollback(database).resume(report.run().id(), SILENT);
    assertThat(resumed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(resumed.unrepairable()).isZero();
    assertThat(database.query("SELECT DISTINCT a FROM t")).containsExactly(List.of("0"));
  }

  @Test
  void a_further_pass_leaves_alone_what_a_trigger_has_set_again() {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, a int)",
        "INSERT INTO t SELECT i, 0 FROM generate_series(1, 3) i");
    long run = repaired("{table: t, derive: {a: 5}}", 10);
    refusing();
    AtomicBoolean once = new AtomicBoolean();
    Listener writing =
        new Listener() {
          @Override
          public void committed(long rows, Duration took) {
            if (once.compareAndSet(false, true)) {
              database.execute("UPDATE t SET a = 5 WHERE id = 3");
            }
          }
        };

    Rollback rollback = rollback(database);
    RunReport report = rollback.run(rollback.plan(run, RollbackOptions.whole()), writing);

    assertThat(report.run().pass()).isEqualTo(1);
    assertThat(report.unrepairable()).isEqualTo(1);
    assertThat(logged()).containsExactly(List.of("1", "1"), List.of("2", "1"), List.of("3", "3"));
    assertThat(database.query("SELECT a FROM t ORDER BY id"))
        .containsExactly(List.of("0"), List.of("5"), List.of("0"));
  }

  @Test
  void a_column_that_a_trigger_sets_again_is_kept_where_the_row_came_back_otherwise() {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, a int, version int DEFAULT 0)",
        "INSERT INTO t SELECT i, 0 FROM generate_series(1, 3) i",
        """
        CREATE FUNCTION bump() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.version := NEW.version + 1; RETURN NEW; END $$""",
        "CREATE TRIGGER bump BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION bump()");
    long run = repaired("{table: t, derive: {a: 5}}", 10);
    database.execute("UPDATE t SET a = 7 WHERE id = 3");

    RunReport report = rolledBack(database, run);

    assertThat(report.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(report.run().pass()).isZero();
    assertThat(report.conflicts()).isEqualTo(3);
    assertThat(report.setAside())
        .extracting(s -> s.key() + " " + s.reason().word() + " " + s.message())
        .containsExactlyInAnyOrder(
            "1 set_again t: set again by a row trigger of t (bump): version",
            "2 set_again t: set again by a row trigger of t (bump): version",
            "3 conflict t: changed since, by others or by a row trigger of t (bump): a, version");
    assertThat(database.query("SELECT a, version FROM t ORDER BY id"))
        .containsExactly(List.of("0", "1"), List.of("0", "1"), List.of("7", "2"));
  }

  @Test
  void a_row_that_a_trigger_keeps_from_leaving_or_returning_is_named() {
    database.execute(
        "CREATE TABLE wanted (id int PRIMARY KEY)",
        "INSERT INTO wanted VALUES (1), (2), (3)",
        "CREATE TABLE t (id int PRIMARY KEY)",
        "CREATE TABLE u (id int PRIMARY KEY)",
        "INSERT INTO u VALUES (1), (2), (3)",
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF coalesce(NEW.id, OLD.id) = 2 THEN RETURN NULL; END IF;
          RETURN coalesce(NEW, OLD);
        END $$""");
    long inserted = repaired("{every: SELECT id FROM wanted, has: t, match: [id]}", 10);
    long deleted =
        repaired(
            "{none: SELECT id FROM u, key: id,"
                + " repair: [{delete from: u, where: id IN (SELECT id FROM violation)}]}",
            10);
    database.execute(
        "CREATE TRIGGER stays BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION refuse()",
        "CREATE TRIGGER out BEFORE INSERT ON u FOR EACH ROW EXECUTE FUNCTION refuse()");

    assertThat(rolledBack(database, inserted).setAside())
        .extracting(s -> s.key() + ": " + s.message())
        .containsExactly("2: a row trigger of t (stays) kept it or brought it back");
    assertThat(rolledBack(database, deleted).setAside())
        .extracting(s -> s.key() + ": " + s.message())
        .containsExactly(
            "2: a row trigger of u (out) kept it from returning or took it away again");
    assertThat(database.query("SELECT id FROM t")).containsExactly(List.of("2"));
    assertThat(database.query("SELECT id FROM u ORDER BY id"))
        .containsExactly(List.of("1"), List.of("3"));
  }

  @Test
  void a_row_that_cannot_be_restored_stands_alone() {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, a int)",
        "INSERT INTO t SELECT i, -i FROM generate_series(1, 100) i");
    String before = database.fingerprint("t", "id");
    long run = repaired("{table: t, derive: {a: 5}}", 40);
    database.execute("ALTER TABLE t ADD CONSTRAINT poison CHECK (a NOT IN (-7, -50, -51))");

    RunReport report = rolledBack(database, run);

    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.quarantined()).isEqualTo(3);
    assertThat(report.run().changed()).isEqualTo(97);
    assertThat(report.setAside())
        .extracting(s -> s.key().toString())
        .containsExactlyInAnyOrder("7", "50", "51");
    assertThat(report.setAside()).allMatch(s -> s.message().contains("poison"));

    database.execute("ALTER TABLE t DROP CONSTRAINT poison");
    RunReport resumed = rollback(database).resume(report.run().id(), SILENT);
    assertThat(resumed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(resumed.quarantined()).isZero();
    assertThat(resumed.run().changed()).isEqualTo(100);
    assertThat(database.fingerprint("t", "id")).isEqualTo(before);
  }

  // --- rows that were inserted -------------------------------------------------------------------

  private long inserted() {
    database.execute(
        "CREATE TABLE wanted (id int PRIMARY KEY)",
        """
        CREATE TABLE t (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, w int UNIQUE, note text DEFAULT 'n')""",
        "CREATE TABLE child (id int PRIMARY KEY, t bigint REFERENCES t ON DELETE CASCADE)",
        "CREATE TABLE other (id int PRIMARY KEY, w int REFERENCES t (w) ON DELETE SET NULL)",
        "INSERT INTO wanted SELECT generate_series(1, 10)");
    return repaired("{every: SELECT id FROM wanted, has: t, match: {id: w}}", 4);
  }

  @Test
  void an_inserted_row_leaves_only_unchanged_and_unreferenced() {
    long run = inserted();
    database.execute(
        "UPDATE t SET note = 'mine' WHERE w = 3",
        "INSERT INTO child SELECT 1, id FROM t WHERE w = 5",
        "INSERT INTO other VALUES (1, 7)",
        "DELETE FROM t WHERE w = 9");

    RollbackPlan plan = rollback(database).plan(run, RollbackOptions.whole());
    assertThat(plan.restored()).isEqualTo(6);
    assertThat(plan.conflicts()).isEqualTo(3);
    assertThat(plan.already()).isEqualTo(1);
    RunReport report = rollback(database).run(plan, SILENT);

    assertThat(report.exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(report.setAside())
        .extracting(SetAside::message)
        .containsExactlyInAnyOrder(
            "t: changed since: note", "t: referenced by: child", "t: referenced by: other");
    assertThat(database.query("SELECT w FROM t ORDER BY w"))
        .containsExactly(List.of("3"), List.of("5"), List.of("7"));
    assertThat(database.queryValue("SELECT w FROM other")).isEqualTo("7");
    assertThat(database.queryValue("SELECT count(*) FROM child")).isEqualTo("1");
  }

  @Test
  void inserted_rows_come_back_when_the_rollback_is_rolled_back() {
    long run = inserted();
    String repaired = database.fingerprint("t", "id");
    long back = rolledBack(database, run).run().id();
    assertThat(database.queryValue("SELECT count(*) FROM t")).isEqualTo("0");

    RunReport again = rolledBack(database, back);

    assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.fingerprint("t", "id")).isEqualTo(repaired);
  }

  @Test
  void inserted_rows_that_refer_to_each_other_leave_together() {
    database.execute(
        "CREATE TABLE wanted (id int PRIMARY KEY, parent int)",
        "CREATE TABLE node (id int PRIMARY KEY, parent int REFERENCES node)",
        "CREATE TABLE leaf (id int PRIMARY KEY, node int REFERENCES node)",
        "INSERT INTO wanted SELECT i, nullif(i - 1, 0) FROM generate_series(1, 9) i");
    long run =
        repaired(
            """
            none: SELECT id, parent FROM wanted WHERE id NOT IN (SELECT id FROM node)
            key: id
            repair:
              - insert into: node
                columns: [id, parent]
                select: SELECT id, parent FROM violation
              - insert into: leaf
                columns: [id, node]
                select: SELECT id, id FROM violation
            """,
            9);
    RollbackPlan plan = rollback(database).plan(run, RollbackOptions.whole());
    assertThat(plan.restored()).isEqualTo(18);
    assertThat(plan.conflicts()).isZero();
    assertThat(rollback(database).run(plan, SILENT).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.queryValue("SELECT count(*) FROM node")).isEqualTo("0");
    assertThat(database.queryValue("SELECT count(*) FROM leaf")).isEqualTo("0");
  }

  // --- rows that were deleted --------------------------------------------------------------------

  private long deleted() {
    database.execute(
        """
        CREATE TABLE t (
          id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text UNIQUE, bad boolean,
          twice int GENERATED ALWAYS AS (length(code) * 2) STORED, at timestamptz DEFAULT now())""",
        "CREATE TABLE child (id int PRIMARY KEY, t int REFERENCES t ON DELETE CASCADE, x float)",
        "INSERT INTO t (code, bad) SELECT 'c' || i, i % 2 = 0 FROM generate_series(1, 10) i",
        "INSERT INTO child SELECT i, i, i / 3.0 FROM generate_series(1, 10) i");
    return repaired(
        """
        none: SELECT id FROM t WHERE bad
        key: id
        repair:
          - delete from: t
            where: id IN (SELECT id FROM violation)
            cascades: [child]
        """,
        2);
  }

  @Test
  void deleted_rows_return_with_their_keys_and_those_that_went_by_cascade() {
    long run = deleted();
    assertThat(database.queryValue("SELECT count(*) FROM child")).isEqualTo("5");
    String left = database.fingerprint("t", "id");

    RunReport report = rolledBack(database, run);

    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(10);
    assertThat(database.query("SELECT id, code, twice FROM t WHERE bad ORDER BY id"))
        .contains(List.of("2", "c2", "4"), List.of("10", "c10", "6"))
        .hasSize(5);
    assertThat(database.queryValue("SELECT count(*) FROM child JOIN t ON t = t.id"))
        .isEqualTo("10");
    assertThat(rolledBack(database, report.run().id()).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.fingerprint("t", "id")).isEqualTo(left);
  }

  @Test
  void a_deleted_row_stays_away_where_another_has_its_key() {
    long run = deleted();
    database.execute(
        "INSERT INTO t (id, code) OVERRIDING SYSTEM VALUE VALUES (4, 'mine')",
        "INSERT INTO t (id, code) OVERRIDING SYSTEM VALUE VALUES (99, 'c6')");

    RollbackPlan plan = rollback(database).plan(run, RollbackOptions.whole());
    assertThat(plan.conflicts()).isEqualTo(1);
    RunReport report = rollback(database).run(plan, SILENT);

    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.conflicts()).isEqualTo(1);
    // The row itself, and its child, which has nothing to refer to.
    assertThat(report.quarantined()).isEqualTo(2);
    assertThat(database.queryValue("SELECT code FROM t WHERE id = 4")).isEqualTo("mine");
    assertThat(database.queryValue("SELECT count(*) FROM t WHERE id = 6")).isEqualTo("0");

    database.execute("DELETE FROM t WHERE id = 99");
    RunReport resumed = rollback(database).resume(report.run().id(), SILENT);
    assertThat(resumed.exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(database.queryValue("SELECT code FROM t WHERE id = 6")).isEqualTo("c6");
  }
}
