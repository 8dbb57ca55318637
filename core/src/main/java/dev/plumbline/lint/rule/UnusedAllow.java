package dev.plumbline.lint.rule;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import java.util.List;

/** An {@code allow} without a finding. The linter sees it once all rules have looked. */
final class UnusedAllow implements Rule {
  @Override
  public String name() {
    return "unused-allow";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A `-- plumb:allow` for which there is no finding.";
  }

  @Override
  public String harm() {
    return "It would hide such a finding when there is one, and nobody would have decided that.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    return List.of();
  }
}
