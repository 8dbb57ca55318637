package dev.plumbline.lint.rule;

import dev.plumbline.layout.Section;
import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Change.DefaultSet;
import dev.plumbline.lint.Change.FunctionMade;
import dev.plumbline.lint.Change.IndexMade;
import dev.plumbline.lint.Change.NotNullSet;
import dev.plumbline.lint.Change.TableMade;
import dev.plumbline.lint.Change.TriggerMade;
import dev.plumbline.lint.Constraint;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file with steps that does not say how its SQL is taken back. */
final class MissingUndo implements Rule {
  @Override
  public String name() {
    return "missing-undo";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A migration with steps, but without `undo`.";
  }

  @Override
  public String harm() {
    return "When it has to be taken back, at night, somebody writes that SQL by hand.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    boolean changes =
        file.forward().stream().anyMatch(statement -> statement.section() != Section.DOCUMENT);
    if (!file.hasSteps() || !changes || !file.directives("undo").isEmpty()) {
      return List.of();
    }
    int at = file.directives().getFirst().start();
    return List.of(
        finding(file, at, "the file does not say how it is taken back").instead(undo(file)));
  }

  /** What takes the file's own changes back, last one first, as far as that can be told. */
  private static String undo(LintFile file) {
    List<String> lines = new ArrayList<>();
    file.changes(Change.class).forEach(change -> back(change).ifPresent(lines::addFirst));
    lines.addFirst("-- plumb:undo");
    if (lines.size() == 1) {
      lines.add("…");
    }
    return String.join("\n", lines);
  }

  private static Optional<String> back(Change change) {
    return Optional.ofNullable(
        switch (change) {
          case TableMade made -> "DROP TABLE IF EXISTS " + made.table().sql() + ";";
          case ColumnAdded added ->
              alter(added) + " DROP COLUMN IF EXISTS " + Table.quoted(added.column().name()) + ";";
          case NotNullSet set ->
              alter(set) + " ALTER COLUMN " + Table.quoted(set.column()) + " DROP NOT NULL;";
          case DefaultSet set ->
              alter(set)
                  + " ALTER COLUMN "
                  + Table.quoted(set.column())
                  + " SET DEFAULT …;   (as it was before)";
          case ConstraintAdded added -> constraint(added, added.constraint());
          case IndexMade made when !made.name().isEmpty() ->
              "DROP INDEX IF EXISTS " + Table.quoted(made.name()) + ";";
          case TriggerMade made ->
              "DROP TRIGGER IF EXISTS "
                  + Table.quoted(made.name())
                  + " ON "
                  + made.table().sql()
                  + ";";
          case FunctionMade made ->
              made.replaces()
                  ? "CREATE OR REPLACE FUNCTION "
                      + made.function().sql()
                      + " …   (as it was before)"
                  : "DROP FUNCTION IF EXISTS " + made.function().sql() + ";";
          default -> null;
        });
  }

  private static String alter(Change.OfTable change) {
    return "ALTER TABLE " + change.table().sql();
  }

  private static @org.jspecify.annotations.Nullable String constraint(
      ConstraintAdded added, Constraint constraint) {
    return constraint.name().isEmpty()
        ? null
        : alter(added) + " DROP CONSTRAINT IF EXISTS " + Table.quoted(constraint.name()) + ";";
  }
}
