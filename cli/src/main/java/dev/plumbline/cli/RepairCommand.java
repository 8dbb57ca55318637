package dev.plumbline.cli;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.AuditReport;
import dev.plumbline.audit.Auditor;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.project.RunSettings;
import dev.plumbline.repair.Repair;
import dev.plumbline.repair.RepairOptions;
import dev.plumbline.repair.RepairPlan;
import dev.plumbline.report.AuditText;
import dev.plumbline.report.Figures;
import dev.plumbline.report.PlanText;
import dev.plumbline.report.RunJson;
import dev.plumbline.report.RunJson.Done;
import dev.plumbline.report.RunText;
import dev.plumbline.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb repair}: the plan, or with {@code --commit} a run for each invariant. */
@picocli.CommandLine.Command(
    name = "repair",
    description = {
      "Shows what would make the invariants hold: the steps with counts, SQL and samples. With"
          + " --commit it is done, each invariant in a run of its own, and verified by a fresh"
          + " audit.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false,
    footer = {
      "",
      "Exit code 0: planned, or repaired and verified. 2: violations remain. 75: busy, or paused.",
      "",
      "  plumb repair enrollment-total-lessons",
      "  plumb repair enrollment-total-lessons --where \"user_id = 7\" --commit"
    })
final class RepairCommand implements Command {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "INVARIANT",
      arity = "1..*",
      description = "What to make hold, in order.")
  List<String> names = List.of();

  @Option(names = "--commit", description = "Does it. Without this nothing is written.")
  boolean commit;

  @Mixin ScopeOptions scope = new ScopeOptions();

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "The rows of a batch (default: found by the time that a batch takes).")
  @Nullable Integer batchSize;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "How many batches at once (default: the project's, else 1).")
  @Nullable Integer workers;

  RepairCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    require("--batch-size", batchSize, RunSettings.LARGEST_BATCH, 1000);
    require("--workers", workers, RunSettings.MOST_WORKERS, 2);
    scope.scope();
    try (OpenProject open = OpenProject.of(invocation)) {
      List<Invariant> invariants = open.project().invariants(names.stream().distinct().toList());
      if (!commit) {
        return plan(open, invariants);
      }
      open.requireMayCommit();
      return commit(open, invariants);
    }
  }

  private static void require(String option, @Nullable Integer value, int most, int example) {
    if (value != null && (value < 1 || value > most)) {
      throw UsageErrors.usage(
          String.format(Locale.ROOT, "%s is a number from 1 to %,d.", option, most),
          "Write such as " + option + " " + example);
    }
  }

  private ExitCode plan(OpenProject open, List<Invariant> invariants) {
    List<RepairPlan> plans = new ArrayList<>();
    Optional<PlumblineException> error =
        stoppedBy(() -> plan(open, invariants, plans), () -> plans.isEmpty());
    ExitCode exit = worst(plans.stream().map(RepairPlan::exitCode), error);
    if (invocation.json()) {
      json(
          RunJson.plans(
              "repair", open.project().name(), open.database().label(), plans, error, exit));
    } else if (plans.stream().anyMatch(plan -> plan.rows() > 0)) {
      text("Nothing was written. To do it, add --commit.\n");
    }
    return exit;
  }

  private void plan(OpenProject open, List<Invariant> invariants, List<RepairPlan> plans) {
    Repair repair = new Repair(open.database(), open.settings());
    for (Invariant invariant : invariants) {
      RepairPlan plan = plan(open, repair, invariant);
      plans.add(plan);
      text(PlanText.of(plan, invocation.style(), invocation.options().verbose));
    }
  }

  private RepairPlan plan(OpenProject open, Repair repair, Invariant invariant) {
    return invocation.waiting(
        "looking for violations", () -> repair.plan(invariant, options(open, invariant)));
  }

  private ExitCode commit(OpenProject open, List<Invariant> invariants) {
    List<Done> done = new ArrayList<>();
    List<AuditReport> audits = new ArrayList<>();
    Optional<PlumblineException> error =
        stoppedBy(
            () -> {
              repair(open, invariants, done);
              audit(open, invariants).ifPresent(audits::add);
            },
            () -> done.isEmpty());
    Optional<AuditReport> audit = audits.stream().findFirst();
    ExitCode exit =
        worst(
            Stream.concat(
                done.stream().map(d -> d.report().exitCode()),
                audit.stream().map(AuditReport::exitCode)),
            error);
    if (invocation.json()) {
      json(
          RunJson.runs(
              "repair", open.project().name(), open.database().label(), done, audit, error, exit));
    }
    return exit;
  }

  private void repair(OpenProject open, List<Invariant> invariants, List<Done> done) {
    Repair repair = new Repair(open.database(), open.settings());
    if (invariants.size() > 1 && !scope.scope().isWhole()) {
      // A flag that one of them does not take is wrong usage, and then nothing may have been done.
      invariants.forEach(invariant -> plan(open, repair, invariant));
    }
    for (Invariant invariant : invariants) {
      text(done.isEmpty() ? "" : "\n");
      RepairPlan plan = plan(open, repair, invariant);
      RunReport report = run(open, repair, plan);
      done.add(new Done(report, OptionalLong.of(plan.violations())));
      text(RunText.result(report, invocation.style()));
      if (report.run().state() == RunState.PAUSED || report.run().state() == RunState.CANCELLED) {
        break; // somebody said stop
      }
    }
  }

  /**
   * Does something that may end early, and returns why it did. As text each result is printed as it
   * comes, and the error after it; JSON is one document, which must hold both.
   *
   * @param nothing whether there is no result yet, so that the error is the whole document
   */
  private Optional<PlumblineException> stoppedBy(Runnable work, BooleanSupplier nothing) {
    try {
      work.run();
      return Optional.empty();
    } catch (PlumblineException e) {
      if (!invocation.json() || nothing.getAsBoolean()) {
        throw e;
      }
      if (invocation.options().verbose) {
        e.printStackTrace(invocation.terminal().err());
      }
      return Optional.of(e);
    }
  }

  private static ExitCode worst(Stream<ExitCode> done, Optional<PlumblineException> error) {
    return ExitCode.worst(
        Stream.concat(done, error.stream().map(e -> ExitCode.of(e.code()))).toList());
  }

  private RunReport run(OpenProject open, Repair repair, RepairPlan plan) {
    text(
        "Repairing "
            + plan.invariant().name()
            + ": "
            + Figures.count(plan.violations(), "violation", "violations")
            + "\n");
    invocation.terminal().out().flush();
    return invocation.run(open.project(), repair, plan);
  }

  /** Repairs may touch each other's rows, so several are looked at together in the end. */
  private Optional<AuditReport> audit(OpenProject open, List<Invariant> invariants) {
    if (invariants.size() < 2) {
      return Optional.empty();
    }
    AuditReport report =
        new Auditor(open.database(), open.reading())
            .audit(open.project().name(), invariants, AuditOptions.standard());
    text("\n" + AuditText.of(report, invocation.style(), Invocation::source));
    return Optional.of(report);
  }

  /** The flag, else the invariant's own, else the project's. */
  private RepairOptions options(OpenProject open, Invariant invariant) {
    Optional<Integer> size =
        Optional.ofNullable(batchSize)
            .or(() -> invariant.terms().batch())
            .or(() -> open.project().run().batchSize());
    int atOnce = Optional.ofNullable(workers).or(() -> open.project().run().workers()).orElse(1);
    return new RepairOptions(
        scope.scope(), size.map(OptionalInt::of).orElse(OptionalInt.empty()), atOnce);
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
