package dev.plumbline.report;

import dev.plumbline.execution.RunReport.StepChanges;
import dev.plumbline.journal.Images;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was or will be done to rows, in words. */
final class Changes {
  private Changes() {}

  /** Such as {@code update 618 rows of}. */
  static String planned(Images.Change change, long rows) {
    return switch (change) {
      case INSERT -> "insert " + Figures.count(rows, "row", "rows") + " into";
      case UPDATE -> "update " + Figures.count(rows, "row", "rows") + " of";
      case DELETE -> "delete " + Figures.count(rows, "row", "rows") + " from";
      case CREATE -> "create " + Figures.count(rows, "index", "indexes") + " on";
      case DROP -> "drop " + Figures.count(rows, "index", "indexes") + " of";
    };
  }

  /** Such as {@code 618 rows of course_enrollments updated}, or which index was created. */
  static String done(StepChanges step) {
    String table = Printable.of(step.images().changedLabel());
    return switch (step.images().change()) {
      case INSERT -> Figures.count(step.rows(), "row", "rows") + " inserted into " + table;
      case UPDATE -> Figures.count(step.rows(), "row", "rows") + " of " + table + " updated";
      case DELETE -> Figures.count(step.rows(), "row", "rows") + " deleted from " + table;
      case CREATE -> "index " + object(step.images()) + " created on " + table;
      case DROP -> "index " + object(step.images()) + " of " + table + " dropped";
    };
  }

  /** A step makes or drops one object. */
  private static String object(Images images) {
    return Printable.of(images.objectKey().toString());
  }

  /** Rows changed: by table, then by what the steps do to them; indexes in a group of their own. */
  static Map<String, Map<String, Long>> byTable(List<StepChanges> changes) {
    Map<String, Map<String, Long>> tables = new LinkedHashMap<>();
    for (StepChanges step : changes) {
      tables
          .computeIfAbsent(
              step.images().ofObject() ? "indexes" : step.images().changedLabel(),
              group -> new LinkedHashMap<>())
          .merge(step.images().change().word(), step.rows(), Long::sum);
    }
    return tables;
  }
}
