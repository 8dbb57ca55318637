package dev.plumbline.report;

import dev.plumbline.audit.Counts;
import dev.plumbline.repair.RepairPlan;
import dev.plumbline.repair.RepairPlan.Cell;
import dev.plumbline.repair.RepairPlan.PlannedStep;
import dev.plumbline.repair.RepairPlan.Sample;
import java.util.List;
import java.util.stream.Collectors;

/** What a repair would do, as text for people. */
public final class PlanText {
  private static final int WIDEST_SAMPLE = 200;

  private final TextStyle style;
  private final boolean statements;
  private final StringBuilder text = new StringBuilder();

  private PlanText(TextStyle style, boolean statements) {
    this.style = style;
    this.statements = statements;
  }

  /**
   * The plan; ends with a line break.
   *
   * @param statements whether to show the SQL of a batch to the letter
   */
  public static String of(RepairPlan plan, TextStyle style, boolean statements) {
    PlanText page = new PlanText(style, statements);
    page.plan(plan);
    return page.text.toString();
  }

  private void plan(RepairPlan plan) {
    line(style.bold("Plan for " + plan.invariant().name()));
    plan.invariant().terms().says().ifPresent(says -> line("  " + Printable.of(says.strip())));
    plan.before()
        .counts()
        .ifPresent(counts -> line("  " + CountsText.line(plan.invariant(), counts)));
    line("");
    if (plan.violations() == 0) {
      line("  " + nothing(plan.before().counts().map(Counts::violations).orElse(0L)));
    } else {
      steps(plan);
      line("  How: " + Printable.of(plan.reason()) + ".");
      statements(plan);
    }
    plan.notes().forEach(note -> line("  Note: " + Printable.of(note)));
    if (plan.hopeless() > 0) {
      line(
          "  "
              + style.yellow(
                  Figures.count(plan.hopeless(), "violation", "violations")
                      + " will remain: no step changes them."));
    }
    line("");
  }

  private static String nothing(long violations) {
    return violations == 0
        ? "Nothing to do: nothing violates it."
        : "Nothing can be done: no violation has a key by which it could be repaired.";
  }

  private void steps(RepairPlan plan) {
    int number = 0;
    for (PlannedStep step : plan.steps()) {
      number++;
      line(
          "  "
              + number
              + ". "
              + Changes.planned(step.change(), step.rows(), step.object())
              + " "
              + style.bold(Printable.of(step.table())));
      step.summary().lines().forEach(summary -> line("       " + Printable.of(summary)));
      samples(plan, step);
      line("");
    }
  }

  private void statements(RepairPlan plan) {
    if (!statements) {
      line(style.dim("  The SQL of a batch to the letter: --verbose"));
      return;
    }
    line("  The SQL of a batch, in one transaction with its before-images:");
    for (PlannedStep step : plan.steps()) {
      for (String statement : step.statements()) {
        statement.lines().forEach(sql -> line("       " + style.dim(Printable.of(sql))));
      }
    }
    line("");
  }

  private void samples(RepairPlan plan, PlannedStep step) {
    List<Sample> samples =
        plan.samples().stream()
            .filter(s -> s.change() == step.change() && s.table().equals(step.table()))
            .toList();
    samples.forEach(sample -> line("     · " + sample(sample)));
    if (!samples.isEmpty() && step.rows() > samples.size()) {
      line("     … and " + Figures.count(step.rows() - samples.size()) + " more");
    }
  }

  private static String sample(Sample sample) {
    String cells = sample.cells().stream().map(PlanText::cell).collect(Collectors.joining(", "));
    String line = sample.key().isEmpty() ? cells : sample.key() + ": " + cells;
    return Printable.cut(Printable.of(line), WIDEST_SAMPLE);
  }

  private static String cell(Cell cell) {
    if (cell.before().isPresent() && cell.after().isPresent()) {
      return cell.column() + " " + cell.before().get() + " → " + cell.after().get();
    }
    return cell.column() + " = " + cell.before().or(cell::after).orElse("NULL");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
