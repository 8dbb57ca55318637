package dev.plumbline.lint.rule;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Severity;
import dev.plumbline.schema.Table;
import java.util.Optional;

/** A length that was guessed. */
final class TextOverVarchar extends ColumnRule {
  TextOverVarchar() {
    super(
        "text-over-varchar",
        Severity.WARNING,
        "`varchar(n)` instead of `text` (with `--style`).",
        "The length is a guess that changes; a check can be changed beside the users, a type in one direction only.");
  }

  @Override
  public boolean isStyle() {
    return true;
  }

  @Override
  Optional<Finding> look(Defined defined, LintFile file) {
    ColumnType type = ColumnType.of(defined.column().tree().at("typeName"));
    if (!type.name().equals("varchar") || type.limits().isEmpty()) {
      return Optional.empty();
    }
    String name = Table.quoted(defined.column().name());
    int length = type.limits().getFirst();
    return Optional.of(
        finding(file, defined.offset(), defined.table() + "." + name + " is limited by its type")
            .instead(name + " text CHECK (length(" + name + ") <= " + length + ")"));
  }
}
