package dev.plumbline.cli;

import dev.plumbline.database.Session;
import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.Backups;
import dev.plumbline.repair.Repair;
import dev.plumbline.repair.RepairOptions;
import dev.plumbline.repair.RepairPlan;
import dev.plumbline.report.PlanText;
import dev.plumbline.report.RunJson;
import dev.plumbline.report.RunText;
import dev.plumbline.report.VerifyJson;
import dev.plumbline.report.VerifyText;
import dev.plumbline.verify.RecordMove;
import dev.plumbline.verify.RecoveryPlan;
import dev.plumbline.verify.Verification;
import dev.plumbline.verify.Verifier;
import dev.plumbline.verify.Verifier.Further;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What `plumb verify` writes: it makes false claims true, and moves another tool's record. Each is
 * planned first, then a run like any other, which can be undone.
 */
final class VerifyRuns {
  private final Invocation invocation;
  private final OpenProject open;
  private final Verifier verifier;

  VerifyRuns(Invocation invocation, OpenProject open, Verifier verifier) {
    this.invocation = invocation;
    this.open = open;
    this.verifier = verifier;
  }

  ExitCode move(RecordMove.Direction direction, String revision, boolean commit) {
    if (commit) {
      open.requireMayCommit();
    }
    RecordMove move =
        invocation.waiting("looking at the claims", () -> verifier.move(direction, revision));
    text(VerifyText.move(move, invocation.style()));
    if (move.isEmpty()) {
      return nothing();
    }
    Repair repair = new Repair(open.database(), open.settings());
    RepairPlan plan =
        repair.plan(move.invariant(open.database().dialect()), RepairOptions.standard());
    if (!commit) {
      return planned(List.of(plan));
    }
    RunReport report = run(repair, plan);
    print(plan, report, report.exitCode());
    return report.exitCode();
  }

  /** Makes true what can be made so without taking anything away, and looks again. */
  ExitCode recover() {
    open.requireMayCommit();
    Verification before = verify();
    text(VerifyText.of(before, invocation.style(), invocation.options().verbose));
    Optional<Invariant> wanted = RecoveryPlan.of(before);
    if (wanted.isEmpty()) {
      return nothing(before);
    }
    Repair repair = new Repair(open.database(), open.settings());
    RepairPlan plan = repair.plan(wanted.get(), RepairOptions.standard());
    text("\n" + PlanText.of(plan, invocation.style(), invocation.options().verbose));
    RunReport report = run(repair, plan);
    Verification after = verify();
    ExitCode exit = ExitCode.worst(List.of(report.exitCode(), after.exitCode()));
    print(plan, report, exit);
    text("\nLooked at again: ");
    text(VerifyText.of(after, invocation.style(), invocation.options().verbose));
    return exit;
  }

  /** After a backup, where the project wants one; the run's record names it. */
  private RunReport run(Repair repair, RepairPlan plan) {
    Optional<Backups.Entry> backup = TakenFirst.take(invocation, open, plan.rows() == 0);
    RunReport report = invocation.run(open.project(), repair, plan);
    backup.ifPresent(
        entry -> {
          try (Session session = open.database().openForWriting(open.settings().writing())) {
            new Backups(session, report.run().id()).add(entry);
          }
        });
    return report;
  }

  private Verification verify() {
    return invocation.waiting("looking at the catalogue", () -> verifier.verify(Further.nothing()));
  }

  private ExitCode nothing(Verification verification) {
    if (invocation.json()) {
      json(VerifyJson.of(verification));
    } else {
      text("\nNothing was written: there is nothing that can be made true without people.\n");
    }
    return verification.exitCode();
  }

  private void print(RepairPlan plan, RunReport report, ExitCode exit) {
    if (invocation.json()) {
      json(
          RunJson.runs(
              "verify",
              open.project().name(),
              open.database().label(),
              List.of(new RunJson.Done(report, OptionalLong.of(plan.violations()))),
              Optional.empty(),
              Optional.empty(),
              exit));
    } else {
      text(RunText.result(report, invocation.style()));
    }
  }

  private ExitCode nothing() {
    return planned(List.of());
  }

  private ExitCode planned(List<RepairPlan> plans) {
    ExitCode exit = ExitCode.worst(plans.stream().map(RepairPlan::exitCode).toList());
    if (invocation.json()) {
      json(
          RunJson.plans(
              "verify",
              open.project().name(),
              open.database().label(),
              plans,
              Optional.empty(),
              exit));
      return exit;
    }
    for (RepairPlan plan : plans) {
      text(PlanText.of(plan, invocation.style(), invocation.options().verbose));
      text("Nothing was written. To do it, add --commit.\n");
    }
    return exit;
  }

  private void text(String text) {
    if (!invocation.json()) {
      invocation.terminal().out().print(text);
    }
  }

  private void json(String document) {
    invocation.terminal().out().print(document);
  }
}
