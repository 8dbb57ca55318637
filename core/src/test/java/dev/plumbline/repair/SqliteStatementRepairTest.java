package dev.plumbline.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.error.ExitCode;
import dev.plumbline.error.ProjectException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Settings;
import dev.plumbline.journal.SetAside;
import dev.plumbline.rollback.Rollback;
import dev.plumbline.rollback.RollbackOptions;
import dev.plumbline.rollback.RollbackPlan;
import dev.plumbline.run.Listener;
import dev.plumbline.testkit.TestDatabase;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code exist} with statements of every form, on SQLite. */
class SqliteStatementRepairTest {
  private static final String FIVE =
      """
      exist:
        - CREATE TABLE "odd ""table" (id INTEGER PRIMARY KEY, "of" TEXT NOT NULL)
        - CREATE INDEX odd_of ON "odd ""table" ("of")
        - ALTER TABLE t ADD COLUMN total INTEGER DEFAULT 5
        - CREATE VIEW sums AS SELECT sum(a) AS total FROM t
        - |-
          CREATE TRIGGER t_touch AFTER UPDATE ON t BEGIN
            UPDATE t SET a = a WHERE id = NEW.id;
          END
      """;

  @AutoClose private final TestDatabase database = TestDatabase.sqlite();

  @BeforeEach
  void makes_a_table() {
    database.execute(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER)",
        "INSERT INTO t VALUES (1, 1), (2, 2)");
  }

  private Rollback rollback() {
    return new Rollback(Cases.database(database), Settings.standard());
  }

  private String schema() {
    return database
        .query(
            "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'plumb%'"
                + " AND tbl_name NOT LIKE 'plumb%' AND name NOT LIKE 'sqlite%' ORDER BY type, name")
        .toString();
  }

  @Test
  void everything_that_is_missing_is_made_and_taken_away_again() {
    String before = schema();
    RepairPlan plan = Repairs.plan(database, FIVE);
    assertThat(plan.violations()).isEqualTo(5);
    assertThat(plan.before().samples())
        .extracting(v -> v.values().get(0) + " " + v.values().get(1))
        .containsExactly(
            "odd \"table missing",
            "odd_of missing",
            "t.total missing",
            "sums missing",
            "t.t_touch missing");
    assertThat(schema()).isEqualTo(before);

    RunReport report = Repairs.run(database, FIVE);
    assertThat(report.setAside()).isEmpty();
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    String after = schema();
    assertThat(Repairs.plan(database, FIVE).steps()).isEmpty();

    RollbackPlan plannedBack = rollback().plan(report.run().id(), RollbackOptions.whole());
    assertThat(plannedBack.samples()).isEmpty();
    assertThat(plannedBack.restored()).isEqualTo(5);
    RunReport back = rollback().run(plannedBack, new Listener() {});
    assertThat(back.setAside()).isEmpty();
    assertThat(schema()).isEqualTo(before);

    RunReport again =
        rollback()
            .run(rollback().plan(back.run().id(), RollbackOptions.whole()), new Listener() {});
    assertThat(again.setAside()).isEmpty();
    assertThat(schema()).isEqualTo(after);
  }

  @Test
  void what_holds_rows_or_values_by_now_or_was_changed_is_kept() {
    long run = Repairs.run(database, FIVE).run().id();
    database.execute(
        "INSERT INTO \"odd \"\"table\" VALUES (1, 'x')",
        "UPDATE t SET total = 6 WHERE id = 1",
        "DROP VIEW sums",
        "CREATE VIEW sums AS SELECT 1 AS total");
    RollbackPlan plan = rollback().plan(run, RollbackOptions.whole());
    assertThat(plan.samples())
        .extracting(s -> s.why())
        .containsExactlyInAnyOrder(
            "odd \"table: it holds rows by now",
            "t.total: it holds values by now",
            "sums: changed since");
    assertThat(plan.restored()).isEqualTo(2);
    assertThat(rollback().run(plan, new Listener() {}).exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(schema()).contains("sums", "odd", "total").doesNotContain("t_touch");
  }

  @Test
  void what_is_there_under_that_name_is_left_and_what_fails_is_set_aside() {
    database.execute(
        "CREATE TABLE other (id TEXT)",
        "CREATE VIEW dangling AS SELECT 1",
        "CREATE TABLE gone (x)");
    String yaml =
        """
        exist:
          - CREATE TABLE IF NOT EXISTS other (id INTEGER)
          - ALTER TABLE nowhere ADD COLUMN a INTEGER
          - DROP VIEW dangling
          - DROP TABLE gone
        """;
    RepairPlan plan = Repairs.plan(database, yaml);
    assertThat(plan.hopeless()).isEqualTo(1);
    assertThat(plan.notes())
        .contains(
            "other is there, but it is another one; it is left as it is: is there, but as CREATE"
                + " TABLE other (id TEXT)",
            "TABLE gone IS DROPPED, with all that it holds: a rollback cannot bring it back.");

    RunReport report = Repairs.run(database, yaml);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().changed()).isEqualTo(2);
    assertThat(report.setAside())
        .extracting(s -> s.key() + " " + s.reason())
        .containsExactlyInAnyOrder(
            "other " + SetAside.Reason.UNREPAIRABLE, "nowhere.a " + SetAside.Reason.QUARANTINED);
    RollbackPlan back = rollback().plan(report.run().id(), RollbackOptions.whole());
    assertThat(back.restored()).isEqualTo(1);
    assertThat(back.conflicts()).isEqualTo(1);
    rollback().run(back, new Listener() {});
    assertThat(schema()).contains("dangling");
  }

  @Test
  void a_statement_after_which_nothing_can_be_looked_at_is_an_error_of_the_project() {
    assertThatThrownBy(() -> Repairs.plan(database, "exist: [CREATE TEMP TABLE x (id)]"))
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining("nothing can be looked at");
  }
}
