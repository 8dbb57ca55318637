package dev.plumbline.lint.rule;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Severity;
import dev.plumbline.schema.Table;
import java.util.Optional;

/** A column of type json. */
final class JsonColumn extends ColumnRule {
  JsonColumn() {
    super(
        "json-column",
        Severity.WARNING,
        "A column of type `json` instead of `jsonb`.",
        "`json` has no equality: `DISTINCT`, `UNION` and `GROUP BY` over such rows fail, also in queries that were there before.");
  }

  @Override
  Optional<Finding> look(Defined defined, LintFile file) {
    ColumnType type = ColumnType.of(defined.column().tree().at("typeName"));
    if (!type.name().equals("json")) {
      return Optional.empty();
    }
    String name = defined.column().name();
    return Optional.of(
        finding(file, defined.offset(), defined.table() + "." + name + " is of type json")
            .instead(Table.quoted(name) + " jsonb" + "[]".repeat(type.dimensions())));
  }
}
