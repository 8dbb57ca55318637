package dev.plumbline.report;

import dev.plumbline.audit.Verdict;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Problem;
import dev.plumbline.guard.Standing;
import dev.plumbline.journal.Run;
import dev.plumbline.migration.ChecklistPoint;
import dev.plumbline.migration.History;
import dev.plumbline.migration.Hold;
import dev.plumbline.status.InvariantLine;
import dev.plumbline.status.MigrationLine;
import dev.plumbline.status.PhaseLine;
import dev.plumbline.status.Status;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** Where a project stands, as one screen for people. */
public final class StatusText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Applied migrations that are listed; older ones are counted. */
  private static final int RECENT = 3;

  private final TextStyle style;
  private final StringBuilder text = new StringBuilder();

  private StatusText(TextStyle style) {
    this.style = style;
  }

  /** The screen; ends with a line break. */
  public static String of(Status status, TextStyle style) {
    StatusText page = new StatusText(style);
    page.line(style.bold(status.project()) + style.dim(" · " + status.database()));
    page.migrations(status.migrations());
    page.problems(status.problems());
    page.phases(status.phases());
    page.invariants(status.invariants());
    page.runs(status.runs());
    page.guards(status.guards());
    page.next(status);
    return page.text.toString();
  }

  private void migrations(List<MigrationLine> migrations) {
    List<MigrationLine> applied = migrations.stream().filter(m -> isApplied(m)).toList();
    long pending = migrations.stream().filter(MigrationLine::pending).count();
    heading(
        "Migrations",
        migrations.isEmpty()
            ? "none"
            : Figures.count(applied.size()) + " applied, " + Figures.count(pending) + " pending");
    List<MigrationLine> quiet = applied.stream().filter(m -> complaint(m).isEmpty()).toList();
    int older = Math.max(0, quiet.size() - RECENT);
    if (older > 0) {
      line("  " + style.dim("… and " + Figures.count(older) + " applied before"));
    }
    List<MigrationLine> old = quiet.subList(0, older);
    migrations.stream().filter(m -> !old.contains(m)).forEach(this::migration);
  }

  private static boolean isApplied(MigrationLine line) {
    return line.standing().filter(e -> e.state() == History.State.APPLIED).isPresent();
  }

  private static Optional<String> complaint(MigrationLine line) {
    return line.standing().flatMap(History.Entry::complaint);
  }

  private void migration(MigrationLine line) {
    row(
        line.standing().map(e -> state(e.state())).orElse("  pending"),
        line.file(),
        line.standing().map(StatusText::by).orElse("")
            + line.next().map(part -> ", at " + part.step() + ": " + part.about()).orElse("")
            + open(line));
    line.standing()
        .filter(e -> e.state() == History.State.FAILED)
        .flatMap(e -> e.run().error())
        .or(() -> complaint(line))
        .ifPresent(error -> line("              " + style.red(Printable.of(firstLine(error)))));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private String state(History.State state) {
    String word = state.name().toLowerCase(Locale.ROOT);
    return switch (state) {
      case APPLIED -> style.green("✓ " + word);
      case FAILED -> style.red("✗ " + word);
      case RUNNING, BACKFILLING, PAUSED, INTERRUPTED, UNDOING -> style.yellow("! " + word);
      case UNDONE -> "  pending";
    };
  }

  private static String open(MigrationLine line) {
    if (line.open().isEmpty()) {
      return "";
    }
    String words =
        line.open().stream().map(ChecklistPoint.Kind::word).collect(Collectors.joining(", "));
    return (line.pending() ? "" : " · ") + "open: " + words;
  }

  private static String by(History.Entry entry) {
    return (entry.state() == History.State.UNDONE ? "taken back by " : "")
        + by(entry.undo().orElse(entry.run()));
  }

  private static String by(Run run) {
    return "run "
        + run.id()
        + ", "
        + time(run.finishedAt().orElse(run.createdAt()))
        + " by "
        + run.actor()
        + " on "
        + run.host();
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  private void problems(List<Problem> problems) {
    for (Problem problem : problems) {
      line("  " + style.red("✗ " + Printable.of(problem.position() + ": " + problem.what())));
      problem.suggestion().ifPresent(s -> line("    " + Printable.of(s)));
    }
  }

  private void phases(List<PhaseLine> phases) {
    if (phases.isEmpty()) {
      return; // most projects have no plan
    }
    heading("Phases", "");
    for (PhaseLine line : phases) {
      String state =
          switch (line.state()) {
            case DONE -> style.green("✓ done");
            case PRESENT -> style.yellow("→ here");
            case LATER -> "  later";
          };
      row(state, line.phase().name(), line.phase().says().orElse(""));
      for (Hold hold : line.holds()) {
        line("              " + style.yellow("held: " + Printable.of(hold.why())));
      }
    }
  }

  private void invariants(List<InvariantLine> lines) {
    heading("Invariants", lines.isEmpty() ? "none" : "");
    lines.forEach(line -> row(verdict(line), line.name(), seen(line)));
  }

  private String verdict(InvariantLine line) {
    if (line.verdict().isEmpty()) {
      return style.dim("  unknown");
    }
    Verdict verdict = line.verdict().get();
    return switch (verdict) {
      case HOLDS -> style.green("✓ holds");
      case WARNS -> style.yellow("! warns");
      case VIOLATED -> style.red("✗ violated");
      case BLIND -> style.red("? blind");
    };
  }

  private static String seen(InvariantLine line) {
    String count =
        line.violations().isPresent() && line.violations().getAsLong() > 0
            ? Figures.count(line.violations().getAsLong(), "violation, ", "violations, ")
            : "";
    if (line.error().isPresent()) {
      return line.error().map(PlumblineException::what).map(StatusText::firstLine).orElse("");
    }
    if (line.fresh()) {
      return count + "looked at just now";
    }
    return line.verdict().isEmpty()
        ? line.run().isPresent()
            ? "taken back by run " + line.run().getAsLong()
            : "never verified here"
        : count
            + "when run "
            + line.run().orElse(0)
            + " verified it, "
            + line.at().map(StatusText::time).orElse("");
  }

  private void runs(List<Run> runs) {
    heading("Runs in progress", runs.isEmpty() ? "none" : "");
    for (Run run : runs) {
      String state = run.interrupted() ? "interrupted" : run.state().word();
      row(
          run.interrupted() ? style.yellow("! " + state) : "  " + state,
          "run " + run.id() + " " + run.plan().invariant(),
          run.plan().kind().name().toLowerCase(Locale.ROOT)
              + ", "
              + Figures.count(run.changed(), "row", "rows")
              + " changed, begun "
              + time(run.createdAt())
              + " by "
              + run.actor());
    }
  }

  private void guards(List<Standing> guards) {
    heading("Guards", guards.isEmpty() ? "none" : "");
    for (Standing guard : guards) {
      row(
          guard.intact() ? style.green("✓ stands") : style.red("✗ broken"),
          guard.invariant(),
          "installed " + time(guard.installedAt()) + " by " + guard.actor());
      guard
          .findings()
          .forEach(
              f ->
                  line(
                      "              "
                          + style.red(
                              f.fault().name().toLowerCase(Locale.ROOT)
                                  + ": "
                                  + Printable.of(f.object()))));
    }
  }

  private void next(Status status) {
    List<String> next = new ArrayList<>();
    status.migrations().forEach(line -> line.standing().ifPresent(e -> stopped(e, next)));
    status.guards().stream()
        .filter(guard -> !guard.intact())
        .forEach(guard -> next.add("plumb guard " + guard.invariant()));
    status.runs().stream()
        .filter(run -> run.interrupted() && !run.plan().kind().hasSteps())
        .forEach(run -> next.add("plumb resume " + run.id()));
    status.phases().stream()
        .flatMap(line -> line.holds().stream())
        .filter(hold -> next.isEmpty())
        .findFirst()
        .ifPresent(hold -> next.add(hold.next()));
    if (next.isEmpty()) {
      status.invariants().stream()
          .filter(line -> line.verdict().filter(v -> v == Verdict.VIOLATED).isPresent())
          .forEach(line -> next.add("plumb repair " + line.name()));
    }
    if (next.isEmpty() && status.migrations().stream().anyMatch(MigrationLine::pending)) {
      next.add("plumb migrate");
    }
    if (next.isEmpty() && status.invariants().stream().anyMatch(l -> l.verdict().isEmpty())) {
      next.add("plumb status --audit");
    }
    line("");
    if (next.isEmpty()) {
      line("Nothing is to be done.");
    }
    for (int i = 0; i < next.size(); i++) {
      line((i == 0 ? "Next: " : "      ") + next.get(i).replaceAll("^plumb(?= )", call()));
    }
  }

  private String call() {
    return Matcher.quoteReplacement(style.plumb());
  }

  /** How a migration that stands still goes on. */
  private static void stopped(History.Entry entry, List<String> next) {
    if (entry.complaint().isPresent()) {
      next.add("plumb show " + entry.run().id());
      next.add("plumb migrate --commit");
    }
    switch (entry.state()) {
      case FAILED, INTERRUPTED, PAUSED -> {
        next.add("plumb show " + entry.run().id());
        next.add("plumb migrate --commit");
      }
      case UNDOING -> next.add("plumb undo --commit");
      case APPLIED, UNDONE, RUNNING, BACKFILLING -> {}
    }
  }

  private void heading(String heading, String remark) {
    line("");
    line(style.bold(heading) + (remark.isEmpty() ? "" : ": " + remark));
  }

  /** A state, which may hold escape sequences, what has it, and what is known besides. */
  private void row(String state, String what, String remark) {
    int width = Printable.width(state.replaceAll("\u001b\\[[0-9;]*m", ""));
    line(
        ("  "
                + state
                + " ".repeat(Math.max(1, 12 - width))
                + Printable.of(what)
                + "  "
                + style.dim(Printable.of(remark)))
            .stripTrailing());
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
