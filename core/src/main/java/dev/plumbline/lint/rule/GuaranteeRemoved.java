package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ColumnDropped;
import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Change.ConstraintDropped;
import dev.plumbline.lint.Change.IndexMade;
import dev.plumbline.lint.Change.NotNullSet;
import dev.plumbline.lint.Change.OfTable;
import dev.plumbline.lint.Change.TableAltered;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** A promise about the data that is taken back. */
final class GuaranteeRemoved extends ChangeRule {
  GuaranteeRemoved() {
    super(
        "guarantee-removed",
        Severity.WARNING,
        "`DROP NOT NULL`, or a constraint dropped with nothing in its place.",
        "From now on rows may be written that programs, reports and later constraints do not expect.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    return switch (change) {
      case TableAltered altered when altered.subtype().equals("AT_DropNotNull") ->
          scene.isLive(altered.table(), altered.offset()) && !becomesGenerated(altered, scene)
              ? Optional.of(
                  finding(
                          scene.file(),
                          altered,
                          altered.table() + "." + altered.name() + " may be missing from now on")
                      .instead(
                          "-- see that every program copes with NULL, then say so:\n"
                              + "-- plumb:allow guarantee-removed REASON\n"
                              + scene.sql()
                              + ";"))
              : Optional.empty();
      case ConstraintDropped dropped when isMissed(dropped, scene) ->
          Optional.of(
              finding(
                      scene.file(),
                      dropped,
                      "`"
                          + dropped.name()
                          + "` of "
                          + dropped.table()
                          + " goes, and nothing comes in its place")
                  .instead(
                      "-- say why it is not needed any more:\n"
                          + "-- plumb:allow guarantee-removed REASON\n"
                          + scene.sql()
                          + ";"));
      default -> Optional.empty();
    };
  }

  private static boolean becomesGenerated(TableAltered altered, Scene scene) {
    return scene
        .file()
        .changes(ColumnDropped.class)
        .anyMatch(d -> d.table().same(altered.table()) && d.column().equals(altered.name()));
  }

  /**
   * Not one of the file's own, nor one for which another comes, before or after; nor a check that
   * has done its work for a NOT NULL; nor one that goes with its column.
   */
  private static boolean isMissed(ConstraintDropped dropped, Scene scene) {
    boolean replaced =
        scene.file().changes(OfTable.class).anyMatch(change -> replaces(change, dropped));
    return !replaced && scene.isLive(dropped.table(), dropped.offset());
  }

  private static boolean replaces(OfTable change, ConstraintDropped dropped) {
    if (!change.table().same(dropped.table())) {
      return false;
    }
    return switch (change) {
      case ConstraintAdded added -> true;
      case NotNullSet set -> true;
      case ColumnDropped gone -> true;
      case IndexMade index -> index.unique();
      default -> false;
    };
  }
}
