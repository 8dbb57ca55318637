package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change.RowSecurity;
import dev.plumbline.lint.Change.RowsWritten;
import dev.plumbline.lint.Change.SettingSet;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import java.util.List;

/** Rows of a table are changed while its policies bind even the owner. */
final class ForcedRowSecurity implements Rule {
  @Override
  public String name() {
    return "forced-row-security";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "An `UPDATE`, `DELETE` or `MERGE` of a table with forced row-level security.";
  }

  @Override
  public String harm() {
    return "The policies hide rows from the migration too: it changes those that it sees, perhaps none, and reports success.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    return file.changes(RowsWritten.class)
        .filter(ForcedRowSecurity::isFiltered)
        .filter(written -> !around.timeline().isNew(file, written.table(), written.offset()))
        .filter(written -> isForced(file, around, written))
        .filter(written -> !isOff(file, written))
        .map(written -> finding(file, written))
        .toList();
  }

  private static boolean isFiltered(RowsWritten written) {
    return switch (written.writing()) {
      case UPDATE, DELETE, MERGE -> true;
      case INSERT, COPY, TRUNCATE -> false; // refused aloud, or not asked
    };
  }

  /** The last word on it before the statement; if the run has none, the database's. */
  private static boolean isForced(LintFile file, Surroundings around, RowsWritten written) {
    Relation table = written.table();
    return around
        .timeline()
        .before(RowSecurity.class, table, file, written.offset())
        .map(RowSecurity::setting)
        .filter(setting -> setting != RowSecurity.Setting.ENABLED)
        .reduce((first, last) -> last)
        .map(setting -> setting == RowSecurity.Setting.FORCED)
        .orElseGet(() -> around.live().filter(live -> live.forcesRowSecurity(table)).isPresent());
  }

  /** With {@code row_security = off} the server refuses instead of hiding. */
  private static boolean isOff(LintFile file, RowsWritten written) {
    return file.changes(SettingSet.class)
        .filter(set -> set.offset() < written.offset())
        .anyMatch(set -> set.name().equals("row_security") && set.value().equals("off"));
  }

  private Finding finding(LintFile file, RowsWritten written) {
    return finding(
            file,
            written,
            written.table()
                + " has forced row-level security: this "
                + written.writing()
                + " changes only the rows that the policies show")
        .instead(
            "SET row_security = off;   -- the server then refuses where it would hide rows\n"
                + file.sqlAt(written.offset())
                + ";");
  }
}
