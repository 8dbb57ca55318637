package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change.TableMade;
import dev.plumbline.lint.Constraint;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Severity;
import dev.plumbline.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A key that will run out of numbers. */
final class ShortKey extends ColumnRule {
  ShortKey() {
    super(
        "short-key",
        Severity.WARNING,
        "A key of type `integer` or `smallint` (with `--style`).",
        "At 2,147,483,647 the next insert fails, and to change the type then writes the whole table anew.");
  }

  @Override
  public boolean isStyle() {
    return true;
  }

  private static final Set<String> SHORT = Set.of("int2", "int4");

  @Override
  Optional<Finding> look(Defined defined, LintFile file) {
    boolean key =
        file.changes(TableMade.class)
            .filter(made -> made.table().same(defined.table()))
            .flatMap(made -> made.constraints().stream())
            .filter(constraint -> constraint.kind() == Constraint.Kind.PRIMARY_KEY)
            .anyMatch(c -> c.columns().equals(List.of(defined.column().name())));
    if (!key || !SHORT.contains(ColumnType.of(defined.column().tree().at("typeName")).name())) {
      return Optional.empty();
    }
    String name = Table.quoted(defined.column().name());
    return Optional.of(
        finding(file, defined.offset(), defined.table() + "." + name + " ends at 2,147,483,647")
            .instead(name + " bigint"));
  }
}
