package dev.plumbline.lint.rule;

import dev.plumbline.layout.Layout.Wrapping;
import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Change.Dropped;
import dev.plumbline.lint.Change.IndexMade;
import dev.plumbline.lint.Change.TableMade;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import dev.plumbline.schema.Table;
import java.util.Optional;

/** A statement that fails when the file runs a second time. */
final class NotRepeatable extends ChangeRule {
  NotRepeatable() {
    super(
        "not-repeatable",
        Severity.WARNING,
        "A statement that cannot be run twice in a file without transaction.",
        "If a later statement fails, this one stays, and the next attempt stops at it.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (scene.file().layout().wrapping() != Wrapping.NOT_WRAPPED
        || scene.inTransaction()
        || isLast(scene)) {
      return Optional.empty();
    }
    return instead(change, scene)
        .map(
            sql ->
                finding(scene.file(), change, "this fails when the file is run again")
                    .instead(sql));
  }

  private static boolean isLast(Scene scene) {
    return scene.file().forward().getLast().equals(scene.statement());
  }

  private static Optional<String> instead(Change change, Scene scene) {
    return switch (change) {
      case TableMade made when !made.ifNotExists() && !scene.inBody() ->
          Optional.of(apart(scene.sql()));
      case ColumnAdded added when !added.ifNotExists() ->
          Optional.of(apart("ALTER TABLE … ADD COLUMN " + added.column().name()));
      case IndexMade index when !index.ifNotExists() && !isDroppedBefore(index, scene) ->
          Optional.of(
              "DROP INDEX CONCURRENTLY IF EXISTS "
                  + Table.quoted(index.name())
                  + ";   -- it may be there, and invalid\n"
                  + scene.sql()
                  + ";");
      default -> Optional.empty();
    };
  }

  /** With others that can run in a transaction it belongs into one. */
  private static String apart(String sql) {
    return "-- in a migration of its own, which then runs in a transaction:\n" + sql + ";";
  }

  private static boolean isDroppedBefore(IndexMade index, Scene scene) {
    return scene
        .file()
        .changes(Dropped.class)
        .anyMatch(
            drop ->
                drop.offset() < index.offset()
                    && drop.ifExists()
                    && drop.object().name().equals(index.name()));
  }
}
