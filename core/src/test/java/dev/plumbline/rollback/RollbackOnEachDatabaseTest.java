package dev.plumbline.rollback;

import static dev.plumbline.rollback.Repaired.SILENT;
import static dev.plumbline.rollback.Repaired.rollback;
import static dev.plumbline.rollback.Repaired.rolledBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.dialect.Key;
import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.journal.SetAside;
import dev.plumbline.repair.Cases;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;

/** What a rollback promises, on the oldest and the newest PostgreSQL and on SQLite. */
class RollbackOnEachDatabaseTest {
  private static final String DELETE_BAD =
      """
      none: SELECT id FROM t WHERE bad = 1
      key: id
      repair:
        - delete from: t
          where: id IN (SELECT id FROM violation)
          cascades: [child]
      """;

  private static long repaired(TestDatabase database, String yaml, int batchSize) {
    return Repaired.run(database, Cases.invariant(yaml), batchSize);
  }

  /** Rows with a composite key of odd names and values. */
  private static void oddTable(TestDatabase database) {
    database.execute(
        """
        CREATE TABLE "Order ""x"" y" (
          "group" varchar(40), "select" integer, "a'b" numeric(8,2), c varchar(40),
          PRIMARY KEY ("group", "select"))""",
        """
        INSERT INTO "Order ""x"" y" ("group", "select", "a'b", c)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
        SELECT 'g,"é ' || (i % 4), i, CASE WHEN i % 3 = 0 THEN NULL ELSE -i / 4.0 END,
               CASE WHEN i % 5 = 0 THEN '7' END
        FROM n""");
  }

  private static String oddPrint(TestDatabase database) {
    return database.fingerprint("\"Order \"\"x\"\" y\"", "\"select\"");
  }

  private static final String ODD =
      """
      table: '"Order ""x"" y"'
      derive:
        a'b: 7.5
        c: "'seven'"
      """;

