package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Constraint.Kind;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** A check that is made while everybody waits. */
final class CheckWithoutNotValid extends ChangeRule {
  CheckWithoutNotValid() {
    super(
        "check-without-not-valid",
        Severity.WARNING,
        "A `CHECK` added without `NOT VALID`.",
        "Nobody can read or write the table until all rows are checked.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof ConstraintAdded added)
        || added.constraint().kind() != Kind.CHECK
        || added.constraint().notValid()
        || !scene.isLiveAndLarge(added.table(), added.offset())
        || scene.isSaid(added)) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
                scene.file(),
                added,
                "all users of " + added.table() + " wait while every row is checked")
            .instead(NotValid.of(added, scene)));
  }
}
