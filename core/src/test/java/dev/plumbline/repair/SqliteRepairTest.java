package dev.plumbline.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Auditor;
import dev.plumbline.audit.Verdict;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Key;
import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Settings;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.journal.SetAside;
import dev.plumbline.rollback.Rollback;
import dev.plumbline.rollback.RollbackOptions;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Audits, repairs and rollbacks of every kind on SQLite. */
class SqliteRepairTest {
  private static final Listener SILENT = new Listener() {};

  @AutoClose private final TestDatabase database = TestDatabase.sqlite();

  private AuditResult audit(Invariant invariant) {
    return new Auditor(Cases.database(database), Timeouts.READING)
        .audit("test", List.of(invariant), AuditOptions.standard())
        .results()
        .getFirst();
  }

  private RunReport repair(Invariant invariant, int batchSize) {
    Repair repair = new Repair(Cases.database(database), Settings.standard());
    return repair.run(
        repair.plan(invariant, new RepairOptions(Scope.whole(), OptionalInt.of(batchSize), 2)),
        SILENT);
  }

  private RunReport rollback(RunReport of) {
    Rollback rollback = new Rollback(Cases.database(database), Settings.standard());
    return rollback.run(rollback.plan(of.run().id(), RollbackOptions.whole()), SILENT);
  }

  private void assertDone(RunReport report, Invariant invariant, long changed) {
    assertThat(report.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(changed);
    assertThat(audit(invariant).verdict()).isEqualTo(Verdict.HOLDS);
  }

  private void courses(String key, String further) {
    database.execute(
        "CREATE TABLE lesson (id INTEGER PRIMARY KEY, course INTEGER NOT NULL)",
        "CREATE TABLE enrollment (id "
            + key
            + ", course INTEGER, lessons INTEGER, note TEXT)"
            + further,
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
            + " INSERT INTO lesson SELECT i, i % 10 FROM n",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
            + " INSERT INTO enrollment SELECT 'k' || i, i % 11, CASE WHEN i % 4 = 0 THEN 50 END, 'n'"
            + " FROM n".replace("'k' || i", key.startsWith("INTEGER") ? "i" : "'k' || i"));
  }

  @Test
  void a_plan_says_that_rows_without_a_key_stay_as_they_are() {
    database.execute(
        "CREATE TABLE loose (id TEXT PRIMARY KEY, v INTEGER)",
        "INSERT INTO loose VALUES ('a', 0), (NULL, 0), (NULL, 0)");
    Invariant one = Cases.invariant("says: All are one.\ntable: loose\nderive: {v: \"1\"}\n");
    Repair repair = new Repair(Cases.database(database), Settings.standard());
    RepairPlan plan = repair.plan(one, new RepairOptions(Scope.whole(), OptionalInt.empty(), 1));
    assertThat(plan.violations()).isEqualTo(1);
    assertThat(plan.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(plan.notes())
        .contains("2 violations have a NULL in their key and are never repaired.");
    RunReport report = repair.run(plan, SILENT);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().changed()).isEqualTo(1);
    assertThat(report.after().orElseThrow().counts().orElseThrow().nullKeys()).isEqualTo(2);
  }

  private static final String DERIVE =
      """
      table: enrollment
      derive: {lessons: count(*)}
      from: lesson
      by: {course: course}
      """;

  @Test
  void sets_a_derived_column_right_by_ranges_of_the_key_and_back_again() {
    courses("TEXT PRIMARY KEY", " WITHOUT ROWID");
    Invariant invariant = Cases.invariant(DERIVE);
    String before = database.fingerprint("enrollment", "id");
    String violations =
        database.queryValue(
            "SELECT count(*) FROM enrollment WHERE lessons IS NOT"
                + " (SELECT count(*) FROM lesson l WHERE l.course = enrollment.course)");

    RunReport report = repair(invariant, 70);
    assertDone(report, invariant, Long.parseLong(violations));
    assertThat(report.run().plan().strategy()).isEqualTo(Strategy.SCAN);
    assertThat(report.totals().batches()).isGreaterThan(5);

    assertThat(rollback(report).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.fingerprint("enrollment", "id")).isEqualTo(before);
  }

  @Test
  void keeps_whole_rows_where_a_trigger_changes_them_too() {
    courses("TEXT PRIMARY KEY", "");
    database.execute(
        "CREATE TRIGGER notes AFTER UPDATE OF lessons ON enrollment BEGIN"
            + " UPDATE enrollment SET note = 'set ' || NEW.lessons WHERE id = NEW.id; END");
    Invariant invariant = Cases.invariant(DERIVE + "where: id < 'k2'\n");
    String before = database.fingerprint("enrollment", "id");

    RunReport report = repair(invariant, 40);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.queryValue("SELECT count(*) FROM enrollment WHERE note LIKE 'set %'"))
        .isEqualTo(String.valueOf(report.run().changed()));
    database.execute("DROP TRIGGER notes");

    assertThat(rollback(report).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.fingerprint("enrollment", "id")).isEqualTo(before);
  }