  @OnEachDatabase
  void old_values_come_back_and_go_again(TestDatabase database) {
    oddTable(database);
    String before = oddPrint(database);
    long run = repaired(database, ODD, 7);
    String repaired = oddPrint(database);

    RunReport back = rolledBack(database, run);
    assertThat(back.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(back.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(back.run().changed()).isEqualTo(60);
    assertThat(oddPrint(database)).isEqualTo(before);
    assertThat(rollback(database).plan(run, RollbackOptions.whole()).nothingToDo()).isTrue();

    RunReport again = rolledBack(database, back.run().id());
    assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(oddPrint(database)).isEqualTo(repaired);
  }

  @OnEachDatabase
  void only_the_keys_asked_for(TestDatabase database) {
    oddTable(database);
    long run = repaired(database, ODD, 7);
    RollbackOptions two =
        RollbackOptions.of(
            List.of(new Key(List.of("g,\"é 1", "5")), new Key(List.of("g,\"é 2", "6"))));

    RollbackPlan plan = rollback(database).plan(run, two);
    assertThat(plan.restored()).isEqualTo(2);
    assertThat(rollback(database).run(plan, SILENT).run().changed()).isEqualTo(2);

    assertThat(rolledBack(database, run).run().changed()).isEqualTo(58);
  }

  @OnEachDatabase
  void a_conflict_is_kept_column_by_column(TestDatabase database) {
    oddTable(database);
    long run = repaired(database, ODD, 100);
    database.execute(
        "UPDATE \"Order \"\"x\"\" y\" SET c = 'mine' WHERE \"select\" = 4",
        "UPDATE \"Order \"\"x\"\" y\" SET \"a'b\" = NULL WHERE \"select\" = 6",
        "DELETE FROM \"Order \"\"x\"\" y\" WHERE \"select\" = 7");

    RollbackPlan plan = rollback(database).plan(run, RollbackOptions.whole());
    // Row 6 held NULL before: that column is as it was, the other one is restored.
    assertThat(plan.conflicts()).isEqualTo(2);
    assertThat(plan.restored()).isEqualTo(59);
    assertThat(plan.inPart()).isEqualTo(1);
    RunReport report = rollback(database).run(plan, SILENT);

    assertThat(report.exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(report.setAside())
        .extracting(SetAside::message)
        .containsExactlyInAnyOrder(
            "Order \"x\" y: changed since: c", "Order \"x\" y: the row is gone");
    List<String> kept =
        database
            .query("SELECT c, \"a'b\" FROM \"Order \"\"x\"\" y\" WHERE \"select\" = 4")
            .getFirst();
    assertThat(kept.getFirst()).isEqualTo("mine");
    assertThat(Double.parseDouble(kept.getLast())).isEqualTo(-1.0);
  }

  @OnEachDatabase
  void inserted_rows_leave_unless_changed_or_referenced(TestDatabase database) {
    database.execute(
        "CREATE TABLE wanted (id integer PRIMARY KEY)",
        "INSERT INTO wanted VALUES (1), (2), (3), (4), (5), (6), (7), (8)",
        "CREATE TABLE t (w integer PRIMARY KEY, note varchar(9) DEFAULT 'n')",
        "CREATE TABLE child (id integer PRIMARY KEY, w integer REFERENCES t ON DELETE CASCADE)",
        "INSERT INTO t VALUES (8, 'there')");
    long run = repaired(database, "{every: SELECT id FROM wanted, has: t, match: {id: w}}", 3);
    database.execute(
        "UPDATE t SET note = 'mine' WHERE w = 2",
        "INSERT INTO child VALUES (1, 5)",
        "DELETE FROM t WHERE w = 7");

    RollbackPlan plan = rollback(database).plan(run, RollbackOptions.whole());
    assertThat(plan.restored()).isEqualTo(4);
    assertThat(plan.already()).isEqualTo(1);
    assertThat(plan.conflicts()).isEqualTo(2);
    RunReport report = rollback(database).run(plan, SILENT);

    assertThat(report.exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(report.setAside())
        .extracting(SetAside::message)
        .containsExactlyInAnyOrder("t: changed since: note", "t: referenced by: child");
    assertThat(database.query("SELECT w FROM t ORDER BY w"))
        .containsExactly(List.of("2"), List.of("5"), List.of("8"));
    assertThat(database.queryValue("SELECT count(*) FROM child")).isEqualTo("1");
  }

  private static void familyTable(TestDatabase database) {
    database.execute(
        "CREATE TABLE t (id integer PRIMARY KEY, code varchar(9) UNIQUE, bad integer)",
        "CREATE TABLE child (id integer PRIMARY KEY, t integer REFERENCES t ON DELETE CASCADE)",
        "INSERT INTO t VALUES (1, 'a', 0), (2, 'b', 1), (3, 'c', 1), (4, 'd', 1), (5, 'e', 0)",
        "INSERT INTO child VALUES (10, 1), (20, 2), (21, 2), (30, 3), (50, 5)");
  }

  @OnEachDatabase
  void deleted_rows_return_with_what_went_by_cascade(TestDatabase database) {
    familyTable(database);
    List<String> before = List.of(database.fingerprint("t", "id"), database.fingerprint("child"));
    long run = repaired(database, DELETE_BAD, 2);
    assertThat(database.queryValue("SELECT count(*) FROM child")).isEqualTo("2");

    RunReport report = rolledBack(database, run);

    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(6);
    assertThat(List.of(database.fingerprint("t", "id"), database.fingerprint("child")))
        .isEqualTo(before);
    assertThat(rolledBack(database, report.run().id()).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.queryValue("SELECT count(*) FROM t")).isEqualTo("2");
  }

  @OnEachDatabase
  void a_row_that_cannot_return_stands_alone(TestDatabase database) {
    familyTable(database);
    long run = repaired(database, DELETE_BAD, 10);
    database.execute("INSERT INTO t VALUES (99, 'b', 0)", "INSERT INTO t VALUES (4, 'mine', 0)");

    RunReport report = rolledBack(database, run);

    assertThat(report.run().state()).isEqualTo(RunState.FAILED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    // Row 2, whose code is taken, and its children.
    assertThat(report.quarantined()).isEqualTo(3);
    assertThat(report.conflicts()).isEqualTo(1);
    assertThat(database.query("SELECT id FROM t ORDER BY id"))
        .containsExactly(List.of("1"), List.of("3"), List.of("4"), List.of("5"), List.of("99"));

    database.execute("DELETE FROM t WHERE id = 99");
    RunReport resumed = rollback(database).resume(report.run().id(), SILENT);
    assertThat(resumed.exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(database.queryValue("SELECT count(*) FROM child")).isEqualTo("5");
    assertThat(database.queryValue("SELECT code FROM t WHERE id = 4")).isEqualTo("mine");
  }
}
