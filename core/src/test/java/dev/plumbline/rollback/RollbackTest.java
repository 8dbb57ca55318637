package dev.plumbline.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.repair.Cases;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.TestDatabase;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RollbackTest {
  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @Test
  void gives_the_618_enrollments_their_old_values_back() {
    Cases.load(database, "total-lessons", 1);
    String before = database.fingerprint("course_enrollments", "id");
    long run =
        Repaired.run(database, Cases.invariant("total-lessons", "enrollment-total-lessons"), 100);
    assertThat(database.fingerprint("course_enrollments", "id")).isNotEqualTo(before);

    RollbackPlan plan = Repaired.rollback(database).plan(run, RollbackOptions.whole());
    assertThat(plan.restored()).isEqualTo(618);
    assertThat(plan.conflicts()).isZero();
    RunReport report = Repaired.rollback(database).run(plan, Repaired.SILENT);

    assertThat(report.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(618);
    assertThat(database.fingerprint("course_enrollments", "id")).isEqualTo(before);
  }
}
