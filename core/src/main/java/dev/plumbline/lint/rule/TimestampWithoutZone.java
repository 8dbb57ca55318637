package dev.plumbline.lint.rule;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Severity;
import dev.plumbline.schema.Table;
import java.util.Optional;

/** A point in time that nobody can place. */
final class TimestampWithoutZone extends ColumnRule {
  TimestampWithoutZone() {
    super(
        "timestamp-without-zone",
        Severity.WARNING,
        "`timestamp` instead of `timestamptz` (with `--style`).",
        "What it means depends on who wrote it and where; twice a year one hour means two.");
  }

  @Override
  public boolean isStyle() {
    return true;
  }

  @Override
  Optional<Finding> look(Defined defined, LintFile file) {
    if (!ColumnType.of(defined.column().tree().at("typeName")).name().equals("timestamp")) {
      return Optional.empty();
    }
    String name = Table.quoted(defined.column().name());
    return Optional.of(
        finding(file, defined.offset(), defined.table() + "." + name + " does not know its zone")
            .instead(name + " timestamptz"));
  }
}
