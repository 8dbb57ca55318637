package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Constraint.Kind;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** A unique constraint that builds its index while everybody waits. */
final class UniqueWithoutIndex extends ChangeRule {
  UniqueWithoutIndex() {
    super(
        "unique-without-index",
        Severity.WARNING,
        "A `UNIQUE` constraint added without an index that is already there.",
        "Nobody can read or write the table until its index is built.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof ConstraintAdded added)
        || added.constraint().kind() != Kind.UNIQUE
        || added.constraint().usingIndex()
        || !scene.isLiveAndLarge(added.table(), added.offset())
        || scene.isSaid(added)) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
                scene.file(),
                added,
                "all users of " + added.table() + " wait while its unique index is built")
            .instead(UsingIndex.of(added, "key", scene)));
  }
}
