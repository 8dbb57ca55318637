package dev.plumbline.report;

import dev.plumbline.journal.Run;
import dev.plumbline.transform.DocumentRollbackPlan;
import dev.plumbline.transform.DocumentRollbackPlan.Kept;
import dev.plumbline.transform.DocumentRollbackReport;
import java.util.List;
import java.util.OptionalLong;

/** What taking documents back would do, and what it did, as text for people. */
public final class DocumentRollbackText {
  private static final int LISTED = 10;
  private static final int WIDEST = 240;

  private final StringBuilder text = new StringBuilder();

  private DocumentRollbackText() {}

  /** The plan; ends with a line break. */
  public static String plan(DocumentRollbackPlan plan, TextStyle style) {
    DocumentRollbackText page = new DocumentRollbackText();
    page.line(
        style.bold(
            "Plan to take back run " + plan.run().name() + " of " + plan.run().plan().invariant()));
    page.line("  " + Printable.of(plan.place()));
    page.line(
        "  "
            + Figures.count(plan.restored(), "document", "documents")
            + " restored · "
            + some(plan.inPart(), "restored in part")
            + Figures.count(plan.already())
            + " as before already · "
            + (plan.options().merge() ? Figures.count(plan.merged()) + " merged · " : "")
            + Figures.count(plan.conflicts())
            + " changed since, kept");
    page.line("");
    page.list("Merged into the old shape:", plan.mergedPaths(), plan.merged());
    page.list(style.yellow("Kept, wholly or in part:"), plan.kept(), plan.keeping());
    plan.active().ifPresent(run -> page.active(run, style));
    return page.text.toString();
  }

  /** What has to come to its end first. */
  private void active(Run run, TextStyle style) {
    OptionalLong reverts = run.plan().reverts();
    line(
        "  "
            + style.yellow(
                "Run "
                    + run.name()
                    + (reverts.isPresent()
                        ? ", a rollback of " + run.named(reverts.getAsLong()) + ","
                        : "")
                    + " is "
                    + (run.interrupted() ? "interrupted" : run.state().word())
                    + ": until it has ended, no other begins."));
    line(
        "  "
            + (run.leaseLive() ? "Wait for it" : "Go on with it: plumb resume " + run.name())
            + ", or end it: plumb cancel "
            + run.name());
    line("");
  }

  /** One of the numbers in a row of them, where there is anything to count. */
  private static String some(long number, String what) {
    return number > 0 ? Figures.count(number) + " " + what + " · " : "";
  }

  private void list(String heading, List<Kept> documents, long all) {
    if (documents.isEmpty()) {
      return;
    }
    line("  " + heading);
    for (Kept one : documents.subList(0, Math.min(LISTED, documents.size()))) {
      line("    · " + Printable.cut(Printable.of(one.id() + ": " + one.sentence()), WIDEST));
    }
    if (all > LISTED) {
      line("    … and " + Figures.count(all - LISTED) + " more");
    }
    line("");
  }

  /** What a rollback did, and what to do next. */
  public static String result(DocumentRollbackReport report, TextStyle style) {
    DocumentRollbackText page = new DocumentRollbackText();
    page.line(
        "  "
            + Figures.count(report.restored(), "document", "documents")
            + " restored · "
            + some(report.inPart(), "restored in part")
            + some(report.left(), "failed, not looked at or as before already")
            + (report.left() > 0 ? "" : Figures.count(report.already()) + " as before already · ")
            + some(report.merged(), "merged")
            + Figures.count(report.conflicts())
            + " changed since, kept");
    report
        .folder()
        .ifPresent(
            folder ->
                page.line(
                    "  Summary: "
                        + Printable.of(folder.resolve("rollback-summary.json").toString())));
    return RunText.result(report.run(), style, page.text.toString());
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
