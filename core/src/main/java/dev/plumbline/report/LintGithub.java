package dev.plumbline.report;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintReport;
import java.util.stream.Collectors;

/**
 * Findings as commands of a workflow's log, which GitHub shows beside the changed line; see its
 * "workflow commands".
 */
public final class LintGithub {
  private LintGithub() {}

  /** One line for each finding; empty without any. */
  public static String of(LintReport report) {
    return report.findings().stream()
        .map(LintGithub::line)
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static String line(Finding finding) {
    String message =
        finding.what()
            + "\n"
            + finding.harm()
            + finding.instead().map(sql -> "\nWrite instead:\n" + sql).orElse("")
            + "\nWhy: "
            + finding.page();
    return "::"
        + finding.severity().word()
        + " file="
        + property(finding.position().file().toString().replace('\\', '/'))
        + ",line="
        + finding.position().line()
        + ",col="
        + finding.position().column()
        + ",title="
        + property(finding.rule())
        + "::"
        + data(message);
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
