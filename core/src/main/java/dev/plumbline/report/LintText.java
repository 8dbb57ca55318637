package dev.plumbline.report;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintReport;
import dev.plumbline.lint.Severity;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Findings as compilers show them: the place, the line with a mark below what is meant, the harm,
 * the corrected SQL, the page that explains the rule; a summary at the end. Immutable.
 */
public final class LintText {
  private final TextStyle style;
  private final Sources sources;

  private LintText(TextStyle style, Sources sources) {
    this.style = style;
    this.sources = sources;
  }

  /** All findings and the summary; ends with a line break. */
  public static String of(LintReport report, TextStyle style, Sources sources) {
    LintText text = new LintText(style, sources);
    String findings =
        report.findings().stream().map(text::finding).collect(Collectors.joining("\n"));
    return findings + (findings.isEmpty() ? "" : "\n") + text.summary(report) + "\n";
  }

  private String finding(Finding finding) {
    StringBuilder text = new StringBuilder();
    text.append(style.bold(Printable.of(finding.position().toString())))
        .append(": ")
        .append(severity(finding))
        .append(": ")
        .append(Printable.of(finding.what()))
        .append('\n');
    sources
        .text(finding.position().file())
        .flatMap(source -> line(source, finding))
        .ifPresent(line -> text.append(marked(line, finding)));
    text.append(indented("  ", finding.harm()));
    finding
        .instead()
        .ifPresent(sql -> text.append("  Write instead:\n").append(indented("      ", sql)));
    return text.append(style.dim("  Why: " + finding.page())).append('\n').toString();
  }

  private String severity(Finding finding) {
    String words = finding.severity().word() + " " + finding.rule();
    return switch (finding.severity()) {
      case ERROR -> style.red(words);
      case WARNING -> style.yellow(words);
    };
  }

  private static Optional<String> line(String source, Finding finding) {
    return source.lines().skip(finding.position().line() - 1L).findFirst();
  }

  private String marked(String line, Finding finding) {
    int start = Math.min(finding.position().column() - 1, line.length());
    String gutter = " " + finding.position().line() + " | ";
    String before = Printable.of(line.substring(0, start));
    String meant = finding.text().lines().findFirst().orElse("");
    boolean there = !meant.isEmpty() && line.startsWith(meant, start);
    int marks = there ? Printable.width(Printable.of(meant)) : 1;
    return style.dim(gutter)
        + Printable.of(line)
        + "\n"
        + style.dim(" ".repeat(gutter.length() - 2) + "| ")
        + " ".repeat(Printable.width(before))
        + style.red("^".repeat(marks))
        + "\n";
  }

  private static String indented(String by, String text) {
    return text.lines()
        .map(line -> line.isEmpty() ? "\n" : by + Printable.of(line) + "\n")
        .collect(Collectors.joining());
  }

  private String summary(LintReport report) {
    int errors = report.count(Severity.ERROR);
    int warnings = report.count(Severity.WARNING);
    String looked =
        many(report.statements(), "statement") + " in " + many(report.files(), "file") + ": ";
    String waived = report.waived() == 0 ? "" : ", " + report.waived() + " allowed";
    if (errors + warnings == 0) {
      return looked + style.green("nothing found") + waived + ".";
    }
    String found = many(errors, "error") + ", " + many(warnings, "warning") + waived;
    return looked + (errors > 0 ? style.red(found) : style.yellow(found)) + ".";
  }

  private static String many(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
