package dev.plumbline.lint;

import dev.plumbline.error.ExitCode;
import java.util.Locale;

/** How much a finding matters. */
public enum Severity {
  /** Right only if something holds that the file does not show. */
  WARNING(ExitCode.WARNING),
  /** Data is left wrong, lost or unproven, or the file cannot run. */
  ERROR(ExitCode.FAILED);

  private final ExitCode exitCode;

  Severity(ExitCode exitCode) {
    this.exitCode = exitCode;
  }

  /** What a lint with such a finding exits with. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** How outputs call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
