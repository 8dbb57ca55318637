package dev.plumbline.lint.rule;

import dev.plumbline.lint.Body.Manner;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.lint.rule.Upkeep.Kept;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A trigger or its function is made or changed, and nothing fills in the rows that are there
 * already: triggers act on new writes only.
 */
final class TriggerWithoutBackfill implements Rule {
  @Override
  public String name() {
    return "trigger-without-backfill";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A trigger or its function changed while no step fills in the rows that are there"
        + " already.";
  }

  @Override
  public String harm() {
    return "A trigger acts on new writes only. The rows that are there keep what they have, and"
        + " nothing will tell them from right ones.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    if (!file.directives("no-backfill").isEmpty()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    for (Upkeep upkeep : Upkeep.in(file, around)) {
      Map<Relation, Set<String>> unfilled = unfilled(file, around, upkeep);
      if (!unfilled.isEmpty()) {
        findings.add(
            finding(file, upkeep.at(), what(upkeep, unfilled))
                .instead(new SixSteps(file, around, upkeep, unfilled).text()));
      }
    }
    return findings;
  }

  /** The columns of each table that the function keeps and nothing fills in. */
  private static Map<Relation, Set<String>> unfilled(
      LintFile file, Surroundings around, Upkeep upkeep) {
    Fills fills = new Fills(file, around);
    Map<Relation, Set<String>> unfilled = new LinkedHashMap<>();
    for (Kept kept : upkeep.kept(file, around)) {
      if (!isFilled(fills, kept)) {
        unfilled
            .computeIfAbsent(kept.table(), table -> new LinkedHashSet<>())
            .add(kept.write().column());
      }
    }
    return unfilled;
  }

  private static boolean isFilled(Fills fills, Kept kept) {
    boolean filled = fills.column(kept.table(), kept.write().column());
    return switch (kept.write().manner()) {
      case NEW_ROW -> filled || fills.table(kept.table()); // any update fires the trigger
      case UPDATE -> filled;
      case INSERT, UPSERT -> filled || fills.inserts(kept.table());
    };
  }

  private static String what(Upkeep upkeep, Map<Relation, Set<String>> unfilled) {
    String columns =
        unfilled.entrySet().stream()
            .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
            .collect(Collectors.joining(" and "));
    String function = "`" + upkeep.function().function() + "()`";
    boolean insertsOnly =
        upkeep.body().writes().stream().allMatch(w -> w.manner() == Manner.INSERT);
    return (upkeep.at() == upkeep.function()
            ? function + " changes"
            : "a new trigger calls " + function)
        + ", which "
        + (insertsOnly ? "puts rows into " : "keeps ")
        + columns
        + ", and no step fills in the rows that are there already";
  }
}
