package dev.plumbline.lint;

import dev.plumbline.error.ExitCode;
import java.util.List;

/**
 * What a lint came to.
 *
 * @param files how many were judged
 * @param statements how many are in them
 * @param findings by file, in the order in which files are applied, and by place
 * @param waived how many findings an {@code allow} with its reason keeps out
 */
public record LintReport(int files, int statements, List<Finding> findings, int waived) {
  public LintReport {
    findings = List.copyOf(findings);
  }

  /** How many findings are of that severity. */
  public int count(Severity severity) {
    return (int) findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /** 0 without findings, 1 with warnings, 2 with errors. */
  public ExitCode exitCode() {
    return ExitCode.worst(findings.stream().map(finding -> finding.severity().exitCode()).toList());
  }
}
