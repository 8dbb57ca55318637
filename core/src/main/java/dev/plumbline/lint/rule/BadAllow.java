package dev.plumbline.lint.rule;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import java.util.List;

/** An {@code allow} that waives nothing. The linter finds it when it reads the waivers. */
final class BadAllow implements Rule {
  @Override
  public String name() {
    return "bad-allow";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A `-- plumb:allow` without a reason, or for a rule that there is not.";
  }

  @Override
  public String harm() {
    return "It waives nothing: the finding it was meant for stays.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    return List.of();
  }
}
