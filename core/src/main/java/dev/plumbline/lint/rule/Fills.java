package dev.plumbline.lint.rule;

import dev.plumbline.lint.Body.Write;
import dev.plumbline.lint.Change.Called;
import dev.plumbline.lint.Change.FunctionMade;
import dev.plumbline.lint.Change.RowsWritten;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Surroundings;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether a file, or one after it, fills in rows that are already there. */
record Fills(LintFile file, Surroundings around) {
  /** Functions of which only the name is known, and which by that name fill something in. */
  private static final Pattern FILLER =
      Pattern.compile(".*(backfill|recalc|recompute|refresh|rebuild|resync|sync|populate|fill).*");

  /** Whether rows of the table get a value in that column. */
  boolean column(Relation table, String column) {
    return step(backfills -> backfills.fill(table, column))
        || written(table).anyMatch(w -> fills(w, column))
        || calls(table, column);
  }

  /** Whether rows of the table are written at all, so that its triggers fire for them. */
  boolean table(Relation table) {
    return step(backfills -> backfills.fill(table)) || written(table).anyMatch(Fills::reachesRows);
  }

  /** Whether rows are put into the table. */
  boolean inserts(Relation table) {
    return step(backfills -> backfills.fill(table))
        || written(table).findAny().isPresent()
        || calls(table, "");
  }

  private boolean step(Predicate<Backfills> fills) {
    return around
        .timeline()
        .backfillsFrom(file)
        .anyMatch(other -> fills.test(Backfills.of(other, around)));
  }

  private Stream<RowsWritten> written(Relation table) {
    return around.timeline().from(RowsWritten.class, table, file);
  }

  private static boolean fills(RowsWritten written, String column) {
    return switch (written.writing()) {
      case UPDATE, MERGE -> written.columns().contains(column);
      case INSERT, COPY -> written.columns().isEmpty() || written.columns().contains(column);
      case TRUNCATE -> true; // no row is left that would have to be filled
      case DELETE -> false;
    };
  }

  private static boolean reachesRows(RowsWritten written) {
    return switch (written.writing()) {
      case UPDATE, MERGE, TRUNCATE -> true;
      case INSERT, COPY, DELETE -> false;
    };
  }

  private boolean calls(Relation table, String column) {
    return around
        .timeline()
        .callsFrom(file)
        .map(Called::function)
        .distinct()
        .anyMatch(function -> fills(function, table, column));
  }

  private boolean fills(Relation function, Relation table, String column) {
    List<FunctionMade> known =
        around.timeline().functions(function).map(event -> (FunctionMade) event.change()).toList();
    if (known.isEmpty()) {
      return FILLER.matcher(function.name()).matches();
    }
    return known.stream()
        .flatMap(made -> made.body().stream())
        .flatMap(body -> body.writes().stream())
        .anyMatch(write -> isOf(write, table, column));
  }

  private static boolean isOf(Write write, Relation table, String column) {
    return write.table().filter(t -> t.same(table)).isPresent()
        && (column.isEmpty() || write.column().equals(column));
  }
}
