package dev.plumbline.report;

import dev.plumbline.journal.Steps;
import dev.plumbline.migration.ChecklistPoint;
import dev.plumbline.migration.Done;
import dev.plumbline.migration.History;
import dev.plumbline.migration.Hold;
import dev.plumbline.migration.Migration;
import dev.plumbline.migration.MigrationPlan;
import dev.plumbline.migration.MigrationPlan.Expected;
import dev.plumbline.migration.MigrationPlan.PlannedPart;
import dev.plumbline.migration.MigrationPlan.PlannedStatement;
import dev.plumbline.migration.Part;
import dev.plumbline.migration.TableLock;
import dev.plumbline.migration.UndoPlan;
import dev.plumbline.migration.UndoPlan.PlannedUndo;
import dev.plumbline.repair.RepairPlan;
import dev.plumbline.rollback.RollbackPlan;
import dev.plumbline.run.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Migrations as text for people: what one will do, what it did, how it is taken back. */
public final class MigrationText {
  private static final String INDENT = " ".repeat(14);

  private final TextStyle style;
  private final StringBuilder text = new StringBuilder();

  private MigrationText(TextStyle style) {
    this.style = style;
  }

  /** What a migration will do. */
  public static String plan(MigrationPlan plan, TextStyle style) {
    MigrationText page = new MigrationText(style);
    page.title(
        plan.migration().label(),
        plan.standing().map(History.Entry::state).map(MigrationText::standing).orElse(""));
    plan.holds().forEach(page::hold);
    page.checklist(plan.migration());
    plan.migration().probes().ifPresent(page::probed);
    plan.parts().forEach(page::part);
    if (plan.parts().isEmpty()) {
      page.line("    " + style.yellow("nothing: the file has no statement and no step"));
    }
    page.line("");
    return page.text.toString();
  }

  /** What people have left open; it keeps nobody from applying the migration. */
  private void checklist(Migration migration) {
    String open =
        migration.checklist().stream()
            .filter(ChecklistPoint::open)
            .map(point -> point.kind().word())
            .collect(Collectors.joining(", "));
    if (!open.isEmpty()) {
      line(label("open", false) + style.yellow(open) + " of the checklist");
    }
  }

  private void probed(Migration.ProbesName probes) {
    line(
        label("probes", false)
            + "the service is probed before and after, by "
            + Printable.of("probes/" + probes.name() + ".yaml"));
  }

  private void hold(Hold hold) {
    line(
        label("phase", false)
            + style.red(
                Printable.of(
                    hold.phase() + " is not done: " + hold.why() + "; it would not begin")));
  }

  private static String standing(History.State state) {
    return switch (state) {
      case UNDONE -> "was taken back before";
      case APPLIED, RUNNING, BACKFILLING, PAUSED, INTERRUPTED, FAILED, UNDOING ->
          "goes on: " + state.name().toLowerCase(Locale.ROOT);
    };
  }

  /** What taking a migration back will do. */
  public static String undo(UndoPlan plan, TextStyle style) {
    MigrationText page = new MigrationText(style);
    page.title(
        "Taking back " + plan.migration().label(),
        (plan.entry().run().state() == RunState.SUCCEEDED ? "applied" : "begun")
            + " by run "
            + plan.entry().run().id());
    plan.parts().forEach(page::undo);
    page.line("");
    return page.text.toString();
  }

  private void title(String title, String remark) {
    line(style.bold(Printable.of(title)) + (remark.isEmpty() ? "" : style.dim("  " + remark)));
  }

  private void part(PlannedPart part) {
    part.expected().forEach(expected -> expected(expected, part.part()));
    switch (part.part()) {
      case Part.Expect expect -> {}
      case Part.Sql sql -> sql(part, sql);
      case Part.Backfill backfill -> backfill(part, backfill);
      case Part.Verify verify ->
          step(part, "nothing may violate " + verify.about() + ", else it stops here");
      case Part.TakeBack back -> {
        step(part, "restore what " + back.about() + " changed");
        part.unknown().ifPresent(why -> line(INDENT + why));
      }
    }
  }

  private void expected(Expected expected, Part part) {
    String rows = expected.expectation().rows().text() + " rows violate ";
    String there =
        expected.actual().isEmpty()
            ? style.dim(
                part instanceof Part.Expect
                    ? "counted before anything is changed"
                    : "counted in the schema step's transaction")
            : expected.off()
                ? style.red(
                    "there are "
                        + Figures.count(expected.actual().getAsLong())
                        + ": it would stop before any change")
                : "there are " + Figures.count(expected.actual().getAsLong());
    line(
        label("expect", false)
            + rows
            + expected.expectation().invariant().invariant()
            + " · "
            + there);
  }

  private void sql(PlannedPart part, Part.Sql sql) {
    step(
        part,
        sql.alone()
            ? "on its own, since it cannot run in a transaction"
            : Figures.count(sql.statements().size(), "statement", "statements")
                + " in a transaction with its record");
    if (!part.done()) {
      part.statements().forEach(this::statement);
    }
  }

