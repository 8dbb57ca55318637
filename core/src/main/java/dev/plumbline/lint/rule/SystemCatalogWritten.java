package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.RowsWritten;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Severity;
import java.util.Optional;
import java.util.Set;

/** The catalogue changed behind PostgreSQL's back. */
final class SystemCatalogWritten extends ChangeRule {
  SystemCatalogWritten() {
    super(
        "system-catalog-written",
        Severity.ERROR,
        "A table of the system catalogue written by hand.",
        "PostgreSQL checks nothing there: what depends on the row breaks later, beyond repair by SQL.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof RowsWritten written) || !isCatalog(written.table())) {
      return Optional.empty();
    }
    return Optional.of(
        finding(scene.file(), written, "`" + written.table().name() + "` belongs to PostgreSQL")
            .instead("-- use ALTER or DROP of what the row stands for"));
  }

  private static boolean isCatalog(Relation table) {
    return table.schema().equals("pg_catalog")
        || (table.schema().isEmpty() && CATALOGS.contains(table.name()));
  }

  private static final Set<String> CATALOGS =
      Set.of(
          "pg_attribute",
          "pg_class",
          "pg_constraint",
          "pg_depend",
          "pg_enum",
          "pg_index",
          "pg_proc",
          "pg_rewrite",
          "pg_trigger",
          "pg_type");
}
