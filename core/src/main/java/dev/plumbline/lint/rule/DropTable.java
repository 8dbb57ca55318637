package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.Dropped;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import dev.plumbline.schema.Table;
import java.util.Optional;

/** A table that goes, with its data. */
final class DropTable extends ChangeRule {
  DropTable() {
    super(
        "drop-table",
        Severity.WARNING,
        "A table dropped that the file did not make.",
        "Its rows are gone for good, and programs that still name it fail from this moment on.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof Dropped drop)
        || !drop.kind().equals("TABLE")
        || !scene.isLive(drop.object(), drop.offset())
        || scene.isSaid(drop)) {
      return Optional.empty();
    }
    Finding finding =
        finding(scene.file(), drop, "the table " + drop.object() + " goes, with all its rows")
            .instead(
                "-- first out of sight, so that it can come back:\nALTER TABLE "
                    + drop.object().sql()
                    + " RENAME TO "
                    + Table.quoted(drop.object().name() + "_unused")
                    + ";\n-- later, with `-- plumb:allow drop-table REASON`, the DROP");
    boolean cascades = scene.statement().statement().tree().text("behavior").equals("DROP_CASCADE");
    return Optional.of(cascades ? finding.harm(CASCADE) : finding);
  }

  private static final String CASCADE =
      "Its rows are gone for good, and so is whatever depends on it, unnamed: foreign keys of other"
          + " tables, views, columns.";
}
