package dev.plumbline.report;

import dev.plumbline.error.ExitCode;
import dev.plumbline.error.Position;
import dev.plumbline.verify.Finding;
import dev.plumbline.verify.Finding.Sort;
import dev.plumbline.verify.RecordMove;
import dev.plumbline.verify.TrackerReport;
import dev.plumbline.verify.TrackerReport.Line;
import dev.plumbline.verify.Verification;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is recorded against what is there, as text for people. */
public final class VerifyText {
  /** Of more migrations only those are listed of which there is something to say. */
  private static final int ALL_LISTED = 12;

  private final TextStyle style;
  private final boolean all;
  private final StringBuilder text = new StringBuilder();

  private VerifyText(TextStyle style, boolean all) {
    this.style = style;
    this.all = all;
  }

  /**
   * The page; ends with a line break.
   *
   * @param all whether to list every migration, however many there are
   */
  public static String of(Verification verification, TextStyle style, boolean all) {
    VerifyText page = new VerifyText(style, all);
    page.page(verification);
    return page.text.toString();
  }

  /** What a move of a record is about, above the plan of the run that makes it. */
  public static String move(RecordMove move, TextStyle style) {
    VerifyText page = new VerifyText(style, false);
    page.line(style.bold(Printable.of(move.tracked().label())));
    String revision = Printable.of(move.revision());
    if (move.isEmpty()) {
      page.line("  The newest that it records is " + revision + " already: nothing is to be done.");
    } else {
      page.line(
          switch (move.direction()) {
            case BACK ->
                "  is to record "
                    + revision
                    + " as the newest; no more recorded: "
                    + Printable.of(String.join(", ", move.revisions()));
            case FORWARD ->
                "  is to record, since all that they claim is true: "
                    + Printable.of(String.join(", ", move.revisions()));
          });
    }
    move.notes().forEach(note -> page.line("  Note: " + Printable.of(note)));
    page.line("");
    return page.text.toString();
  }

  private void page(Verification verification) {
    line(
        verification.project().isEmpty()
            ? style.bold(Printable.of(verification.database()))
            : style.bold(Printable.of(verification.project()))
                + " on "
                + Printable.of(verification.database()));
    for (TrackerReport report : verification.trackers()) {
      tracker(report, verification.findings());
    }
    List<Finding> others =
        verification.findings().stream().filter(f -> f.tracker().isEmpty()).toList();
    if (!others.isEmpty()) {
      line("");
      line(style.bold("Besides"));
      others.forEach(this::alone);
    }
    summary(verification);
  }

  // --- one record -----------------------------------------------------------------------------

  private void tracker(TrackerReport report, List<Finding> findings) {
    List<Finding> own =
        findings.stream()
            .filter(f -> f.tracker().filter(report.tracked().label()::equals).isPresent())
            .toList();
    line("");
    line(style.bold(Printable.of(report.tracked().label())) + ": " + counts(report));
    own.stream().filter(finding -> finding.revision().isEmpty()).forEach(this::alone);
    boolean listed = all || report.lines().size() <= ALL_LISTED;
    int passed = 0;
    for (Line line : report.lines()) {
      List<Finding> about = about(line, own);
      if (listed || !about.isEmpty()) {
        migration(line, about);
      } else {
        passed++;
      }
    }
    if (passed > 0) {
      line(
          style.dim(
              "  "
                  + (passed < report.lines().size() ? "… and " : "")
                  + Figures.count(passed, "migration", "migrations")
                  + " of which there is nothing to say; --verbose lists all"));
    }
  }

  private static List<Finding> about(Line line, List<Finding> own) {
    return own.stream()
        .filter(f -> f.revision().filter(line.revision()::equals).isPresent())
        .toList();
  }

  private static String counts(TrackerReport report) {
    String folders =
        report.tracked().folders().stream().map(Object::toString).collect(Collectors.joining(", "));
    int pending = report.pending().size();
    return Figures.count(report.recorded().size(), "migration", "migrations")
        + " recorded"
        + (pending == 0 ? "" : ", " + Figures.count(pending) + " pending")
        + (report.tracked().files().isEmpty() || folders.isEmpty()
            ? ""
            : "; files in " + Printable.of(folders));
  }

