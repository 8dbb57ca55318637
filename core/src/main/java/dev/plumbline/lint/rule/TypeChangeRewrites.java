package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.SettingSet;
import dev.plumbline.lint.Change.TableAltered;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import dev.plumbline.parser.Node;
import dev.plumbline.schema.Table;
import java.util.Optional;

/** Another type for a column, for which every row must be written anew. */
final class TypeChangeRewrites extends ChangeRule {
  TypeChangeRewrites() {
    super(
        "type-change-rewrites",
        Severity.WARNING,
        "A column's type changed in a way that rewrites the table.",
        "Every row and every index is written anew, and nobody can read or write the table meanwhile.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof TableAltered altered)
        || !altered.subtype().equals("AT_AlterColumnType")
        || !scene.isLiveAndLarge(altered.table(), altered.offset())) {
      return Optional.empty();
    }
    ColumnType to = type(altered);
    Optional<ColumnType> from = before(altered, scene);
    if (isPlain(altered, to)
        && (from.map(type -> type.becomes(to)).orElse(to.isUnlimitedText())
            || isInUtc(from, to, altered, scene))) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
                scene.file(),
                altered,
                altered.table()
                    + "."
                    + altered.name()
                    + " becomes "
                    + to.sql()
                    + ", and the table is rewritten")
            .instead(instead(altered, to)));
  }

  private static ColumnType type(TableAltered altered) {
    return ColumnType.of(altered.command().at("def").at("ColumnDef").at("typeName"));
  }

  private static Optional<ColumnType> before(TableAltered altered, Scene scene) {
    Optional<ColumnType> changed =
        scene
            .around()
            .timeline()
            .before(TableAltered.class, altered.table(), scene.file(), altered.offset())
            .filter(earlier -> earlier.subtype().equals("AT_AlterColumnType"))
            .filter(earlier -> earlier.name().equals(altered.name()))
            .map(TypeChangeRewrites::type)
            .reduce((first, last) -> last);
    return changed.or(
        () ->
            scene
                .column(altered.table(), altered.name(), altered.offset())
                .map(column -> ColumnType.of(column.tree().at("typeName"))));
  }

  /** Whether the values are taken as they are: no USING, or one that only names column and type. */
  private static boolean isPlain(TableAltered altered, ColumnType to) {
    Node using = altered.command().at("def").at("ColumnDef").at("raw_default");
    return switch (using.kind()) {
      case "", "ColumnRef" -> true;
      case "TypeCast" ->
          using.at("TypeCast").at("arg").has("ColumnRef")
              && ColumnType.of(using.at("TypeCast").at("typeName")).equals(to);
      default -> false;
    };
  }

  /** With the time zone UTC, both sorts of timestamp are stored alike. */
  private static boolean isInUtc(
      Optional<ColumnType> from, ColumnType to, TableAltered altered, Scene scene) {
    return to.isTimestamp()
        && from.map(ColumnType::isTimestamp).orElse(true)
        && scene
            .file()
            .changes(SettingSet.class)
            .filter(setting -> setting.offset() < altered.offset())
            .anyMatch(s -> s.name().equalsIgnoreCase("timezone") && s.value().equals("UTC"));
  }

  private static String instead(TableAltered altered, ColumnType to) {
    String table = altered.table().sql();
    String column = Table.quoted(altered.name());
    String fresh = Table.quoted(altered.name() + "_new");
    return "ALTER TABLE "
        + table
        + " ADD COLUMN "
        + fresh
        + " "
        + to.sql()
        + ";\n-- fill it in batches, keep it true with a trigger; then, in one short transaction:\n"
        + "ALTER TABLE "
        + table
        + " DROP COLUMN "
        + column
        + ";\nALTER TABLE "
        + table
        + " RENAME COLUMN "
        + fresh
        + " TO "
        + column
        + ";";
  }
}
