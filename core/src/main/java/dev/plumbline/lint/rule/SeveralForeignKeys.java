package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Constraint.Kind;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Severity;
import java.util.Optional;
import java.util.stream.Stream;

/** Several foreign keys, and the locks of all their tables at once. */
final class SeveralForeignKeys extends ChangeRule {
  SeveralForeignKeys() {
    super(
        "several-foreign-keys",
        Severity.WARNING,
        "Foreign keys to several tables added in one transaction.",
        "Each locks two tables against writers until the transaction ends; together they are a deadlock with any that come another way.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof ConstraintAdded added)
        || !isLiveKey(added, scene)
        || !scene.inTransaction()) {
      return Optional.empty();
    }
    return scene.file().forward().stream()
        .filter(statement -> statement.section() == scene.statement().section())
        .flatMap(statement -> statement.changes().stream())
        .filter(other -> other.offset() < added.offset())
        .flatMap(other -> other instanceof ConstraintAdded key ? Stream.of(key) : Stream.of())
        .filter(key -> isLiveKey(key, scene) && !referenced(key).same(referenced(added)))
        .findFirst()
        .map(
            first ->
                finding(
                        scene.file(),
                        added,
                        referenced(first)
                            + " is locked by an earlier foreign key while "
                            + referenced(added)
                            + " is waited for")
                    .instead("-- in a migration of its own:\n" + scene.sql() + ";"));
  }

  /** One that would take the locks for a moment only, if it were alone. */
  private static boolean isLiveKey(ConstraintAdded added, Scene scene) {
    return added.constraint().kind() == Kind.FOREIGN_KEY
        && added.constraint().notValid()
        && scene.isLive(added.table(), added.offset())
        && scene.isLive(referenced(added), added.offset());
  }

  private static Relation referenced(ConstraintAdded added) {
    return Relation.of(added.constraint().tree().at("pktable"));
  }
}
