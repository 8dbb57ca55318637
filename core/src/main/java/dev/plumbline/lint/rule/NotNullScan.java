package dev.plumbline.lint.rule;

import dev.plumbline.layout.Section;
import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Change.ConstraintValidated;
import dev.plumbline.lint.Change.NotNullSet;
import dev.plumbline.lint.Constraint;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Trees;
import dev.plumbline.schema.Table;
import java.util.List;
import java.util.Optional;

/** A NOT NULL that is checked while everybody waits. */
final class NotNullScan extends ChangeRule {
  NotNullScan() {
    super(
        "not-null-scan",
        Severity.WARNING,
        "`SET NOT NULL` without a validated `CHECK` that already says so.",
        "Nobody can read or write the table until every row is seen to have a value.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof NotNullSet set)
        || isProven(set, scene)
        || !scene.isLiveAndLarge(set.table(), set.offset())
        || scene.isSaid(set)) {
      return Optional.empty();
    }
    String table = "ALTER TABLE " + set.table().sql();
    String column = Table.quoted(set.column());
    String check = Table.quoted(set.table().name() + "_" + set.column() + "_not_null");
    return Optional.of(
        finding(
                scene.file(),
                set,
                "all users of "
                    + set.table()
                    + " wait while every row is searched for a missing `"
                    + set.column()
                    + "`")
            .instead(
                table
                    + " ADD CONSTRAINT "
                    + check
                    + " CHECK ("
                    + column
                    + " IS NOT NULL) NOT VALID;\n-- in a later transaction, beside the writers:\n"
                    + table
                    + " VALIDATE CONSTRAINT "
                    + check
                    + ";\n-- then it takes a moment only:\n"
                    + table
                    + " ALTER COLUMN "
                    + column
                    + " SET NOT NULL;\n"
                    + table
                    + " DROP CONSTRAINT "
                    + check
                    + ";"));
  }

  /** By a verify in the step before, or by a check that PostgreSQL itself can see. */
  private static boolean isProven(NotNullSet set, Scene scene) {
    return scene.statement().section() == Section.CONSTRAIN
        || scene
            .around()
            .timeline()
            .before(ConstraintAdded.class, set.table(), scene.file(), set.offset())
            .filter(added -> demands(added.constraint(), set.column()))
            .anyMatch(
                added -> !added.constraint().notValid() || isValidated(added, set.offset(), scene));
  }

  private static boolean demands(Constraint constraint, String column) {
    return switch (constraint.kind()) {
      case NOT_NULL -> constraint.columns().contains(column);
      case CHECK ->
          constraint
              .tree()
              .all("NullTest")
              .anyMatch(
                  test ->
                      test.text("nulltesttype").equals("IS_NOT_NULL")
                          && Trees.columns(test.at("arg")).equals(List.of(column)));
      case PRIMARY_KEY, UNIQUE, FOREIGN_KEY, EXCLUDE -> false;
    };
  }

  private static boolean isValidated(ConstraintAdded added, int before, Scene scene) {
    return scene
        .around()
        .timeline()
        .before(ConstraintValidated.class, added.table(), scene.file(), before)
        .anyMatch(validated -> validated.name().equals(added.constraint().name()));
  }
}
