package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.Other;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Trees;
import java.util.Optional;

/** Another name for a value of an enum. */
final class EnumValueRenamed extends ChangeRule {
  EnumValueRenamed() {
    super(
        "enum-value-renamed",
        Severity.WARNING,
        "A value of an enum renamed.",
        "Programs that still write or compare the old name fail from this moment on.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof Other other)
        || !other.kind().equals("AlterEnumStmt")
        || !other.tree().has("oldVal")) {
      return Optional.empty();
    }
    String type = Relation.of(Trees.names(other.tree().at("typeName"))).sql();
    String to = other.tree().text("newVal");
    return Optional.of(
        finding(
                scene.file(),
                other,
                "`" + other.tree().text("oldVal") + "` of " + type + " becomes `" + to + "`")
            .instead(
                "ALTER TYPE "
                    + type
                    + " ADD VALUE '"
                    + to.replace("'", "''")
                    + "';\n-- let programs write the new one, then change the rows in batches"));
  }
}
