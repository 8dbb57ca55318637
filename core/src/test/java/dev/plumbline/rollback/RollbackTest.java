package dev.plumbline.rollback;

import static dev.plumbline.rollback.Repaired.SILENT;
import static dev.plumbline.rollback.Repaired.rollback;
import static dev.plumbline.rollback.Repaired.rolledBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.dialect.Key;
import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.NewRun.Kind;
import dev.plumbline.journal.SetAside;
import dev.plumbline.repair.Cases;
import dev.plumbline.rollback.RollbackPlan.Cell;
import dev.plumbline.rollback.RollbackPlan.Outcome;
import dev.plumbline.rollback.RollbackPlan.Sample;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The rollback of the example cases' repairs. */
class RollbackTest {
  private static final String ENROLLMENTS = "course_enrollments";

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  private long totalLessonsRepaired() {
    Cases.load(database, "total-lessons", 1);
    return Repaired.run(
        database, Cases.invariant("total-lessons", "enrollment-total-lessons"), 100);
  }

  @Test
  void gives_the_618_enrollments_their_old_values_back() {
    Cases.load(database, "total-lessons", 1);
    String before = database.fingerprint(ENROLLMENTS, "id");
    String unfilled = "SELECT count(*) FROM course_enrollments WHERE total_lessons IS NULL";
    String nulls = database.queryValue(unfilled);
    assertThat(nulls).isNotEqualTo("0");
    long run =
        Repaired.run(database, Cases.invariant("total-lessons", "enrollment-total-lessons"), 100);
    assertThat(database.queryValue(unfilled)).isEqualTo("0");

    RollbackPlan plan = rollback(database).plan(run, RollbackOptions.whole());
    assertThat(plan.restored()).isEqualTo(618);
    assertThat(plan.already()).isZero();
    assertThat(plan.conflicts()).isZero();
    assertThat(plan.exitCode()).isEqualTo(ExitCode.OK);
    RunReport report = rollback(database).run(plan, SILENT);

    assertThat(report.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(618);
    assertThat(report.totals().batches()).isEqualTo(31);
    assertThat(report.run().plan().kind()).isEqualTo(Kind.ROLLBACK);
    assertThat(report.run().plan().reverts()).isEqualTo(OptionalLong.of(run));
    assertThat(database.queryValue(unfilled)).isEqualTo(nulls);
    assertThat(database.fingerprint(ENROLLMENTS, "id")).isEqualTo(before);
  }

  @Test
  void a_plan_writes_nothing() {
    long run = totalLessonsRepaired();
    String rows = database.fingerprint(ENROLLMENTS, "id");
    String runs = database.fingerprint("plumb.runs", "id");
    String tables = "SELECT count(*) FROM pg_class";
    String objects = database.queryValue(tables);

    RollbackPlan plan = rollback(database).plan(run, RollbackOptions.whole());

    assertThat(plan.steps()).hasSize(1);
    assertThat(plan.steps().getFirst().statements().getLast()).contains("UPDATE \"public\"");
    assertThat(plan.samples()).hasSize(3);
    assertThat(database.fingerprint(ENROLLMENTS, "id")).isEqualTo(rows);
    assertThat(database.fingerprint("plumb.runs", "id")).isEqualTo(runs);
    assertThat(database.queryValue(tables)).isEqualTo(objects);
  }

  @Test
  void keeps_what_somebody_else_has_changed_since() {
    long run = totalLessonsRepaired();
    List<String> ids =
        database.query("SELECT k1 FROM plumb.image_" + run + "_1 ORDER BY k1 LIMIT 3").stream()
            .map(List::getFirst)
            .toList();
    database.execute(
        "UPDATE course_enrollments SET total_lessons = 77 WHERE id = '" + ids.get(0) + "'",
        "UPDATE course_enrollments SET total_lessons = NULL WHERE id = '" + ids.get(1) + "'",
        "DELETE FROM course_enrollments WHERE id = '" + ids.get(2) + "'",
        // Another column of a restored row is nobody's conflict.
        "UPDATE course_enrollments SET progress_percentage = 1.5");
    String was =
        database.queryValue(
            "SELECT b1 FROM plumb.image_" + run + "_1 WHERE k1 = '" + ids.get(1) + "'");

    RollbackPlan plan = rollback(database).plan(run, RollbackOptions.whole());
    long nullBefore = was == null ? 1 : 0;
    assertThat(plan.conflicts()).isEqualTo(3 - nullBefore);
    assertThat(plan.already()).isEqualTo(nullBefore);
    assertThat(plan.restored()).isEqualTo(615);
    assertThat(plan.exitCode()).isEqualTo(ExitCode.WARNING);
    Sample conflict =
        plan.samples().stream()
            .filter(s -> s.outcome() == Outcome.CONFLICT && s.key().equals(ids.get(0)))
            .findFirst()
            .orElseThrow();
    assertThat(conflict.why()).isEqualTo("course_enrollments: changed since: total_lessons");
    Cell cell = conflict.cells().getFirst();
    assertThat(cell.outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(cell.now()).isEqualTo(Optional.of("77"));
    RunReport report = rollback(database).run(plan, SILENT);

    assertThat(report.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(report.conflicts()).isEqualTo(3 - nullBefore);
    assertThat(report.run().changed()).isEqualTo(615);
    assertThat(report.setAside())
        .extracting(SetAside::key)
        .contains(new Key(List.of(ids.get(0))), new Key(List.of(ids.get(2))));
    assertThat(report.setAside()).noneMatch(s -> s.message().contains("77"));
    assertThat(
            database.queryValue(
                "SELECT total_lessons FROM course_enrollments WHERE id = '" + ids.get(0) + "'"))
        .isEqualTo("77");
    assertThat(
            database.queryValue(
                "SELECT count(*) FROM course_enrollments WHERE progress_percentage <> 1.5"))
        .isEqualTo("0");
  }

  @Test
  void a_rollback_can_be_rolled_back() {
    long run = totalLessonsRepaired();
    String repaired = database.fingerprint(ENROLLMENTS, "id");
    long back = rolledBack(database, run).run().id();
    assertThat(database.fingerprint(ENROLLMENTS, "id")).isNotEqualTo(repaired);

    RunReport again = rolledBack(database, back);

    assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(again.run().changed()).isEqualTo(618);
    assertThat(database.fingerprint(ENROLLMENTS, "id")).isEqualTo(repaired);
  }

  @Test
  void what_is_rolled_back_already_needs_no_run() {
    long run = totalLessonsRepaired();
    rolledBack(database, run);

    RollbackPlan plan = rollback(database).plan(run, RollbackOptions.whole());

    assertThat(plan.nothingToDo()).isTrue();
    assertThat(plan.already()).isEqualTo(618);
    assertThat(plan.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void takes_back_only_the_keys_asked_for() {
    long run = totalLessonsRepaired();
    List<Key> keys =
        database.query("SELECT k1 FROM plumb.image_" + run + "_1 ORDER BY k1 LIMIT 2").stream()
            .map(row -> new Key(List.of(String.valueOf(row.getFirst()).toUpperCase())))
            .toList();

    RollbackPlan plan = rollback(database).plan(run, RollbackOptions.of(keys));
    assertThat(plan.restored()).isEqualTo(2);
    RunReport report = rollback(database).run(plan, SILENT);

    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(2);
    assertThat(report.run().plan().scope().keys()).hasSize(2);
    assertThat(rollback(database).plan(run, RollbackOptions.whole()).already()).isEqualTo(2);
    assertThat(rolledBack(database, run).run().changed()).isEqualTo(616);
  }

  @Test
  void the_steps_of_dual_enrollment_go_back_byte_for_byte() {
    Cases.load(database, "dual-enrollment", 1);
    List<String> tables = List.of("enrollments", "student_progress", "access_requests");
    List<String> before = tables.stream().map(t -> database.fingerprint(t, "id")).toList();
    List<String> invariants =
        List.of(
            "approved-request-has-both",
            "progress-has-enrollment",
            "enrollment-has-progress",
            "no-stale-pending-request");
    List<Long> runs =
        invariants.stream()
            .map(name -> Repaired.run(database, Cases.invariant("dual-enrollment", name), 50))
            .toList();
    assertThat(tables.stream().map(t -> database.fingerprint(t, "id")).toList())
        .isNotEqualTo(before);

    for (long run : runs.reversed()) {
      RollbackPlan plan = rollback(database).plan(run, RollbackOptions.whole());
      if (!plan.nothingToDo()) {
        assertThat(rollback(database).run(plan, SILENT).exitCode()).isEqualTo(ExitCode.OK);
      }
    }

    assertThat(tables.stream().map(t -> database.fingerprint(t, "id")).toList()).isEqualTo(before);
  }

  @Test
  void the_enrollments_of_course_coverage_go_back_byte_for_byte() {
    Cases.load(database, "course-coverage", 1);
    String before = database.fingerprint(ENROLLMENTS, "id");
    Invariant invariant = Cases.invariant("course-coverage", "group-members-enrolled");
    long run = Repaired.run(database, invariant, 50);
    String repaired = database.fingerprint(ENROLLMENTS, "id");

    RunReport report = rolledBack(database, run);

    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(355);
    assertThat(database.fingerprint(ENROLLMENTS, "id")).isEqualTo(before);
    assertThat(rolledBack(database, report.run().id()).run().changed()).isEqualTo(355);
    assertThat(database.fingerprint(ENROLLMENTS, "id")).isEqualTo(repaired);
  }
}
