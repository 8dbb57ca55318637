package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Change.ColumnRenamed;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import dev.plumbline.schema.Table;
import java.util.Optional;

/** Another name for a column that others use. */
final class RenameColumn extends ChangeRule {
  RenameColumn() {
    super(
        "rename-column",
        Severity.WARNING,
        "A column renamed.",
        "Whatever still runs with the old name fails from this moment on: the application during its deployment, jobs, reports.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof ColumnRenamed renamed)
        || !scene.isLive(renamed.table(), renamed.offset())
        || isNewColumn(renamed, scene)) {
      return Optional.empty();
    }
    String table = renamed.table().sql();
    return Optional.of(
        finding(
                scene.file(),
                renamed,
                renamed.table() + "." + renamed.column() + " becomes `" + renamed.to() + "`")
            .instead(
                "ALTER TABLE "
                    + table
                    + " ADD COLUMN "
                    + Table.quoted(renamed.to())
                    + " …;\n-- keep both equal with a trigger, fill the new one in batches, let all"
                    + " programs change over; then:\nALTER TABLE "
                    + table
                    + " DROP COLUMN "
                    + Table.quoted(renamed.column())
                    + ";"));
  }

  private static boolean isNewColumn(ColumnRenamed renamed, Scene scene) {
    return scene
        .around()
        .timeline()
        .before(ColumnAdded.class, renamed.table(), scene.file(), renamed.offset())
        .anyMatch(
            added ->
                added.column().name().equals(renamed.column())
                    && scene.file().changes(ColumnAdded.class).anyMatch(added::equals));
  }
}
