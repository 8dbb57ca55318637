package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Constraint.Kind;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** A foreign key that is checked while both tables are locked. */
final class ForeignKeyWithoutNotValid extends ChangeRule {
  ForeignKeyWithoutNotValid() {
    super(
        "foreign-key-without-not-valid",
        Severity.WARNING,
        "A foreign key added without `NOT VALID`.",
        "Nobody can write to either table until all rows are checked.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof ConstraintAdded added)
        || added.constraint().kind() != Kind.FOREIGN_KEY
        || added.constraint().notValid()
        || !scene.isLiveAndLarge(added.table(), added.offset())
        || scene.isSaid(added)) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
                scene.file(),
                added,
                "writers of "
                    + added.table()
                    + " and "
                    + Relation.of(added.constraint().tree().at("pktable"))
                    + " wait while every row is checked")
            .instead(NotValid.of(added, scene)));
  }
}
