package dev.plumbline.report;

import dev.plumbline.audit.AuditReport;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Verdict;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** An audit as text for people. */
public final class AuditText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final TextStyle style;
  private final ErrorText errors;
  private final StringBuilder text = new StringBuilder();

  private AuditText(TextStyle style, Sources sources) {
    this.style = style;
    this.errors = new ErrorText(style, sources);
  }

  /** The whole report; ends with a line break. */
  public static String of(AuditReport report, TextStyle style, Sources sources) {
    AuditText page = new AuditText(style, sources);
    page.heading(report);
    report.results().forEach(page::result);
    page.summary(report);
    return page.text.toString();
  }

  private void heading(AuditReport report) {
    line(
        style.dim(
            String.join(
                " · ",
                Printable.of(report.project()),
                Printable.of(report.database()),
                TIME.format(report.at()))));
    line("");
  }

  private void result(AuditResult result) {
    Verdict verdict = result.verdict();
    String name = result.invariant().name();
    line(
        Verdicts.paint(verdict, Verdicts.mark(verdict), style)
            + " "
            + style.bold(name)
            + "  "
            + Verdicts.paint(
                verdict,
                verdict == Verdict.BLIND ? "could not look" : Verdicts.word(verdict),
                style));
    result.invariant().terms().says().ifPresent(says -> line("  " + Printable.of(says.strip())));
    result
        .counts()
        .ifPresent(
            counts ->
                line(
                    "  "
                        + CountsText.line(result.invariant(), counts)
                        + style.dim(" · " + Figures.time(result.took()))));
    CountsText.leniency(result).ifPresent(note -> line("  " + note));
    result.notes().forEach(note -> line("  " + Printable.of(note)));
    result.error().ifPresent(this::error);
    segments(result);
    Samples.of(result).forEach(this::samples);
    line("");
  }

  private void error(PlumblineException error) {
    errors.of(error).lines().forEach(line -> line("  " + line));
  }

  private void segments(AuditResult result) {
    boolean violated = result.counts().map(counts -> counts.violations() > 0).orElse(false);
    if (result.segments().isEmpty() || !violated) {
      return;
    }
    line("");
    Segments.table(result.segments()).lines(style, 4).forEach(this::line);
    Segments.more(result.segments()).ifPresent(more -> line("    " + style.dim(more)));
  }

  private void samples(Samples samples) {
    line("");
    samples
        .sort()
        .ifPresent(sort -> line("  " + sort + ", " + Figures.count(samples.total()) + " in all:"));
    samples.table().lines(style, 4).forEach(this::line);
    samples.more().ifPresent(more -> line("    " + more));
  }

  private void summary(AuditReport report) {
    if (report.results().isEmpty()) {
      line("The project has no invariants: nothing was looked at.");
      line("Write one, such as invariants/NAME.yaml, and run the command again.");
      return;
    }
    ExitCode exit = report.exitCode();
    line(
        style.bold(Verdicts.tally(report))
            + style.dim(" · exit " + exit.status() + " (" + Verdicts.meaning(exit) + ")"));
    List<String> repairable =
        report.results().stream()
            .filter(result -> result.verdict() != Verdict.HOLDS)
            .filter(Verdicts::canBeRepaired)
            .map(result -> result.invariant().name())
            .toList();
    listing(report);
    if (!repairable.isEmpty()) {
      line("Next:           " + style.plumb() + " repair " + String.join(" ", repairable));
      line(style.dim("                prints the plan; nothing is written without --commit"));
    }
  }

  /** Where the violations are that the tables leave out. */
  private void listing(AuditReport report) {
    List<String> cut =
        report.results().stream()
            .filter(result -> Samples.of(result).stream().anyMatch(s -> s.more().isPresent()))
            .map(result -> result.invariant().name())
            .toList();
    if (!cut.isEmpty()) {
      String names = cut.size() == report.results().size() ? "" : " " + String.join(" ", cut);
      line("All violations: " + style.plumb() + " audit" + names + " --out FILE.csv");
    }
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
