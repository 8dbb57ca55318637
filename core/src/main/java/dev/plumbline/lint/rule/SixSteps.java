package dev.plumbline.lint.rule;

import dev.plumbline.invariant.Invariant;
import dev.plumbline.lint.Change.FunctionMade;
import dev.plumbline.lint.Change.TriggerMade;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.LintStatement;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.lint.Targets;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the file that a trigger's change should have been: the six steps, with the user's names
 * and statements. Where the project has no invariant for the columns, it proposes one.
 *
 * @param unfilled the columns of each table that the function keeps and nothing fills in
 */
record SixSteps(
    LintFile file, Surroundings around, Upkeep upkeep, Map<Relation, Set<String>> unfilled) {
  private static final int LONGEST_STATEMENT = 3;

  /** The file; before it, as comments, the invariants that it names and that are not there yet. */
  String text() {
    List<String> lines = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    unfilled.forEach(
        (table, columns) -> {
          Set<String> open = new LinkedHashSet<>(columns);
          for (Invariant invariant : covering(table, columns)) {
            names.add(invariant.name());
            Targets.of(invariant).forEach(target -> target.columns().forEach(open::remove));
          }
          if (!open.isEmpty()) {
            Proposal proposal = new Proposal(table, open, upkeep);
            names.add(proposal.name());
            lines.addAll(proposal.file());
          }
        });
    names.forEach(name -> lines.add("-- (N is what `plumb audit " + name + "` counts)"));
    names.forEach(name -> lines.add("-- plumb:expect N rows violate " + name));
    lines.add("-- plumb:schema");
    file.forward().stream().map(SixSteps::shortened).forEach(lines::add);
    names.forEach(name -> lines.add("-- plumb:backfill " + name));
    names.forEach(name -> lines.add("-- plumb:verify " + name));
    lines.add("-- plumb:constrain");
    lines.addAll(constraints());
    lines.add("-- plumb:document");
    unfilled.forEach(
        (table, columns) -> columns.forEach(column -> lines.add(comment(table, column))));
    lines.add("-- plumb:undo");
    lines.addAll(undo());
    return String.join("\n", lines);
  }

  private List<Invariant> covering(Relation table, Set<String> columns) {
    return around.invariants().stream()
        .filter(
            invariant ->
                Targets.of(invariant).stream()
                    .anyMatch(
                        target ->
                            target.table().same(table)
                                && target.columns().stream().anyMatch(columns::contains)))
        .toList();
  }

  private static String shortened(LintStatement statement) {
    List<String> lines = statement.statement().text().lines().toList();
    return lines.size() <= LONGEST_STATEMENT
        ? statement.statement().text() + ";"
        : lines.getFirst() + " …   (as it is)";
  }

  /** Only what can never be missing: a count, or a COALESCE. */
  private List<String> constraints() {
    List<String> constraints = new ArrayList<>();
    unfilled.forEach(
        (table, columns) ->
            columns.stream()
                .filter(column -> Formulas.isNeverNull(upkeep.body(), table, column))
                .forEach(
                    column ->
                        constraints.add(
                            "ALTER TABLE "
                                + table.sql()
                                + " ALTER COLUMN "
                                + Table.quoted(column)
                                + " SET NOT NULL;")));
    return constraints.isEmpty()
        ? List.of("-- what must hold from now on, such as NOT NULL or a CHECK")
        : constraints;
  }

  private String comment(Relation table, String column) {
    return "COMMENT ON COLUMN "
        + table.sql()
        + "."
        + Table.quoted(column)
        + " IS 'Kept by "
        + upkeep.function().function()
        + "().';";
  }

  private List<String> undo() {
    if (upkeep.at() instanceof TriggerMade trigger) {
      return List.of(dropped(trigger));
    }
    FunctionMade function = upkeep.function();
    if (upkeep.previous().isPresent()) {
      return List.of(
          "CREATE OR REPLACE FUNCTION " + function.function().sql() + "() …   (as it was before)");
    }
    List<String> made =
        file.changes(TriggerMade.class)
            .filter(trigger -> trigger.function().same(function.function()))
            .map(SixSteps::dropped)
            .toList();
    List<String> undo = new ArrayList<>(made);
    undo.add(
        made.isEmpty()
            ? "CREATE OR REPLACE FUNCTION "
                + function.function().sql()
                + "() …   (as it was before)"
            : "DROP FUNCTION IF EXISTS "
                + function.function().sql()
                + "();   (or the function as it was before)");
    return undo;
  }

  private static String dropped(TriggerMade trigger) {
    return "DROP TRIGGER IF EXISTS "
        + Table.quoted(trigger.name())
        + " ON "
        + trigger.table().sql()
        + ";";
  }
}
