package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ObjectMade;
import dev.plumbline.lint.Change.TableRenamed;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import dev.plumbline.schema.Table;
import java.util.Optional;

/** Another name for a table that others use. */
final class RenameTable extends ChangeRule {
  RenameTable() {
    super(
        "rename-table",
        Severity.WARNING,
        "A table renamed.",
        "Whatever still runs with the old name fails from this moment on: the application during its deployment, jobs, reports.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof TableRenamed renamed)
        || !scene.isLive(renamed.table(), renamed.offset())
        || hasViewInItsPlace(renamed, scene)) {
      return Optional.empty();
    }
    String to = Table.quoted(renamed.to());
    return Optional.of(
        finding(scene.file(), renamed, renamed.table() + " becomes `" + renamed.to() + "`")
            .instead(
                "BEGIN;\n"
                    + scene.sql()
                    + ";\nCREATE VIEW "
                    + renamed.table().sql()
                    + " AS SELECT * FROM "
                    + to
                    + ";   -- for those that know the old name\nCOMMIT;"));
  }

  private static boolean hasViewInItsPlace(TableRenamed renamed, Scene scene) {
    return scene
        .file()
        .changes(ObjectMade.class)
        .filter(made -> made.kind().equals("VIEW") && made.offset() > renamed.offset())
        .anyMatch(view -> view.object().same(renamed.table()));
  }
}
