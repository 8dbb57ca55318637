package dev.plumbline.lint.rule;

import dev.plumbline.layout.Section;
import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Change.NotNullSet;
import dev.plumbline.lint.Change.RowsWritten;
import dev.plumbline.lint.ColumnDefinition;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.parser.Node;
import dev.plumbline.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A column must have a value in every row, and nothing has given the old rows one. */
final class NotNullWithoutBackfill implements Rule {
  @Override
  public String name() {
    return "not-null-without-backfill";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A column that must not be NULL, while nothing gives the rows that are there a value.";
  }

  @Override
  public String harm() {
    return "On a table with rows the statement fails; what is missing is the value for them, and a default made up in a hurry would hide that.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    Stream<Finding> added =
        file.changes(ColumnAdded.class)
            .filter(column -> !around.timeline().isNew(file, column.table(), column.offset()))
            .filter(column -> isRequired(column.column()))
            .map(column -> required(file, column));
    Stream<Finding> set =
        file.changes(NotNullSet.class)
            .filter(change -> !around.timeline().isNew(file, change.table(), change.offset()))
            .filter(change -> !mayHold(file, around, change))
            .map(change -> unfilled(file, change));
    return Stream.concat(added, set).toList();
  }

  private static boolean isRequired(ColumnDefinition column) {
    return column.notNull() && column.fallback().isEmpty() && !column.computed();
  }

  private Finding required(LintFile file, ColumnAdded added) {
    String sql = file.sqlAt(added.offset()).replaceFirst("(?i)\\s+NOT\\s+NULL", "");
    return finding(
            file,
            added,
            "`"
                + added.column().name()
                + "` is added to "
                + added.table()
                + " as NOT NULL, without a value for the rows that are there")
        .instead(sql + ";\n" + filling(added.table(), added.column().name()));
  }

  private Finding unfilled(LintFile file, NotNullSet set) {
    return finding(
            file,
            set,
            "`"
                + set.column()
                + "` of "
                + set.table()
                + " must not be NULL from here on, and nothing before fills in the rows that are")
        .instead(filling(set.table(), set.column()));
  }

  private static String filling(Relation table, String column) {
    String quoted = Table.quoted(column);
    return "UPDATE "
        + table.sql()
        + " SET "
        + quoted
        + " = … WHERE "
        + quoted
        + " IS NULL;   -- or -- plumb:backfill and -- plumb:verify\nALTER TABLE "
        + table.sql()
        + " ALTER COLUMN "
        + quoted
        + " SET NOT NULL;";
  }

  /** Whether rows were filled before, or the other rule about the order speaks about it. */
  private static boolean mayHold(LintFile file, Surroundings around, NotNullSet set) {
    boolean judgedAsStep =
        file.hasSteps() && file.statementAt(set.offset()).section() == Section.CONSTRAIN;
    return judgedAsStep
        || filledAnywhere(file, around, set)
        || isChecked(file, around, set)
        || hasValueByDefinition(file, around, set);
  }

  private static boolean filledAnywhere(LintFile file, Surroundings around, NotNullSet set) {
    boolean written =
        around
            .timeline()
            .all(RowsWritten.class, set.table())
            .anyMatch(w -> settles(w, set.column()));
    return written || new Fills(file, around).column(set.table(), set.column());
  }

  private static boolean settles(RowsWritten written, String column) {
    return switch (written.writing()) {
      case UPDATE, MERGE -> written.columns().contains(column);
      case DELETE, TRUNCATE -> true;
      case INSERT, COPY -> false;
    };
  }

  /** A check that says {@code IS NOT NULL} already holds. */
  private static boolean isChecked(LintFile file, Surroundings around, NotNullSet set) {
    return around
        .timeline()
        .before(ConstraintAdded.class, set.table(), file, set.offset())
        .filter(added -> added.constraint().columns().contains(set.column()))
        .map(added -> added.constraint().tree())
        .flatMap(tree -> tree.all("NullTest"))
        .map(test -> test.text("nulltesttype"))
        .anyMatch("IS_NOT_NULL"::equals);
  }

  private static boolean hasValueByDefinition(LintFile file, Surroundings around, NotNullSet set) {
    Optional<ColumnDefinition> column =
        around.timeline().column(set.table(), set.column(), file, set.offset());
    return column
        .filter(
            c -> c.notNull() || c.computed() || c.fallback().filter(d -> !isNull(d)).isPresent())
        .isPresent();
  }

  private static boolean isNull(Node expression) {
    return expression.at("A_Const").is("isnull");
  }
}
