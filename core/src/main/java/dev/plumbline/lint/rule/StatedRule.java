package dev.plumbline.lint.rule;

import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;

/** A rule that says at its making what it is. */
abstract class StatedRule implements Rule {
  private final String name;
  private final Severity severity;
  private final String summary;
  private final String harm;

  StatedRule(String name, Severity severity, String summary, String harm) {
    this.name = name;
    this.severity = severity;
    this.summary = summary;
    this.harm = harm;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Severity severity() {
    return severity;
  }

  @Override
  public final String summary() {
    return summary;
  }

  @Override
  public final String harm() {
    return harm;
  }
}
