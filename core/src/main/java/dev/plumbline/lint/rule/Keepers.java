package dev.plumbline.lint.rule;

import dev.plumbline.lint.Body.Write;
import dev.plumbline.lint.Change.FunctionMade;
import dev.plumbline.lint.Change.TriggerMade;
import dev.plumbline.lint.Maintained;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Surroundings;
import java.util.Optional;

/** Who keeps a column equal to other data. */
final class Keepers {
  private Keepers() {}

  /** The invariant or trigger function that derives a column, as a message names it. */
  static Optional<String> of(Relation table, String column, Surroundings around) {
    return Formula.deriving(table, column, around).stream()
        .map(derive -> "the invariant " + derive.name())
        .findFirst()
        .or(() -> function(table, column, around));
  }

  private static Optional<String> function(Relation table, String column, Surroundings around) {
    return around
        .timeline()
        .functions()
        .filter(FunctionMade::ofTrigger)
        .filter(made -> keeps(made, table, column, around))
        .map(made -> "`" + made.function() + "()`")
        .findFirst();
  }

  private static boolean keeps(
      FunctionMade function, Relation table, String column, Surroundings around) {
    return function.body().stream()
        .filter(body -> body.writes().stream().anyMatch(w -> w.column().equals(column)))
        .flatMap(body -> Maintained.by(body).stream())
        .filter(write -> write.column().equals(column))
        .anyMatch(write -> isOf(write, function, table, around));
  }

  private static boolean isOf(
      Write write, FunctionMade function, Relation table, Surroundings around) {
    return write
        .table()
        .map(written -> written.same(table))
        .orElseGet(
            () ->
                around
                    .timeline()
                    .triggersOf(function.function())
                    .anyMatch(event -> ((TriggerMade) event.change()).table().same(table)));
  }
}
