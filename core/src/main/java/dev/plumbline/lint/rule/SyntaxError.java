package dev.plumbline.lint.rule;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import java.util.List;

/** What PostgreSQL's own parser refuses. */
final class SyntaxError implements Rule {
  @Override
  public String name() {
    return "syntax-error";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A statement that PostgreSQL refuses to read.";
  }

  @Override
  public String harm() {
    return "PostgreSQL would stop here, and no rule can look at this statement.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    return file.errors().stream()
        .map(error -> finding(file, error.at().offset(), error.message()))
        .toList();
  }
}
