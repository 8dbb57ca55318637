package dev.plumbline.lint.rule;

import dev.plumbline.layout.Layout.Wrapping;
import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.TableRenamed;
import dev.plumbline.lint.Change.Transaction;
import dev.plumbline.lint.ColumnDefinition;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.LintStatement;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Surroundings;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a change takes place: its statement, in its file, among the others. */
record Scene(LintFile file, Surroundings around, LintStatement statement) {
  /** Below this, all rows are read or written in a moment. */
  private static final long SMALL = 10_000;

  /** Whether others may be using a table at this place. */
  boolean isLive(Relation table, int offset) {
    return !around.timeline().isUnknown(file, table, offset)
        && file.changes(TableRenamed.class)
            .filter(renamed -> renamed.offset() < offset && renamed.to().equals(table.name()))
            .allMatch(renamed -> isLive(renamed.table(), renamed.offset()));
  }

  /** Whether others may be using a table and a look at all its rows would take long. */
  boolean isLiveAndLarge(Relation table, int offset) {
    boolean small =
        around.live().filter(live -> live.rows(table).orElse(SMALL) < SMALL).isPresent();
    return !small && isLive(table, offset);
  }

  /** Whether all of it stays undone if a later statement of the file fails. */
  boolean inTransaction() {
    return switch (file.layout().wrapping()) {
      case WRAPPED -> true;
      case ONE_QUERY -> file.forward().size() > 1 || hasBegun();
      case NOT_WRAPPED, UNKNOWN -> hasBegun();
    };
  }

  /** Whether the file has a BEGIN open here. */
  private boolean hasBegun() {
    return file.changes(Transaction.class)
        .filter(control -> control.offset() < statement.statement().start())
        .map(control -> opens(control))
        .reduce(false, (before, now) -> now);
  }

  private static boolean opens(Transaction control) {
    return switch (control.kind()) {
      case "TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK", "TRANS_STMT_PREPARE" -> false;
      default -> true;
    };
  }

  boolean isWrapped() {
    return file.layout().wrapping() == Wrapping.WRAPPED;
  }

  /** A column as the run has defined it so far. */
  Optional<ColumnDefinition> column(Relation table, String column, int offset) {
    return around.timeline().column(table, column, file, offset);
  }

  /** The statement as written. */
  String sql() {
    return statement.statement().text();
  }

  /** The statement with one keyword replaced, as corrected SQL. */
  String with(String keyword, String instead) {
    Matcher matcher =
        Pattern.compile("\\b" + keyword + "\\b", Pattern.CASE_INSENSITIVE).matcher(sql());
    return matcher.replaceFirst(Matcher.quoteReplacement(instead)) + ";";
  }

  /** Whether it stands in a {@code DO} block, whose text is no SQL of its own. */
  boolean inBody() {
    return statement.statement().kind().equals("DoStmt");
  }

  /** Whether another rule says of the same place that data is left wrong or lost. */
  boolean isSaid(Change change) {
    return Stream.of(
            new ConstraintBeforeBackfill(),
            new NotNullWithoutBackfill(),
            new DropOfBackfillSource())
        .flatMap(rule -> rule.check(file, around).stream())
        .anyMatch(finding -> finding.start() == change.offset());
  }

  /** Corrected SQL that cannot run in a transaction, below what switches the tool's off. */
  String alone(String sql) {
    String how = inTransaction() ? file.layout().tool().withoutTransaction() : "";
    return how.isEmpty() ? sql : how + "\n" + sql;
  }
}
