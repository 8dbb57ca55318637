package dev.plumbline.report;

import dev.plumbline.audit.Counts;
import dev.plumbline.guard.DropPlan;
import dev.plumbline.guard.GuardPlan;
import dev.plumbline.guard.GuardPlan.Watch;
import dev.plumbline.guard.Standing;
import dev.plumbline.guard.Standing.Finding;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Guards as text for people. */
public final class GuardText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final TextStyle style;
  private final StringBuilder text = new StringBuilder();

  private GuardText(TextStyle style) {
    this.style = style;
  }

  /** What a guard would be, with all of its SQL; ends with a line break. */
  public static String plan(GuardPlan plan, TextStyle style) {
    GuardText page = new GuardText(style);
    page.head(plan);
    page.watches(plan);
    page.notes(plan);
    if (!plan.nothingToDo()) {
      page.statements(
          "The SQL, in one transaction with its entry in the journal:", plan.statements());
    }
    return page.text.toString();
  }

  /** What came of installing it. */
  public static String installed(GuardPlan plan, TextStyle style) {
    GuardText page = new GuardText(style);
    page.line(
        switch (plan.state()) {
          case NEW -> style.green("Installed") + " the guard of " + plan.invariant().name() + ".";
          case OUTDATED ->
              style.green("Replaced")
                  + " the guard of "
                  + plan.invariant().name()
                  + ": its file had changed.";
          case DAMAGED ->
              style.green("Replaced")
                  + " the guard of "
                  + plan.invariant().name()
                  + ": it was not as it was installed.";
          case STANDS ->
              "The guard of " + plan.invariant().name() + " stands already; nothing was done.";
        });
    page.violations(plan);
    return page.text.toString();
  }

  /** What would be taken away. */
  public static String plan(DropPlan plan, TextStyle style) {
    GuardText page = new GuardText(style);
    if (plan.installed().isEmpty()) {
      page.none(plan);
    } else {
      page.line(style.bold("Plan to drop the guard of " + Printable.of(plan.invariant())));
      page.standing(plan.installed().get());
      page.line("");
      page.statements(
          "The SQL, in one transaction with its entry in the journal:", plan.statements());
    }
    return page.text.toString();
  }

  /** What came of dropping it. */
  public static String dropped(DropPlan plan, TextStyle style) {
    GuardText page = new GuardText(style);
    if (plan.installed().isEmpty()) {
      page.none(plan);
    } else {
      page.line(
          style.green("Dropped")
              + " the guard of "
              + Printable.of(plan.invariant())
              + ". From now on nothing keeps its writes true.");
    }
    return page.text.toString();
  }

  private void none(DropPlan plan) {
    line("There is no guard of " + Printable.of(plan.invariant()) + "; nothing was done.");
  }

  private void head(GuardPlan plan) {
    String name = plan.invariant().name();
    line(
        switch (plan.state()) {
          case NEW -> style.bold("Plan of a guard for " + name);
          case STANDS -> style.bold("The guard of " + name + " stands") + ": nothing to do.";
          case OUTDATED ->
              style.bold("Plan to replace the guard of " + name) + ": its file has changed.";
          case DAMAGED ->
              style.bold("Plan to replace the guard of " + name)
                  + ": it is not as it was installed.";
        });
    plan.standing().ifPresent(this::standing);
    violations(plan);
    line("");
  }

  private void standing(Standing standing) {
    line(
        "  Installed "
            + TIME.format(standing.installedAt())
            + " by "
            + Printable.of(standing.actor() + " on " + standing.host()));
    for (Finding finding : standing.findings()) {
      line(
          "  "
              + style.yellow(finding.fault().name().toLowerCase(Locale.ROOT))
              + " "
              + Printable.of(finding.object()));
    }
  }

  /** A guard keeps new writes true; rows that are wrong already stay so. */
  private void violations(GuardPlan plan) {
    Counts counts = plan.counts();
    if (counts.violations() == 0) {
      line("  The invariant holds now.");
      return;
    }
    line(
        "  "
            + style.yellow(Figures.count(counts.violations(), "violation", "violations"))
            + " now, which a guard leaves as they are until they are written.");
    line("  Repair them next: " + style.plumb() + " repair " + plan.invariant().name());
  }

  private void watches(GuardPlan plan) {
    int widest = plan.watches().stream().mapToInt(w -> w.table().length()).max().orElse(0);
    for (Watch watch : plan.watches()) {
      line(
          "  "
              + style.bold(Printable.of(watch.table()))
              + " ".repeat(widest - watch.table().length())
              + "  on "
              + watch.events());
      line("  " + " ".repeat(widest) + "  " + Printable.of(watch.effect()));
    }
    line("");
  }

  private void notes(GuardPlan plan) {
    plan.notes().forEach(note -> line("  Note: " + Printable.of(note)));
    if (!plan.notes().isEmpty()) {
      line("");
    }
  }

  private void statements(String head, List<String> statements) {
    line("  " + head);
    for (String statement : statements) {
      line("");
      (statement + ";").lines().forEach(sql -> line("    " + style.dim(Printable.of(sql))));
    }
    line("");
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
