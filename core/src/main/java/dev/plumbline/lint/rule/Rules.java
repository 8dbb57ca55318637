package dev.plumbline.lint.rule;

import dev.plumbline.lint.Rule;
import java.util.List;

/** All rules, in the order in which the documentation lists them. */
public final class Rules {
  /** All of them. */
  public static final List<Rule> ALL =
      List.of(
          new TriggerWithoutBackfill(),
          new ConstraintBeforeBackfill(),
          new NotValidNeverValidated(),
          new TransactionInFile(),
          new SyntaxError(),
          new PsqlCommand(),
          new BadAllow(),
          new UnusedAllow());

  private Rules() {}
}
