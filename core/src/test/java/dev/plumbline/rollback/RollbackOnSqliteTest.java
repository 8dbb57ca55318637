package dev.plumbline.rollback;

import static dev.plumbline.rollback.Repaired.rollback;
import static dev.plumbline.rollback.Repaired.rolledBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.journal.SetAside;
import dev.plumbline.repair.Cases;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What only SQLite has: the points ledger, values that carry their own type. */
class RollbackOnSqliteTest {
  @AutoClose private final TestDatabase database = TestDatabase.sqlite();

  @Test
  void the_entries_of_the_points_ledger_leave_again() {
    Cases.load(database, "points-ledger", 1);
    String before = database.fingerprint("points_log", "id");
    long run = Repaired.failed(database, Cases.invariant("points-ledger", "points-agree"), 5);
    assertThat(database.queryValue("SELECT count(*) FROM points_log")).isEqualTo("393");

    RunReport report = rolledBack(database, run);

    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(57);
    assertThat(database.fingerprint("points_log", "id")).isEqualTo(before);
  }

  @Test
  void the_indexes_of_the_points_ledger_leave_again() {
    Cases.load(database, "points-ledger", 1);
    long run = Repaired.run(database, Cases.invariant("points-ledger", "performance-indexes"), 5);
    database.execute(
        "DROP INDEX idx_goals_user_id", "CREATE INDEX idx_goals_user_id ON goals (status)");

    RunReport report = rolledBack(database, run);

    assertThat(report.exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(report.run().changed()).isEqualTo(10);
    assertThat(report.setAside())
        .extracting(SetAside::message)
        .containsExactly("idx_goals_user_id: changed since");
    assertThat(rolledBack(database, report.run().id()).exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void values_come_back_with_the_type_that_they_had() {
    database.execute(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b INTEGER, c TEXT COLLATE NOCASE)",
        "INSERT INTO t VALUES (1, '1', 'one', 'x'), (2, 1, 1.5, x'0102'), (3, x'31', NULL, NULL),"
            + " (4, 1.5, x'00', 'Seven')",
        "CREATE TABLE seen (id)",
        "CREATE TRIGGER sees AFTER UPDATE ON t BEGIN INSERT INTO seen VALUES (NEW.id); END");
    String types = "SELECT id, typeof(a), quote(a), quote(b), quote(c) FROM t ORDER BY id";
    List<List<String>> before = database.query(types);
    long run =
        Repaired.run(
            database, Cases.invariant("{table: t, derive: {a: '2', b: '2', c: \"'seven'\"}}"), 2);
    database.execute("UPDATE t SET c = 'SEVEN' WHERE id = 3");

    RunReport report = rolledBack(database, run);

    // Texts are compared by their bytes, whatever the column's collation calls equal.
    assertThat(report.exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(report.setAside())
        .extracting(SetAside::message)
        .containsExactly("t: changed since, by others or by a row trigger of t (sees): c");
    database.execute("UPDATE t SET c = NULL WHERE id = 3");
    assertThat(database.query(types)).isEqualTo(before);
    assertThat(rollback(database).plan(run, RollbackOptions.whole()).nothingToDo()).isTrue();
    assertThat(
            database.queryValue("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'"))
        .isEqualTo("0");
  }

  @Test
  void what_a_trigger_sets_again_is_named_and_not_tried_again() {
    database.execute(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER, times INTEGER DEFAULT 0)",
        "INSERT INTO t (id, v) VALUES (1, 10), (2, 20), (3, 30)");
    long run = Repaired.run(database, Cases.invariant("{table: t, derive: {v: '99'}}"), 2);
    database.execute(
        "CREATE TRIGGER again AFTER UPDATE OF v ON t WHEN NEW.id <> 1 BEGIN"
            + " UPDATE t SET v = 99, times = times + 1 WHERE id = NEW.id; END");

    RunReport report = rolledBack(database, run);

    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().pass()).isZero();
    assertThat(report.unrepairable()).isEqualTo(2);
    assertThat(report.setAside())
        .extracting(SetAside::message)
        .containsOnly("a row trigger of t (again) set it again");
    assertThat(database.query("SELECT v, times FROM t ORDER BY id"))
        .containsExactly(List.of("10", "0"), List.of("99", "1"), List.of("99", "1"));
  }
}
