package dev.plumbline.lint.rule;

import dev.plumbline.lint.Body;
import dev.plumbline.lint.Body.Write;
import dev.plumbline.lint.Change.FunctionMade;
import dev.plumbline.lint.Change.RowsWritten;
import dev.plumbline.lint.Change.RowsWritten.Writing;
import dev.plumbline.lint.Change.TriggerMade;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.parser.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The same column computed in two places by formulas that differ. */
final class FormulaWrittenTwice implements Rule {
  @Override
  public String name() {
    return "formula-written-twice";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A trigger and a backfill, or a trigger and an invariant, with different formulas for one column.";
  }

  @Override
  public String harm() {
    return "Old rows follow one formula and new rows the other; which is right is known to nobody who reads only one of them.";
  }

  /** A column of a table, and how a trigger function computes it. */
  private record Kept(FunctionMade function, Relation table, String column, Formula formula) {}

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    boolean hasOther =
        !around.invariants().isEmpty()
            || file.changes(RowsWritten.class).anyMatch(w -> w.writing() == Writing.UPDATE);
    if (!hasOther) {
      return List.of(); // to follow a function's way to each formula is work
    }
    List<Finding> findings = new ArrayList<>();
    file.changes(FunctionMade.class)
        .filter(FunctionMade::ofTrigger)
        .flatMap(function -> kept(function, around))
        .forEach(
            kept -> {
              otherUpdate(file, kept).ifPresent(findings::add);
              otherInvariant(file, around, kept).ifPresent(findings::add);
            });
    return findings;
  }

  private static Stream<Kept> kept(FunctionMade function, Surroundings around) {
    return function.body().stream()
        .flatMap(
            body ->
                body.writes().stream()
                    .flatMap(
                        write ->
                            tables(function, write, around)
                                .flatMap(
                                    table -> kept(function, body, table, write, around).stream())))
        .distinct();
  }

  private static Stream<Relation> tables(FunctionMade function, Write write, Surroundings around) {
    return write.table().isPresent()
        ? write.table().stream()
        : around
            .timeline()
            .triggersOf(function.function())
            .map(event -> ((TriggerMade) event.change()).table())
            .distinct();
  }

  private static Optional<Kept> kept(
      FunctionMade function, Body body, Relation table, Write write, Surroundings around) {
    return Formulas.ofTrigger(body, table, write.column())
        .flatMap(sql -> Formula.of(sql, around))
        .map(formula -> new Kept(function, table, write.column(), formula));
  }

  private Optional<Finding> otherUpdate(LintFile file, Kept kept) {
    return file.changes(RowsWritten.class)
        .filter(written -> written.writing() == Writing.UPDATE)
        .filter(written -> written.table().same(kept.table()))
        .filter(written -> written.statement().at("fromClause").items().isEmpty())
        .flatMap(written -> other(file, written, kept).stream())
        .findFirst();
  }

  private Optional<Finding> other(LintFile file, RowsWritten written, Kept kept) {
    return written.statement().at("targetList").items().stream()
        .map(target -> target.at("ResTarget"))
        .filter(target -> target.text("name").equals(kept.column()))
        .map(target -> target.at("val"))
        .filter(value -> !touches(value, kept.column()))
        .map(value -> Formula.of(value, ""))
        .filter(formula -> !formula.same(kept.formula()))
        .map(formula -> finding(file, written.offset(), what(kept, "here")).instead(update(kept)))
        .findFirst();
  }

  /** {@code SET id = id}, which only fires the triggers. */
  private static boolean touches(Node value, String column) {
    return dev.plumbline.lint.Trees.columns(value).equals(List.of(column))
        && value.has("ColumnRef");
  }

  private static String update(Kept kept) {
    return "UPDATE "
        + kept.table().sql()
        + " SET "
        + kept.column()
        + " = "
        + kept.formula().sql()
        + " …   -- as "
        + kept.function().function()
        + "() computes it; or an invariant and -- plumb:backfill";
  }

  private Optional<Finding> otherInvariant(LintFile file, Surroundings around, Kept kept) {
    return Formula.deriving(kept.table(), kept.column(), around).stream()
        .flatMap(
            derive ->
                Formula.of(derive, kept.column(), around)
                    .filter(formula -> !formula.same(kept.formula()))
                    .map(
                        formula ->
                            finding(
                                    file,
                                    kept.function(),
                                    what(kept, "in the invariant " + derive.name()))
                                .instead("-- " + derive.name() + ":\n" + formula.sql()))
                    .stream())
        .findFirst();
  }

  private static String what(Kept kept, String elsewhere) {
    return kept.table()
        + "."
        + kept.column()
        + " is computed in two ways: by `"
        + kept.function().function()
        + "()` as "
        + kept.formula().sql()
        + ", and otherwise "
        + elsewhere;
  }
}
