package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import dev.plumbline.schema.Table;
import java.util.Optional;

/** A new column whose default gives each row its own value. */
final class VolatileDefault extends ChangeRule {
  VolatileDefault() {
    super(
        "volatile-default",
        Severity.WARNING,
        "A column added with a volatile default.",
        "PostgreSQL cannot keep one value for all rows: it writes each of them, and nobody can read or write the table meanwhile.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof ColumnAdded added)
        || !scene.isLiveAndLarge(added.table(), added.offset())) {
      return Optional.empty();
    }
    return added
        .column()
        .fallback()
        .flatMap(expression -> Volatility.of(expression, scene.around()))
        .map(function -> finding(added, function, scene));
  }

  private Finding finding(ColumnAdded added, String function, Scene scene) {
    String table = "ALTER TABLE " + added.table().sql();
    String column = Table.quoted(added.column().name());
    return finding(
            scene.file(),
            added,
            "`"
                + function
                + "()` gives each row of "
                + added.table()
                + " a value of its own, and the table is rewritten")
        .instead(
            table
                + " ADD COLUMN "
                + column
                + " "
                + ColumnType.of(added.column().tree().at("typeName")).sql()
                + ";\n"
                + table
                + " ALTER COLUMN "
                + column
                + " SET DEFAULT "
                + function
                + "();\n-- then fill the rows that are there, in batches");
  }
}
