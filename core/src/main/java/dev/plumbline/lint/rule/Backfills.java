package dev.plumbline.lint.rule;

import dev.plumbline.invariant.Invariant;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.lint.Targets;
import java.util.List;
import java.util.Optional;

/**
 * The backfill steps of a file.
 *
 * @param invariants those that the project has
 * @param unknown whether a step names another one, so that nothing is known of what it fills
 */
record Backfills(List<Invariant> invariants, boolean unknown) {

  static Backfills of(LintFile file, Surroundings around) {
    List<Optional<Invariant>> named =
        file.directives("backfill").stream()
            .map(
                directive ->
                    around.invariants().stream()
                        .filter(invariant -> invariant.name().equals(directive.argument()))
                        .findFirst())
            .toList();
    return new Backfills(
        named.stream().flatMap(Optional::stream).toList(),
        named.stream().anyMatch(Optional::isEmpty));
  }

  /** Whether they write the table, as far as is known. */
  boolean fill(Relation table) {
    return unknown || targets().stream().anyMatch(target -> target.table().same(table));
  }

  /** Whether they write the column, as far as is known. */
  boolean fill(Relation table, String column) {
    return unknown
        || targets().stream()
            .filter(target -> target.table().same(table))
            .anyMatch(t -> t.columns().isEmpty() || t.columns().contains(column));
  }

  private List<Targets> targets() {
    return invariants.stream().flatMap(invariant -> Targets.of(invariant).stream()).toList();
  }
}
