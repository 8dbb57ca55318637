package dev.plumbline.lint.rule;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Severity;
import dev.plumbline.schema.Table;
import java.util.Optional;

/** A sequence that belongs to nobody in particular. */
final class IdentityOverSerial extends ColumnRule {
  IdentityOverSerial() {
    super(
        "identity-over-serial",
        Severity.WARNING,
        "`serial` instead of an identity column (with `--style`).",
        "The sequence has owner and rights of its own, and any insert may set the number past it.");
  }

  @Override
  public boolean isStyle() {
    return true;
  }

  @Override
  Optional<Finding> look(Defined defined, LintFile file) {
    String type = ColumnType.of(defined.column().tree().at("typeName")).name();
    if (!type.contains("serial")) {
      return Optional.empty();
    }
    String name = Table.quoted(defined.column().name());
    return Optional.of(
        finding(file, defined.offset(), defined.table() + "." + name + " is of type " + type)
            .instead(name + " bigint GENERATED ALWAYS AS IDENTITY"));
  }
}