  @Test
  void sets_rows_aside_that_the_database_refuses() {
    courses("TEXT PRIMARY KEY", "");
    database.execute(
        "CREATE TRIGGER refuses BEFORE UPDATE ON enrollment WHEN OLD.id IN ('k1', 'k501') BEGIN"
            + " SELECT RAISE(ABORT, 'not this one'); END",
        "CREATE TRIGGER ends BEFORE UPDATE ON enrollment WHEN OLD.id = 'k7' BEGIN"
            + " SELECT RAISE(ROLLBACK, 'nor that one'); END");
    Invariant invariant = Cases.invariant(DERIVE);

    RunReport report = repair(invariant, 100);

    assertThat(report.run().state()).isEqualTo(RunState.FAILED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.quarantined()).isEqualTo(3);
    assertThat(report.setAside())
        .extracting(SetAside::message)
        .containsExactlyInAnyOrder("not this one", "not this one", "nor that one");
    assertThat(audit(invariant).counts().orElseThrow().violations()).isEqualTo(3);
    assertThat(
            database.queryValue("SELECT sum(n) FROM (SELECT count(*) AS n FROM plumb_image_1_1)"))
        .isEqualTo(String.valueOf(report.run().changed()));
  }

  @Test
  void enters_what_the_ledger_lacks_and_takes_it_back() {
    Cases.load(database, "points-ledger", 1);
    Invariant agree = Cases.invariant("points-ledger", "points-agree");
    String before = database.fingerprint("points_log", "id");
    assertThat(audit(agree).verdict()).isEqualTo(Verdict.VIOLATED);

    RunReport report = repair(agree, 7);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().changed()).isEqualTo(57);
    assertThat(report.setAside())
        .extracting(SetAside::key)
        .containsExactly(new Key(List.of("8", "2025-06-04")));

