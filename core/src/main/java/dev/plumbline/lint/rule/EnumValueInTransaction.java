package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ObjectMade;
import dev.plumbline.lint.Change.Other;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintStatement;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Trees;
import java.util.Optional;

/** A new value of an enum, used before it is committed. */
final class EnumValueInTransaction extends ChangeRule {
  EnumValueInTransaction() {
    super(
        "enum-value-in-transaction",
        Severity.ERROR,
        "A value added to an enum and used in the same transaction.",
        "PostgreSQL refuses to use the value before it is committed (`unsafe use of new value`), and the migration stops here.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof Other other)
        || !other.kind().equals("AlterEnumStmt")
        || other.tree().has("oldVal")
        || scene.file().isOwn()
        || !scene.inTransaction()
        || isMadeHere(other, scene)) {
      return Optional.empty();
    }
    String value = "'" + other.tree().text("newVal").replace("'", "''") + "'";
    return scene.file().forward().stream()
        .map(LintStatement::statement)
        .filter(later -> later.start() > other.offset())
        .filter(later -> !later.kind().equals("AlterEnumStmt"))
        .filter(later -> !later.kind().equals("CreateFunctionStmt"))
        .filter(later -> later.text().contains(value))
        .findFirst()
        .map(
            later ->
                finding(
                        scene.file(),
                        other,
                        value
                            + " is used on line "
                            + scene.file().position(later.start()).line()
                            + " before it is committed")
                    .instead("-- in an earlier migration of its own:\n" + scene.sql() + ";"));
  }

  private static boolean isMadeHere(Other other, Scene scene) {
    Relation type = Relation.of(Trees.names(other.tree().at("typeName")));
    return scene
        .file()
        .changes(ObjectMade.class)
        .filter(made -> made.kind().equals("TYPE") && made.offset() < other.offset())
        .anyMatch(made -> made.object().same(type));
  }
}
