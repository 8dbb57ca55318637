package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.schema.Table;
import java.util.stream.Collectors;

/** A key whose index is built beside the writers before the constraint takes it over. */
final class UsingIndex {
  private UsingIndex() {}

  /**
   * @param suffix of the name that PostgreSQL would choose
   */
  static String of(ConstraintAdded added, String suffix, Scene scene) {
    String own = added.constraint().name();
    String columns = String.join("_", added.constraint().columns());
    String usual =
        added.table().name() + (suffix.equals("pkey") ? "" : "_" + columns) + "_" + suffix;
    String name = Table.quoted(own.isEmpty() ? usual : own);
    return scene.alone(
            "CREATE UNIQUE INDEX CONCURRENTLY "
                + name
                + " ON "
                + added.table().sql()
                + added.constraint().columns().stream()
                    .map(Table::quoted)
                    .collect(Collectors.joining(", ", " (", ")"))
                + ";")
        + "\nALTER TABLE "
        + added.table().sql()
        + " ADD CONSTRAINT "
        + name
        + " "
        + added.constraint().kind().sql()
        + " USING INDEX "
        + name
        + ";";
  }
}
