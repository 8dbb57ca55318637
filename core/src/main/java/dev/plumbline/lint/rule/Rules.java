package dev.plumbline.lint.rule;

import dev.plumbline.lint.Rule;
import java.util.List;

/** All rules, in the order in which the documentation lists them. */
public final class Rules {
  /** All of them. */
  public static final List<Rule> ALL =
      List.of(
          new TriggerWithoutBackfill(),
          new DerivedNeverFilled(),
          new DefaultHidesUnfilled(),
          new BackfillDiffersFromInvariant(),
          new FormulaWrittenTwice(),
          new ConstraintBeforeBackfill(),
          new NotNullWithoutBackfill(),
          new NotValidNeverValidated(),
          new BackfillWithoutVerify(),
          new MissingExpect(),
          new MissingUndo(),
          new UnbatchedChange(),
          new DropOfBackfillSource(),
          new ForcedRowSecurity(),
          new IfNotExistsUnchecked(),
          new DropWithoutIfExists(),
          new TransactionInFile(),
          new BadDirective(),
          new SyntaxError(),
          new PsqlCommand(),
          new BadAllow(),
          new UnusedAllow());

  private Rules() {}
}