  private void migration(Line line, List<Finding> findings) {
    String description =
        line.match()
            .recorded()
            .map(recorded -> recorded.description())
            .filter(text -> !text.isEmpty() && !text.equals(line.revision()))
            .or(() -> line.match().file().map(file -> file.description()))
            .filter(text -> !text.isEmpty() && !text.equals(line.revision()))
            .map(text -> "  " + text)
            .orElse("");
    line(
        "  "
            + mark(line, findings)
            + " "
            + Printable.of(line.revision() + description)
            + "  "
            + style.dim(standing(line)));
    findings.forEach(this::ofMigration);
  }

  private String mark(Line line, List<Finding> findings) {
    ExitCode worst = ExitCode.worst(findings.stream().map(f -> f.sort().exitCode()).toList());
    return worst == ExitCode.OK
        ? line.applied() && line.declared() ? style.green("✓") : style.dim("·")
        : mark(worst);
  }

  private String mark(ExitCode exit) {
    return exit == ExitCode.WARNING ? style.yellow("!") : style.red("✗");
  }

  private static String standing(Line line) {
    if (line.match().recorded().isEmpty()) {
      return "pending";
    }
    String state =
        switch (line.match().recorded().get().state()) {
          case APPLIED -> "";
          case MARKED -> "marked as applied without being run; ";
          case BASELINE -> "from before the record; ";
          case FAILED -> "failed";
          case HALF_DONE -> "half done";
          case UNDONE -> "taken back";
        };
    if (!line.applied()) {
      return state;
    }
    if (!line.declared()) {
      return state + "makes no claims that could be looked at";
    }
    if (line.claims() == 0) {
      return state + "none of its claims stands to this day";
    }
    String holding = Figures.count(line.claims(), "claim", "claims");
    return line.wrong() == 0
        ? state + holding + (line.claims() == 1 ? " is true" : " are true")
        : state
            + Figures.count(line.wrong())
            + " of "
            + holding
            + (line.wrong() == 1 ? " is not true" : " are not true");
  }

  private void ofMigration(Finding finding) {
    boolean itself = finding.about().startsWith("migration ");
    String what = itself ? finding.what() : finding.about() + ": " + finding.what();
    line(
        "      "
            + mark(finding.sort().exitCode())
            + " "
            + Printable.of(what)
            + finding.place().map(at -> "  " + style.dim(place(at))).orElse(""));
    if (finding.recovery().filter(recovery -> !recovery.byHand()).isEmpty()) {
      finding.next().lines().forEach(next -> line("        " + Printable.of(next)));
    }
  }

  private void alone(Finding finding) {
    boolean itself = finding.tracker().filter(finding.about()::equals).isPresent();
    line(
        "  "
            + mark(finding.sort().exitCode())
            + " "
            + Printable.of((itself ? "" : finding.about() + " ") + finding.what())
            + finding.place().map(at -> "  " + style.dim(place(at))).orElse(""));
    finding.next().lines().forEach(next -> line("    " + Printable.of(next)));
  }

  private static String place(Position at) {
    return Printable.of(at.file() + ":" + at.line());
  }

  // --- all together ---------------------------------------------------------------------------

  private void summary(Verification verification) {
    line("");
    String claims = Figures.count(verification.claims(), "claim", "claims");
    line(
        verification.wrong() == 0
            ? verification.claims() == 0
                ? style.yellow("No claim was looked at.")
                : style.green(
                    claims
                        + (verification.claims() == 1 ? " looked at: it is" : " looked at: all are")
                        + " true.")
            : style.red(
                claims
                    + " looked at: "
                    + Figures.count(verification.wrong())
                    + (verification.wrong() == 1 ? " is" : " are")
                    + " not true."));
    further(verification);
    next(verification);
  }

  private void further(Verification verification) {
    long others =
        verification.findings().stream().filter(f -> f.sort() != Sort.FALSE_CLAIM).count();
    if (others > 0) {
      line(Figures.count(others, "further finding", "further findings") + ", see above.");
    }
  }

  private void next(Verification verification) {
    List<String> statements = verification.recovery();
    if (!statements.isEmpty()) {
      line("");
      line(
          "What makes claims true and takes nothing away, each by itself: "
              + Figures.count(statements.size(), "statement", "statements"));
      statements.stream().limit(ALL_LISTED).forEach(this::statement);
      if (statements.size() > ALL_LISTED) {
        line(style.dim("  … and " + Figures.count(statements.size() - ALL_LISTED) + " more"));
      }
      line("To run them: " + style.plumb() + " verify --commit");
    }
  }

  private void statement(String statement) {
    List<String> lines = statement.lines().toList();
    line("  " + style.dim(Printable.of(lines.getFirst() + (lines.size() > 1 ? " …" : ""))));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
