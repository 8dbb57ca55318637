package dev.plumbline.lint.rule;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Severity;
import dev.plumbline.schema.Table;
import java.util.Optional;

/** A column of type char(n). */
final class PaddedColumn extends ColumnRule {
  PaddedColumn() {
    super(
        "padded-column",
        Severity.WARNING,
        "A column of type `char(n)`.",
        "Shorter values are filled up with blanks, which comparisons ignore and LIKE, lengths and other programs do not.");
  }

  @Override
  Optional<Finding> look(Defined defined, LintFile file) {
    ColumnType type = ColumnType.of(defined.column().tree().at("typeName"));
    boolean one = type.limits().isEmpty() || type.limits().getFirst() <= 1;
    if (!type.name().equals("bpchar") || one) {
      return Optional.empty();
    }
    String name = Table.quoted(defined.column().name());
    int length = type.limits().getFirst();
    return Optional.of(
        finding(
                file,
                defined.offset(),
                defined.table()
                    + "."
                    + defined.column().name()
                    + " is filled up with blanks to "
                    + length
                    + " characters")
            .instead(name + " text CHECK (length(" + name + ") = " + length + ")"));
  }
}
