package dev.plumbline.lint.rule;

import dev.plumbline.invariant.Invariant;
import dev.plumbline.lint.Change.ColumnDropped;
import dev.plumbline.lint.Change.Dropped;
import dev.plumbline.lint.Change.RowsWritten;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.lint.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A file drops what its own backfill reads. */
final class DropOfBackfillSource implements Rule {
  @Override
  public String name() {
    return "drop-of-backfill-source";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A `DROP` of a table or column that the same file reads for its backfill.";
  }

  @Override
  public String harm() {
    return "If the backfill was wrong, what it could be computed from again is gone; and no verify can look at it any more.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    List<Finding> findings = new ArrayList<>();
    file.changes(Dropped.class)
        .filter(drop -> List.of("TABLE", "VIEW", "MATVIEW").contains(drop.kind()))
        .filter(drop -> !around.timeline().isNew(file, drop.object(), drop.offset()))
        .filter(drop -> isRead(file, around, drop.object(), "", drop.offset()))
        .forEach(drop -> findings.add(gone(file, drop, drop.object().toString())));
    file.changes(ColumnDropped.class)
        .filter(drop -> isRead(file, around, drop.table(), drop.column(), drop.offset()))
        .forEach(drop -> findings.add(gone(file, drop, drop.table() + "." + drop.column())));
    return findings;
  }

  private Finding gone(LintFile file, dev.plumbline.lint.Change drop, String what) {
    return finding(file, drop, what + " goes in the file that fills rows from it")
        .instead(
            "-- in a later migration, once the backfill has proven itself:\n"
                + file.sqlAt(drop.offset())
                + ";");
  }

  private static boolean isRead(
      LintFile file, Surroundings around, Relation table, String column, int offset) {
    return file.changes(RowsWritten.class)
            .filter(written -> written.offset() < offset)
            .anyMatch(written -> reads(written, table, column))
        || Backfills.of(file, around).invariants().stream()
            .anyMatch(invariant -> reads(invariant, table, column));
  }

  private static boolean reads(RowsWritten written, Relation table, String column) {
    boolean fills =
        switch (written.writing()) {
          case UPDATE, MERGE, INSERT -> true;
          case DELETE, COPY, TRUNCATE -> false;
        };
    List<Relation> tables = Trees.tables(written.statement());
    boolean from =
        column.isEmpty()
            ? !written.table().same(table) && tables.stream().anyMatch(table::same)
            : tables.stream().anyMatch(table::same)
                && Trees.columns(written.statement()).contains(column);
    return fills && from;
  }

  /** By the words of its file: an invariant is SQL of any dialect, and need not be parsed. */
  private static boolean reads(Invariant invariant, Relation table, String column) {
    String text = invariant.terms().definition().text().toLowerCase(Locale.ROOT);
    return hasWord(text, table.name()) && (column.isEmpty() || hasWord(text, column));
  }

  private static boolean hasWord(String text, String word) {
    return java.util.regex.Pattern.compile(
            "(?<!\\w)" + java.util.regex.Pattern.quote(word.toLowerCase(Locale.ROOT)) + "(?!\\w)")
        .matcher(text)
        .find();
  }
}