  private void statement(PlannedStatement planned) {
    line(INDENT + style.dim(Printable.of(planned.statement().summary())));
    for (TableLock lock : planned.locks()) {
      String words =
          "locks "
              + Printable.of(lock.table())
              + ", keeps waiting: "
              + lock.mode().blocks()
              + " ("
              + lock.mode().words()
              + ")";
      line(INDENT + "  " + (lock.mode().disturbs() ? style.yellow(words) : style.dim(words)));
    }
  }

  private void backfill(PlannedPart part, Part.Backfill backfill) {
    String what = part.backfill().map(MigrationText::changes).or(part::unknown).orElse("");
    step(part, backfill.about() + (what.isEmpty() ? "" : ": " + what));
    part.backfill()
        .filter(plan -> plan.hopeless() > 0)
        .ifPresent(
            plan ->
                line(
                    INDENT
                        + style.red(
                            Figures.count(plan.hopeless(), "violation", "violations")
                                + " would remain, and it would stop here")));
  }

  private static String changes(RepairPlan plan) {
    return plan.violations() == 0
        ? "nothing violates it"
        : plan.steps().stream()
                .map(s -> Changes.planned(s.change(), s.rows(), s.object()) + " " + s.table())
                .collect(Collectors.joining(", "))
            + ", in batches that can be taken back";
  }

  private void undo(PlannedUndo planned) {
    part(planned.part());
    planned
        .rollback()
        .ifPresent(
            plan -> {
              line(INDENT + restored(plan));
              if (plan.conflicts() > 0) {
                line(
                    INDENT
                        + style.yellow(
                            Figures.count(plan.conflicts(), "row", "rows")
                                + " kept, as others have changed them since"));
              }
            });
  }

  private static String restored(RollbackPlan plan) {
    return Figures.count(plan.restored(), "row", "rows")
        + " get their old values again"
        + (plan.already() == 0 ? "" : ", " + Figures.count(plan.already()) + " have them already");
  }

  private void step(PlannedPart part, String what) {
    String line = label(part.part().step(), part.done()) + Printable.of(what);
    line(part.done() ? style.dim(line + " · done") : line);
  }

  private static String label(String step, boolean done) {
    return (done ? "  ✓ " : "    ") + String.format(Locale.ROOT, "%-10s", step);
  }

  /** A part as the journal has it. */
  public static String step(Steps.Entry entry, TextStyle style) {
    String evidence = entry.evidence().filter(e -> !e.isEmpty()).map(e -> " · " + e).orElse("");
    return (entry.done() ? style.green("  ✓ ") : style.yellow("  · "))
        + String.format(Locale.ROOT, "%-10s", entry.step())
        + Printable.of(entry.about() + evidence)
        + "\n";
  }

  /** The migration's name, before its parts are done. */
  public static String begins(String name, TextStyle style) {
    return style.bold(Printable.of(name)) + "\n";
  }

  /** How it ended. */
  public static String end(Done done, TextStyle style) {
    long run = done.report().run().id();
    RunState state = done.report().run().state();
    boolean undo = done.report().run().plan().reverts().isPresent();
    String took =
        done.report()
            .run()
            .finishedAt()
            .flatMap(end -> done.report().run().startedAt().map(s -> Duration.between(s, end)))
            .map(time -> ", " + Figures.time(time))
            .orElse("");
    return switch (state) {
      case SUCCEEDED ->
          "  "
              + style.green(undo ? "Taken back" : "Applied and proven")
              + " (run "
              + run
              + took
              + ")."
              + (undo ? "" : " To take it back: " + style.plumb() + " undo")
              + "\n"
              + kept(done, style);
      case PLANNED, RUNNING, PAUSING, PAUSED, VERIFYING, FAILED, CANCELLING, CANCELLED ->
          "  "
              + style.yellow("Stopped (" + state.word() + ").")
              + " To go on: "
              + style.plumb()
              + (undo ? " undo" : " migrate")
              + " --commit\n";
    };
  }

  private static String kept(Done done, TextStyle style) {
    return done.conflicts() == 0
        ? ""
        : "  "
            + style.yellow(
                Figures.count(done.conflicts(), "row was", "rows were")
                    + " kept, as others have changed "
                    + (done.conflicts() == 1 ? "it" : "them")
                    + " since.")
            + "\n";
  }

  /** What is looked at again before anything else is applied. */
  public static String unsettled(History.Entry entry, TextStyle style) {
    return style.bold(Printable.of(entry.file()))
        + style.dim("  applied by run " + entry.run().id())
        + "\n"
        + label("probes", false)
        + style.red(Printable.of(entry.complaint().orElse("")))
        + "\n"
        + INDENT
        + "it is probed again before anything else is applied\n\n";
  }

  /** When there is nothing to apply. */
  public static String nothing(List<History.Entry> applied) {
    return applied.isEmpty()
        ? "Nothing to do: there are no migrations.\n"
        : "Nothing to do: "
            + (applied.size() == 1
                ? "the migration is"
                : "all " + applied.size() + " migrations are")
            + " applied.\n";
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
