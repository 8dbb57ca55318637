package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.repair.Repair;
import dev.plumbline.repair.RepairOptions;
import dev.plumbline.repair.RepairPlan;
import dev.plumbline.report.PlanText;
import dev.plumbline.report.RunJson;
import dev.plumbline.report.RunText;
import dev.plumbline.report.VerifyText;
import dev.plumbline.verify.RecordMove;
import dev.plumbline.verify.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Moves another tool's record: planned first, then a run like any other, which can be undone. */
final class VerifyMoves {
  private final Invocation invocation;
  private final OpenProject open;
  private final Verifier verifier;

  VerifyMoves(Invocation invocation, OpenProject open, Verifier verifier) {
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
    Repair repair = new Repair(open.database(), open.settings());
    Invariant invariant = move.invariant(open.database().dialect());
    RepairPlan plan = repair.plan(invariant, RepairOptions.standard());
    if (!commit || move.isEmpty()) {
      return planned(plan, move);
    }
    RunReport report = invocation.run(repair, plan);
    if (invocation.json()) {
      json(
          RunJson.runs(
              "verify",
              open.project().name(),
              open.database().label(),
              List.of(new RunJson.Done(report, OptionalLong.of(plan.violations()))),
              Optional.empty(),
              Optional.empty(),
              report.exitCode()));
    } else {
      text(RunText.result(report, invocation.style()));
    }
    return report.exitCode();
  }

  private ExitCode planned(RepairPlan plan, RecordMove move) {
    if (invocation.json()) {
      json(
          RunJson.plans(
              "verify",
              open.project().name(),
              open.database().label(),
              List.of(plan),
              Optional.empty(),
              plan.exitCode()));
    } else if (!move.isEmpty()) {
      text(PlanText.of(plan, invocation.style(), invocation.options().verbose));
      text("Nothing was written. To do it, add --commit.\n");
    }
    return plan.exitCode();
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
