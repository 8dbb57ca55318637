package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.guard.DropPlan;
import dev.plumbline.guard.GuardPlan;
import dev.plumbline.guard.Guards;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.report.GuardJson;
import dev.plumbline.report.GuardText;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb guard INVARIANT}: the triggers that keep new writes true. */
@picocli.CommandLine.Command(
    name = "guard",
    description = {
      "Shows the triggers that keep an invariant true from now on, whoever writes. With --commit"
          + " they are installed, with --drop taken away. For `derive` and `every … has …`.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false,
    footer = {
      "",
      "Exit code 0: planned, installed, or stands already. 78: no correct guard can be made; why.",
      "",
      "  plumb guard enrollment-total-lessons",
      "  plumb guard enrollment-total-lessons --commit",
      "  plumb guard enrollment-total-lessons --drop --commit"
    })
final class GuardCommand implements Command {
  private final Invocation invocation;

  @Parameters(paramLabel = "INVARIANT", description = "What to keep true.")
  String name = "";

  @Option(names = "--commit", description = "Does it. Without this nothing is written.")
  boolean commit;

  @Option(names = "--drop", description = "Takes the guard away.")
  boolean drop;

  GuardCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    try (OpenProject open = OpenProject.of(invocation)) {
      if (commit) {
        open.requireMayCommit();
      }
      Guards guards = new Guards(open.database(), open.settings());
      return drop ? drop(open, guards) : install(open, guards);
    }
  }

  private ExitCode install(OpenProject open, Guards guards) {
    Invariant invariant = open.project().invariants(List.of(name)).getFirst();
    GuardPlan plan = invocation.waiting("looking for violations", () -> guards.plan(invariant));
    if (commit) {
      guards.install(plan);
    }
    if (invocation.json()) {
      print(GuardJson.plan(open.project().name(), open.database().label(), plan, commit));
    } else if (commit) {
      print(GuardText.installed(plan, invocation.style()));
    } else {
      print(GuardText.plan(plan, invocation.style()));
      nothingWritten(!plan.nothingToDo());
    }
    return ExitCode.OK;
  }

  /** By its name alone: the invariant's file may be gone. */
  private ExitCode drop(OpenProject open, Guards guards) {
    DropPlan plan = guards.planDrop(name);
    if (commit) {
      guards.drop(plan);
    }
    if (invocation.json()) {
      print(GuardJson.plan(open.project().name(), open.database().label(), plan, commit));
    } else if (commit) {
      print(GuardText.dropped(plan, invocation.style()));
    } else {
      print(GuardText.plan(plan, invocation.style()));
      nothingWritten(plan.installed().isPresent());
    }
    return ExitCode.OK;
  }

  private void nothingWritten(boolean something) {
    if (something) {
      print("Nothing was written. To do it, add --commit.\n");
    }
  }

  private void print(String text) {
    invocation.terminal().out().print(text);
  }
}
