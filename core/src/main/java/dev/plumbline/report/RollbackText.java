package dev.plumbline.report;

import dev.plumbline.rollback.RollbackPlan;
import dev.plumbline.rollback.RollbackPlan.Cell;
import dev.plumbline.rollback.RollbackPlan.Outcome;
import dev.plumbline.rollback.RollbackPlan.PlannedStep;
import dev.plumbline.rollback.RollbackPlan.Sample;
import java.util.List;
import java.util.stream.Collectors;

/** What a rollback would do, as text for people. */
public final class RollbackText {
  private static final int WIDEST_SAMPLE = 200;

  private final TextStyle style;
  private final StringBuilder text = new StringBuilder();

  private RollbackText(TextStyle style) {
    this.style = style;
  }

  /**
   * The plan; ends with a line break.
   *
   * @param statements whether to show the SQL of a batch to the letter
   */
  public static String of(RollbackPlan plan, TextStyle style, boolean statements) {
    RollbackText page = new RollbackText(style);
    page.plan(plan);
    if (statements) {
      page.statements(plan);
    }
    return page.text.toString();
  }

  private void plan(RollbackPlan plan) {
    line(
        style.bold(
            "Plan to take back run " + plan.run().id() + " of " + plan.run().plan().invariant()));
    line(
        "  "
            + Figures.count(plan.restored(), "row", "rows")
            + " restored"
            + (plan.inPart() > 0 ? ", " + Figures.count(plan.inPart()) + " of them in part" : "")
            + " · "
            + Figures.count(plan.already())
            + " as before already · "
            + Figures.count(plan.conflicts())
            + " changed since, kept");
    line("");
    plan.steps().forEach(step -> step(plan, step));
    if (!plan.notes().isEmpty()) {
      plan.notes().forEach(note -> line("  Note: " + Printable.of(note)));
      line("");
    }
  }

  private void step(RollbackPlan plan, PlannedStep step) {
    line(
        "  "
            + Changes.planned(step.change(), step.restored(), step.object())
            + " "
            + style.bold(Printable.of(step.table())));
    step.summary().lines().forEach(summary -> line("       " + Printable.of(summary)));
    List<Sample> samples = plan.samples().stream().filter(s -> s.step() == step.step()).toList();
    samples.stream()
        .filter(sample -> sample.outcome() != Outcome.CONFLICT)
        .forEach(sample -> line("     · " + sample(sample)));
    samples.stream()
        .filter(sample -> sample.outcome() == Outcome.CONFLICT)
        .forEach(sample -> line("     " + style.yellow("conflict") + " " + conflict(sample)));
    line("");
  }

  /** The reason alone, where no value shows it. */
  private String conflict(Sample sample) {
    String why = Printable.of(sample.why());
    return sample.cells().isEmpty() ? why : sample(sample) + style.dim(" (" + why + ")");
  }

  private static String sample(Sample sample) {
    String cells =
        sample.cells().stream().map(RollbackText::cell).collect(Collectors.joining(", "));
    return Printable.cut(Printable.of(sample.key() + ": " + cells), WIDEST_SAMPLE);
  }

  private static String cell(Cell cell) {
    String now = cell.now().orElse("(no row)");
    return switch (cell.outcome()) {
      case RESTORED -> cell.column() + " " + now + " → " + cell.before().orElse("(no row)");
      case ALREADY -> cell.column() + " is " + now;
      case CONFLICT ->
          cell.column() + " is " + now + ", the run wrote " + cell.after().orElse("(no row)");
    };
  }

  private void statements(RollbackPlan plan) {
    line("  The SQL of a batch, in one transaction with its before-images:");
    for (PlannedStep step : plan.steps()) {
      for (String statement : step.statements()) {
        statement.lines().forEach(sql -> line("       " + style.dim(Printable.of(sql))));
      }
    }
    line("");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
