package dev.plumbline.report;

import dev.plumbline.project.MigrationTemplate.Purpose;
import dev.plumbline.project.NewMigration;
import java.util.List;
import java.util.OptionalLong;

/** What {@code plumb new} has written, as text for people and as JSON. */
public final class NewMigrationText {
  private NewMigrationText() {}

  /** The file, and what is to do in it. */
  public static String of(NewMigration migration, List<Purpose> purposes, TextStyle style) {
    StringBuilder text = new StringBuilder();
    text.append(style.green("✓ " + migration.file())).append('\n');
    purposes.forEach(purpose -> text.append("  ").append(line(purpose, style)).append('\n'));
    text.append("Next: do what stands behind `plumb:todo` and `?` in the file, then: ")
        .append(style.plumb())
        .append(" lint\n")
        .append("      Nothing applies it before that is done.\n");
    return text.toString();
  }

  private static String line(Purpose purpose, TextStyle style) {
    OptionalLong violations = purpose.violations();
    return violations.isPresent()
        ? Figures.count(violations.getAsLong(), "row violates ", "rows violate ")
            + purpose.invariant()
            + "; the file expects as many"
        : purpose.invariant()
            + ": not counted; name a database with --database or --env, or run "
            + style.plumb()
            + " audit "
            + purpose.invariant();
  }

  /** One document; ends with a line break. */
  public static String json(String project, NewMigration migration, List<Purpose> purposes) {
    return Json.document(
        json -> {
          json.writeStartObject();
          json.writeStringField("command", "new");
          json.writeStringField("project", project);
          json.writeNumberField("exit", 0);
          json.writeStringField("file", migration.file().toString());
          json.writeArrayFieldStart("invariants");
          for (Purpose purpose : purposes) {
            json.writeStartObject();
            json.writeStringField("name", purpose.invariant());
            Json.number(json, "violations", purpose.violations());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
