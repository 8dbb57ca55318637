package dev.plumbline.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Settings;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.TestDatabase;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RepairTest {
  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @Test
  void fills_in_the_618_enrollments_that_the_trigger_left_behind() {
    Cases.load(database, "total-lessons", 1);
    Invariant invariant = Cases.invariant("total-lessons", "enrollment-total-lessons");
    Repair repair = new Repair(Cases.database(database), Settings.standard());

    RepairPlan plan = repair.plan(invariant, RepairOptions.standard());
    assertThat(plan.violations()).isEqualTo(618);
    RunReport report = repair.run(plan, new Listener() {});

    assertThat(report.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(618);
    assertThat(repair.plan(invariant, RepairOptions.standard()).violations()).isZero();
  }

  @Test
  void inserts_what_is_missing_and_activates_what_is_inactive() {
    Cases.load(database, "course-coverage", 1);
    Invariant invariant = Cases.invariant("course-coverage", "group-members-enrolled");
    Repair repair = new Repair(Cases.database(database), Settings.standard());

    RepairPlan plan = repair.plan(invariant, RepairOptions.standard());
    RunReport report = repair.run(plan, new Listener() {});

    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(355);
  }
}
