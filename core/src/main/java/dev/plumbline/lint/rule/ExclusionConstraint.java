package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Constraint.Kind;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import dev.plumbline.schema.Table;
import java.util.Optional;
import java.util.regex.Matcher;

/** An exclusion constraint on a table that others use. */
final class ExclusionConstraint extends ChangeRule {
  ExclusionConstraint() {
    super(
        "exclusion-constraint",
        Severity.WARNING,
        "An exclusion constraint added to a table that others use.",
        "Nobody can read or write the table until its index is built; there is no way to do it beside them.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof ConstraintAdded added)
        || added.constraint().kind() != Kind.EXCLUDE
        || !scene.isLiveAndLarge(added.table(), added.offset())) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
                scene.file(),
                added,
                "all users of " + added.table() + " wait while its exclusion constraint is built")
            .instead(
                "-- make it with a new table, and move the rows over in batches:\nCREATE TABLE "
                    + Table.quoted(added.table().name() + "_new")
                    + " (LIKE "
                    + added.table().sql()
                    + " INCLUDING ALL);\n"
                    + scene
                        .sql()
                        .replaceFirst(
                            "(?i)(TABLE\\s+(?:ONLY\\s+)?)[\\w.\"]+",
                            "$1"
                                + Matcher.quoteReplacement(
                                    Table.quoted(added.table().name() + "_new")))
                    + ";"));
  }
}
