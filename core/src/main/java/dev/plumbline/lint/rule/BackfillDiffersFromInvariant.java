package dev.plumbline.lint.rule;

import dev.plumbline.invariant.Derive;
import dev.plumbline.lint.Change.RowsWritten;
import dev.plumbline.lint.Change.RowsWritten.Writing;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Shape;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.parser.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A backfill by hand that does not do what the invariant of its column says. */
final class BackfillDiffersFromInvariant implements Rule {
  @Override
  public String name() {
    return "backfill-differs-from-invariant";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A hand-written backfill whose condition or formula differs from the invariant's.";
  }

  @Override
  public String harm() {
    return "Rows that it leaves out or computes otherwise violate the invariant from the first audit on, after the migration reported success.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    List<Finding> findings = new ArrayList<>();
    file.changes(RowsWritten.class)
        .filter(written -> written.writing() == Writing.UPDATE)
        .filter(written -> !around.timeline().isNew(file, written.table(), written.offset()))
        .forEach(written -> check(file, around, written).ifPresent(findings::add));
    return findings;
  }

  /** One finding for a statement: the first column that differs. */
  private Optional<Finding> check(LintFile file, Surroundings around, RowsWritten written) {
    return written.columns().stream()
        .flatMap(
            column ->
                Formula.deriving(written.table(), column, around).stream()
                    .filter(derive -> !isVerified(file, derive))
                    .flatMap(derive -> check(file, around, written, column, derive).stream()))
        .findFirst();
  }

  private static boolean isVerified(LintFile file, Derive derive) {
    return file.directives("verify").stream().anyMatch(d -> d.argument().equals(derive.name()));
  }

  private Optional<Finding> check(
      LintFile file, Surroundings around, RowsWritten written, String column, Derive derive) {
    Optional<Formula> right = Formula.of(derive, column, around);
    Node value = value(written, column);
    boolean comparable =
        right.isPresent() && written.statement().at("fromClause").items().isEmpty();
    if (!comparable) {
      return Optional.of(
          finding(file, written, column, derive, "in a form that cannot be compared with")
              .severity(Severity.WARNING));
    }
    String shape = Shape.of(value);
    if (!shape.equals(right.get().shape())) {
      return Optional.of(finding(file, written, column, derive, "by another formula than that of"));
    }
    return leavesRowsOut(around, written, column, shape, derive)
        ? Optional.of(finding(file, written, column, derive, "under a narrower condition than"))
        : Optional.empty();
  }

  private static Node value(RowsWritten written, String column) {
    return written.statement().at("targetList").items().stream()
        .map(target -> target.at("ResTarget"))
        .filter(target -> target.text("name").equals(column))
        .map(target -> target.at("val"))
        .findFirst()
        .orElse(Node.Fields.NONE);
  }

  /** All but: no condition, the column differs from the formula, the invariant's own condition. */
  private static boolean leavesRowsOut(
      Surroundings around, RowsWritten written, String column, String value, Derive derive) {
    Node condition = written.statement().at("whereClause");
    if (condition.only().isEmpty()) {
      return false;
    }
    String shape = Shape.of(condition);
    boolean whereWrong =
        shape.contains("AEXPR_DISTINCT") && shape.contains(column) && shape.contains(value);
    boolean whereStated =
        derive
            .terms()
            .where()
            .flatMap(where -> Formula.of(where.text(), around))
            .filter(where -> where.shape().equals(shape))
            .isPresent();
    return !whereWrong && !whereStated;
  }

  private Finding finding(
      LintFile file, RowsWritten written, String column, Derive derive, String how) {
    return finding(
            file,
            written,
            written.table()
                + "."
                + column
                + " is filled in "
                + how
                + " the invariant "
                + derive.name())
        .instead("-- plumb:backfill " + derive.name() + "\n-- plumb:verify " + derive.name());
  }
}
