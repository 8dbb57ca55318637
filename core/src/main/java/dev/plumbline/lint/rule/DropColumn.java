package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Change.ColumnDropped;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import dev.plumbline.schema.Table;
import java.util.Optional;

/** A column that goes, with its data. */
final class DropColumn extends ChangeRule {
  DropColumn() {
    super(
        "drop-column",
        Severity.WARNING,
        "A column dropped.",
        "Its data is gone for good, and programs that still name it fail from this moment on.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof ColumnDropped dropped)
        || !scene.isLive(dropped.table(), dropped.offset())
        || scene.isSaid(dropped)
        || isNew(dropped, scene)) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
                scene.file(),
                dropped,
                dropped.table() + "." + dropped.column() + " goes, with what is in it")
            .instead(
                "-- once no program names it any more, and with its values kept:\nCREATE TABLE "
                    + Table.quoted(dropped.table().name() + "_" + dropped.column() + "_kept")
                    + " AS SELECT "
                    + key(dropped)
                    + Table.quoted(dropped.column())
                    + " FROM "
                    + dropped.table().sql()
                    + ";\n"
                    + "-- plumb:allow drop-column REASON\nALTER TABLE "
                    + dropped.table().sql()
                    + " DROP COLUMN "
                    + Table.quoted(dropped.column())
                    + ";"));
  }

  private static String key(ColumnDropped dropped) {
    return dropped.column().equals("id") ? "" : "id, ";
  }

  private static boolean isNew(ColumnDropped dropped, Scene scene) {
    return scene
        .file()
        .changes(ColumnAdded.class)
        .anyMatch(
            added ->
                added.table().same(dropped.table())
                    && added.column().name().equals(dropped.column())
                    && added.offset() < dropped.offset());
  }
}
