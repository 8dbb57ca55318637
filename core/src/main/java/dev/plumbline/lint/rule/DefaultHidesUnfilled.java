package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Change.DefaultSet;
import dev.plumbline.lint.Change.OfTable;
import dev.plumbline.lint.Change.RowsWritten;
import dev.plumbline.lint.Change.RowsWritten.Writing;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.lint.Trees;
import dev.plumbline.parser.Node;
import dev.plumbline.project.Directive;
import dev.plumbline.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A default that makes a row that nobody filled look like one that is right. */
final class DefaultHidesUnfilled implements Rule {
  @Override
  public String name() {
    return "default-hides-unfilled";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A column added with a default that lets rows that nobody filled look filled.";
  }

  @Override
  public String harm() {
    return "A row that the backfill missed holds the default, and nothing tells it from a row for which that is the right value.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    Stream<Optional<Finding>> added =
        file.changes(ColumnAdded.class)
            .filter(column -> column.column().fallback().filter(d -> isValue(d)).isPresent())
            .map(column -> finding(file, around, column, column.column().name()));
    Stream<Optional<Finding>> set =
        file.changes(DefaultSet.class)
            .filter(change -> isValue(change.expression()))
            .map(change -> finding(file, around, change, change.column()));
    return Stream.concat(added, set).flatMap(Optional::stream).toList();
  }

  /** The same for every row, and not NULL. */
  private static boolean isValue(Node fallback) {
    return fallback.all("FuncCall").findAny().isEmpty()
        && fallback.all("SQLValueFunction").findAny().isEmpty()
        && fallback.all("A_Const").noneMatch(constant -> constant.is("isnull"));
  }

  private Optional<Finding> finding(
      LintFile file, Surroundings around, OfTable change, String column) {
    Relation table = change.table();
    if (around.timeline().isNew(file, table, change.offset())
        || isVerified(file, around, table, column)) {
      return Optional.empty();
    }
    Optional<Finding> derived =
        Keepers.of(table, column, around)
            .map(keeper -> finding(file, change, column, "is derived by " + keeper));
    return derived.or(
        () ->
            filler(file, change, column)
                .map(
                    line ->
                        finding(
                                file,
                                change,
                                column,
                                "is filled in line " + line + ", not for every row")
                            .severity(Severity.WARNING)));
  }

  /** A verify of an invariant looks at the value, whatever the default is. */
  private static boolean isVerified(
      LintFile file, Surroundings around, Relation table, String column) {
    List<String> verified = file.directives("verify").stream().map(Directive::argument).toList();
    return Formula.deriving(table, column, around).stream()
        .anyMatch(derive -> verified.contains(derive.name()));
  }

  /** The line that computes values for some of the rows. */
  private static Optional<Integer> filler(LintFile file, OfTable change, String column) {
    return file.changes(RowsWritten.class)
        .filter(written -> written.offset() > change.offset())
        .filter(written -> written.writing() == Writing.UPDATE)
        .filter(written -> written.table().same(change.table()))
        .filter(written -> written.columns().contains(column))
        .filter(written -> written.statement().at("whereClause").only().isPresent())
        .filter(written -> !Trees.isConstant(written.statement().at("targetList")))
        .map(written -> file.position(written.offset()).line())
        .findFirst();
  }

  private Finding finding(LintFile file, OfTable change, String column, String why) {
    String quoted = Table.quoted(column);
    String alter = "ALTER TABLE " + change.table().sql();
    String without =
        file.sqlAt(change.offset())
            .replaceFirst(
                "(?is)\\s+(NOT\\s+NULL\\s+)?(SET\\s+)?DEFAULT\\s+('[^']*'|[\\w.]+)(::\\w+)?", "")
            .replaceFirst("(?i)\\s+NOT\\s+NULL", "");
    String first = change instanceof ColumnAdded ? without + ";\n" : "";
    return finding(
            file,
            change,
            "`" + column + "` of " + change.table() + " gets a default, but it " + why)
        .instead(
            first
                + "-- backfill and verify; only then, for new rows:\n"
                + alter
                + " ALTER COLUMN "
                + quoted
                + " SET DEFAULT …, ALTER COLUMN "
                + quoted
                + " SET NOT NULL;");
  }
}
