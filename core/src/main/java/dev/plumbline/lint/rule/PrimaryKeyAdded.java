package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Constraint.Kind;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** A primary key that builds its index while everybody waits. */
final class PrimaryKeyAdded extends ChangeRule {
  PrimaryKeyAdded() {
    super(
        "primary-key-added",
        Severity.WARNING,
        "A primary key added to a table that others use, without an index that is already there.",
        "Nobody can read or write the table until its index is built and every row is seen to have a value.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof ConstraintAdded added)
        || added.constraint().kind() != Kind.PRIMARY_KEY
        || added.constraint().usingIndex()
        || !scene.isLiveAndLarge(added.table(), added.offset())
        || isNumbered(added, scene)
        || scene.isSaid(added)) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
                scene.file(),
                added,
                "all users of " + added.table() + " wait while its primary key is built")
            .instead(UsingIndex.of(added, "pkey", scene)));
  }

  /** Of a new numbered column another rule says that the whole table is rewritten. */
  private static boolean isNumbered(ConstraintAdded key, Scene scene) {
    return scene.statement().changes().stream()
        .anyMatch(
            change ->
                change instanceof ColumnAdded added
                    && key.constraint().columns().contains(added.column().name()));
  }
}
