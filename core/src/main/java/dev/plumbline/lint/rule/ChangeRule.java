package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.LintStatement;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A rule that looks at the forward changes of a file one by one. */
abstract class ChangeRule extends StatedRule {
  ChangeRule(String name, Severity severity, String summary, String harm) {
    super(name, severity, summary, harm);
  }

  @Override
  public final List<Finding> check(LintFile file, Surroundings around) {
    List<Finding> findings = new ArrayList<>();
    for (LintStatement statement : file.forward()) {
      Scene scene = new Scene(file, around, statement);
      statement.changes().forEach(change -> look(change, scene).ifPresent(findings::add));
    }
    return findings;
  }

  /** What is wrong with one change. */
  abstract Optional<Finding> look(Change change, Scene scene);
}
