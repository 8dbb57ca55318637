package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import dev.plumbline.schema.Table;
import java.util.Optional;

/** A new stored column that the database computes. */
final class StoredGeneratedColumn extends ChangeRule {
  StoredGeneratedColumn() {
    super(
        "stored-generated-column",
        Severity.WARNING,
        "A stored generated column added to a table that others use.",
        "Every row is computed and written anew, and nobody can read or write the table meanwhile.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof ColumnAdded added)
        || added.column().tree().at("constraints").items().stream()
            .map(constraint -> constraint.at("Constraint"))
            .filter(constraint -> constraint.text("contype").equals("CONSTR_GENERATED"))
            .allMatch(constraint -> constraint.text("generated_kind").equals("v"))
        || !scene.isLiveAndLarge(added.table(), added.offset())) {
      return Optional.empty();
    }
    String what = added.table() + "." + added.column().name() + " is computed for every row";
    return Optional.of(
        finding(scene.file(), added, what)
            .instead(
                "ALTER TABLE "
                    + added.table().sql()
                    + " ADD COLUMN "
                    + Table.quoted(added.column().name())
                    + " "
                    + ColumnType.of(added.column().tree().at("typeName")).sql()
                    + ";\n-- then a trigger that computes it, and a backfill in batches; or, from"
                    + " PostgreSQL 18 on, VIRTUAL instead of STORED"));
  }
}
