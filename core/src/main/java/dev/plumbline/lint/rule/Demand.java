package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Change.IndexMade;
import dev.plumbline.lint.Change.NotNullSet;
import dev.plumbline.lint.Constraint;
import dev.plumbline.lint.Constraint.Kind;
import dev.plumbline.lint.Relation;
import java.util.List;
import java.util.Optional;

/**
 * What a statement demands of rows that are already there.
 *
 * @param what the sort of constraint, as SQL calls it
 */
record Demand(Relation table, String what, List<String> columns, Change change) {

  /** The demand of a change; empty if it demands nothing of existing rows. */
  static Optional<Demand> of(Change change) {
    return switch (change) {
      case NotNullSet set ->
          Optional.of(new Demand(set.table(), "NOT NULL", List.of(set.column()), set));
      case ConstraintAdded added -> of(added);
      case IndexMade index when index.unique() ->
          Optional.of(new Demand(index.table(), "UNIQUE", index.columns(), index));
      default -> Optional.empty();
    };
  }

  private static Optional<Demand> of(ConstraintAdded added) {
    Constraint constraint = added.constraint();
    return constraint.notValid() || constraint.usingIndex()
        ? Optional.empty()
        : Optional.of(
            new Demand(added.table(), constraint.kind().sql(), constraint.columns(), added));
  }

  boolean isUnique() {
    return List.of(Kind.UNIQUE.sql(), Kind.PRIMARY_KEY.sql()).contains(what);
  }

  /** Such as {@code NOT NULL of users.email}. */
  @Override
  public String toString() {
    return what
        + " of "
        + table
        + (columns.size() == 1
            ? "." + columns.getFirst()
            : columns.isEmpty() ? "" : " (" + String.join(", ", columns) + ")");
  }
}
