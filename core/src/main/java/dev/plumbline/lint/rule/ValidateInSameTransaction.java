package dev.plumbline.lint.rule;

import dev.plumbline.layout.Tool;
import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Change.ConstraintValidated;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** A validation under the lock that NOT VALID was to avoid. */
final class ValidateInSameTransaction extends ChangeRule {
  ValidateInSameTransaction() {
    super(
        "validate-in-same-transaction",
        Severity.WARNING,
        "`NOT VALID` and `VALIDATE CONSTRAINT` in one transaction.",
        "The lock of the first statement is held until the end, so all wait for the check as if `NOT VALID` were not there.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof ConstraintValidated validated)
        || scene.file().layout().tool() == Tool.PLUMBLINE // validates in a transaction of its own
        || !scene.inTransaction()
        || !scene.isLiveAndLarge(validated.table(), validated.offset())
        || !isAddedBefore(validated, scene)) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
                scene.file(),
                validated,
                "`"
                    + validated.name()
                    + "` is added and validated in one transaction, under one lock of "
                    + validated.table())
            .instead("-- in a migration of its own:\n" + scene.sql() + ";"));
  }

  private static boolean isAddedBefore(ConstraintValidated validated, Scene scene) {
    return scene.file().forward().stream()
        .flatMap(statement -> statement.changes().stream())
        .anyMatch(
            change ->
                change instanceof ConstraintAdded added
                    && added.offset() < validated.offset()
                    && added.constraint().notValid()
                    && added.table().same(validated.table())
                    && added.constraint().name().equals(validated.name()));
  }
}
