package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Trees;
import dev.plumbline.schema.Table;
import java.util.Optional;

/** A numbered column for rows that are there. */
final class AutoNumberColumn extends ChangeRule {
  AutoNumberColumn() {
    super(
        "auto-number-column",
        Severity.WARNING,
        "`serial` or `identity` added to a table that others use.",
        "Every row gets its number and is written anew, and nobody can read or write the table meanwhile.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof ColumnAdded added)
        || !isNumbered(added)
        || !scene.isLiveAndLarge(added.table(), added.offset())) {
      return Optional.empty();
    }
    String name = added.column().name();
    String sequence = Table.quoted(added.table().name() + "_" + name + "_seq");
    String table = "ALTER TABLE " + added.table().sql();
    return Optional.of(
        finding(
                scene.file(),
                added,
                "every row of " + added.table() + " is numbered and rewritten by `" + name + "`")
            .instead(
                table
                    + " ADD COLUMN "
                    + Table.quoted(name)
                    + " bigint;\nCREATE SEQUENCE "
                    + sequence
                    + " OWNED BY "
                    + added.table().sql()
                    + "."
                    + Table.quoted(name)
                    + ";\n"
                    + table
                    + " ALTER COLUMN "
                    + Table.quoted(name)
                    + " SET DEFAULT nextval('"
                    + sequence
                    + "');\n-- then number the rows that are there, in batches"));
  }

  private static boolean isNumbered(ColumnAdded added) {
    return Trees.type(added.column().tree().at("typeName")).contains("serial")
        || added.column().tree().at("constraints").items().stream()
            .anyMatch(c -> c.at("Constraint").text("contype").equals("CONSTR_IDENTITY"));
  }
}
