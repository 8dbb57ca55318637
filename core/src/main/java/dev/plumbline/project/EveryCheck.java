package dev.plumbline.project;

import dev.plumbline.dialect.Name;
import dev.plumbline.invariant.Value;
import java.util.Map;

/** What the parts of {@code every … has …} must not say against each other. */
final class EveryCheck {
  private final ProjectFile file;

  EveryCheck(ProjectFile file) {
    this.file = file;
  }

  void check(Map<Name, Name> match, Map<Name, Value> with, Map<Name, Value> insert) {
    match.values().forEach(column -> refuseMatched(column, "with", with));
    match.values().forEach(column -> refuseMatched(column, "insert", insert));
    with.forEach((column, value) -> refuseOtherValue(column, value, insert));
  }

  private void refuseMatched(Name matched, String key, Map<Name, Value> values) {
    for (Name column : values.keySet()) {
      if (column.text().equals(matched.text())) {
        file.problem(
            column.position(),
            "`" + column + "` stands in `match`, and so cannot be set in `" + key + "`",
            column.text(),
            "Remove it here: a new row takes it from the query.");
      }
    }
  }

  /** A row inserted with a value that {@code with} denies would be inactive from birth. */
  private void refuseOtherValue(Name column, Value value, Map<Name, Value> insert) {
    insert.forEach(
        (name, inserted) -> {
          boolean literal =
              !(value instanceof Value.Expression) && !(inserted instanceof Value.Expression);
          if (literal && name.text().equals(column.text()) && !value.equals(inserted)) {
            file.problem(
                name.position(),
                "`insert` and `with` give `" + column + "` different values",
                name.text(),
                "Remove it here: a new row also gets what `with` says.");
          }
        });
  }
}
