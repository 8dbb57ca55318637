package dev.plumbline.report;

import dev.plumbline.execution.RunReport.StepChanges;
import dev.plumbline.journal.Images;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was or will be done to rows, in words. */
final class Changes {
  private Changes() {}

  /**
   * Such as {@code update 618 rows of}, before the table's name.
   *
   * @param object the word for the object of the schema, before its own name or its table's; empty
   *     for rows
   */
  static String planned(Images.Change change, long rows, String object) {
    return object.isEmpty() || object.equals("index")
        ? planned(change, rows)
        : (rows == 0 ? "leave" : change.word()) + " " + object + ofTable(object);
  }

  private static String ofTable(String object) {
    return switch (object) {
      case "column", "constraint", "trigger", "policy" -> " of";
      default -> "";
    };
  }

  private static String planned(Images.Change change, long rows) {
    return switch (change) {
      case INSERT -> "insert " + Figures.count(rows, "row", "rows") + " into";
      case UPDATE -> "update " + Figures.count(rows, "row", "rows") + " of";
      case DELETE -> "delete " + Figures.count(rows, "row", "rows") + " from";
      case CREATE -> "create " + Figures.count(rows, "index", "indexes") + " on";
      case ALTER -> "alter " + Figures.count(rows, "index", "indexes") + " of";
      case DROP -> "drop " + Figures.count(rows, "index", "indexes") + " of";
    };
  }

  /** Such as {@code 618 rows of course_enrollments updated}, or which index was created. */
  static String done(StepChanges step) {
    Images images = step.images();
    if (images.ofStatement()) {
      return Printable.of(images.objectKind()) + " " + object(images) + " " + done(images.change());
    }
    String table = Printable.of(step.images().changedLabel());
    return switch (step.images().change()) {
      case INSERT -> Figures.count(step.rows(), "row", "rows") + " inserted into " + table;
      case UPDATE -> Figures.count(step.rows(), "row", "rows") + " of " + table + " updated";
      case DELETE -> Figures.count(step.rows(), "row", "rows") + " deleted from " + table;
      case CREATE -> "index " + object(step.images()) + " created on " + table;
      case ALTER -> "index " + object(step.images()) + " of " + table + " altered";
      case DROP -> "index " + object(step.images()) + " of " + table + " dropped";
    };
  }

  private static String done(Images.Change change) {
    return switch (change) {
      case CREATE -> "created";
      case ALTER -> "altered";
      case DROP -> "dropped";
      case INSERT, UPDATE, DELETE -> throw new IllegalArgumentException("of rows: " + change);
    };
  }

  /** A step makes or drops one object. */
  private static String object(Images images) {
    return Printable.of(images.objectKey().toString());
  }

  /**
   * Rows changed: by table, then by what the steps do to them; indexes and other objects in groups
   * of their own.
   */
  static Map<String, Map<String, Long>> byTable(List<StepChanges> changes) {
    Map<String, Map<String, Long>> tables = new LinkedHashMap<>();
    for (StepChanges step : changes) {
      tables
          .computeIfAbsent(group(step.images()), group -> new LinkedHashMap<>())
          .merge(step.images().change().word(), step.rows(), Long::sum);
    }
    return tables;
  }

  private static String group(Images images) {
    if (images.ofStatement()) {
      return "objects";
    }
    return images.ofObject() ? "indexes" : images.changedLabel();
  }
}
