package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import java.util.List;
import java.util.Optional;

/** A column is added that other data decides, and the old rows never get its value. */
final class DerivedNeverFilled implements Rule {
  @Override
  public String name() {
    return "derived-never-filled";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A derived column added, and nothing fills it in for the rows that are there.";
  }

  @Override
  public String harm() {
    return "The old rows hold NULL, or the default, where a value follows from other data.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    return file.directives("no-backfill").isEmpty()
        ? file.changes(ColumnAdded.class)
            .filter(added -> !added.column().computed())
            .filter(added -> !around.timeline().isNew(file, added.table(), added.offset()))
            .filter(added -> !new Fills(file, around).column(added.table(), added.column().name()))
            .flatMap(added -> finding(file, around, added).stream())
            .toList()
        : List.of();
  }

  private Optional<Finding> finding(LintFile file, Surroundings around, ColumnAdded added) {
    return Formula.deriving(added.table(), added.column().name(), around).stream()
        .findFirst()
        .map(
            derive ->
                finding(
                        file,
                        added,
                        "`"
                            + added.column().name()
                            + "` of "
                            + added.table()
                            + " is derived by the invariant "
                            + derive.name()
                            + ", and no step fills it in")
                    .instead(
                        "-- plumb:expect N rows violate "
                            + derive.name()
                            + "\n-- plumb:schema\n"
                            + file.sqlAt(added.offset())
                            + ";\n-- plumb:backfill "
                            + derive.name()
                            + "\n-- plumb:verify "
                            + derive.name()));
  }
}