    assertThat(rollback(report).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.fingerprint("points_log", "id")).isEqualTo(before);
  }

  @Test
  void inserts_what_is_missing_activates_what_is_inactive_and_takes_both_back() {
    database.execute(
        "CREATE TABLE member (user_id INTEGER, course_id INTEGER, active BOOLEAN)",
        "CREATE TABLE enrolled (id INTEGER PRIMARY KEY, course_id INTEGER NOT NULL, student_id"
            + " INTEGER NOT NULL, active BOOLEAN NOT NULL, since TEXT DEFAULT 'today')",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
            + " INSERT INTO member SELECT i % 50, i % 7, i % 3 > 0 FROM n",
        "INSERT INTO member VALUES (NULL, 1, TRUE)",
        "INSERT INTO enrolled (course_id, student_id, active) SELECT DISTINCT course_id, user_id,"
            + " user_id % 2 FROM member WHERE user_id < 30");
    Invariant invariant =
        Cases.invariant(
            """
            every: SELECT user_id AS student_id, course_id FROM member WHERE active AND user_id > 0
            has: enrolled
            match: [student_id, course_id]
            with: {active: true}
            insert: {since: now}
            """);
    String before = database.fingerprint("enrolled", "id");
    var counts = audit(invariant).counts().orElseThrow();
    assertThat(counts.missing()).isPositive();
    assertThat(counts.inactive()).isPositive();

    RunReport report = repair(invariant, 20);
    assertDone(report, invariant, counts.violations());

    assertThat(rollback(report).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.fingerprint("enrolled", "id")).isEqualTo(before);
  }

  @Test
  void deletes_what_must_not_be_with_all_that_hangs_on_it_and_brings_it_back() {
    database.execute(
        "CREATE TABLE request (id INTEGER PRIMARY KEY, status TEXT, doc BLOB)",
        "CREATE TABLE note (id INTEGER PRIMARY KEY, request INTEGER REFERENCES request ON DELETE"
            + " CASCADE, text TEXT)",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 90)"
            + " INSERT INTO request SELECT i, CASE i % 3 WHEN 0 THEN 'stale' ELSE 'open' END,"
            + " CASE i % 5 WHEN 0 THEN x'00ff' WHEN 1 THEN 'text' WHEN 2 THEN 2.5 END FROM n",
        "INSERT INTO note SELECT id * 10, id, 'about ' || id FROM request");
    Invariant invariant =
        Cases.invariant(
            """
            none: SELECT id FROM request WHERE status = 'stale'
            key: id
            of: request
            repair:
              - delete from: request
                where: id IN (SELECT id FROM violation)
                cascades: [note]
            """);
    String requests = database.fingerprint("request", "id");
    String notes = database.fingerprint("note", "id");

    RunReport report = repair(invariant, 8);
    assertDone(report, invariant, 60);
    assertThat(database.queryValue("SELECT count(*) FROM note")).isEqualTo("60");

    assertThat(rollback(report).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.fingerprint("request", "id")).isEqualTo(requests);
    assertThat(database.fingerprint("note", "id")).isEqualTo(notes);
  }

  @Test
  void makes_the_indexes_that_are_missing() {
    Cases.load(database, "points-ledger", 1);
    Invariant exist = Cases.invariant("points-ledger", "performance-indexes");
    AuditResult found = audit(exist);
    assertThat(found.verdict()).isEqualTo(Verdict.VIOLATED);
    assertThat(found.counts().orElseThrow().missing()).isEqualTo(11);
  }

  @Test
  void a_row_that_would_replace_another_is_set_aside() {
    database.execute(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT, UNIQUE (k) ON CONFLICT REPLACE)",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");

    RunReport report = repair(Cases.invariant("{table: t, derive: {k: \"'z'\"}}"), 10);

    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.setAside())
        .extracting(s -> s.key() + " " + s.reason().word())
        .containsExactly("2 quarantined", "3 quarantined");
    assertThat(report.setAside())
        .allMatch(s -> s.message().contains("ON CONFLICT clause of t left a row out or replaced"));
    assertThat(database.query("SELECT id, k FROM t ORDER BY id"))
        .containsExactly(List.of("1", "z"), List.of("2", "b"), List.of("3", "c"));
  }

  @Test
  void an_inserted_row_that_would_replace_another_is_set_aside() {
    database.execute(
        "CREATE TABLE wanted (id INTEGER PRIMARY KEY, k TEXT)",
        "INSERT INTO wanted VALUES (1, 'a'), (2, 'b')",
        "CREATE TABLE \"T \"\"x\" (id INTEGER PRIMARY KEY, k TEXT UNIQUE ON CONFLICT REPLACE)",
        "INSERT INTO \"T \"\"x\" VALUES (7, 'b')");

    RunReport report =
        repair(
            Cases.invariant(
                """
                every: SELECT id, k FROM wanted
                has: '"T ""x"'
                match: [id]
                insert: {k: {sql: k}}
                """),
            10);

    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(database.query("SELECT id, k FROM \"T \"\"x\" ORDER BY id"))
        .containsExactly(List.of("1", "a"), List.of("7", "b"));
  }

  @Test
  void a_row_that_a_conflict_clause_leaves_out_is_set_aside() {
    database.execute(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT UNIQUE ON CONFLICT IGNORE)",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b')");

    RunReport report = repair(Cases.invariant("{table: t, derive: {k: \"'z'\"}}"), 10);

    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.setAside())
        .extracting(s -> s.key() + " " + s.reason().word())
        .containsExactly("2 quarantined");
    assertThat(database.query("SELECT id, k FROM t ORDER BY id"))
        .containsExactly(List.of("1", "z"), List.of("2", "b"));
  }
}
