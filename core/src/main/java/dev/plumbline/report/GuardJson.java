package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.error.ExitCode;
import dev.plumbline.guard.DropPlan;
import dev.plumbline.guard.GuardPlan;
import dev.plumbline.guard.GuardPlan.Watch;
import dev.plumbline.guard.Standing;
import dev.plumbline.guard.Standing.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guards as JSON; the fields are described in docs/json.md. */
public final class GuardJson {
  private GuardJson() {}

  /** The plan of a guard, or what was installed by it. */
  public static String plan(String project, String database, GuardPlan plan, boolean committed) {
    return Json.document(
        json -> {
          json.writeStartObject();
          RunJson.head(json, "guard", project, database, ExitCode.OK);
          json.writeBooleanField("committed", committed);
          json.writeStringField("invariant", plan.invariant().name());
          json.writeStringField("state", plan.state().name().toLowerCase(Locale.ROOT));
          json.writeNumberField("violations", plan.counts().violations());
          installed(json, plan.standing());
          json.writeArrayFieldStart("watches");
          for (Watch watch : plan.watches()) {
            json.writeStartObject();
            json.writeStringField("table", watch.table());
            Json.texts(json, "events", List.of(watch.events().split(", ")));
            json.writeStringField("effect", watch.effect());
            json.writeEndObject();
          }
          json.writeEndArray();
          Json.texts(json, "statements", plan.nothingToDo() ? List.of() : plan.statements());
          Json.texts(json, "notes", plan.notes());
          json.writeEndObject();
        });
  }

  /** The plan to drop a guard, or what was dropped by it. */
  public static String plan(String project, String database, DropPlan plan, boolean committed) {
    return Json.document(
        json -> {
          json.writeStartObject();
          RunJson.head(json, "guard", project, database, ExitCode.OK);
          json.writeBooleanField("committed", committed);
          json.writeStringField("invariant", plan.invariant());
          json.writeBooleanField("drop", true);
          installed(json, plan.installed());
          Json.texts(json, "statements", plan.statements());
          json.writeEndObject();
        });
  }

  private static void installed(JsonGenerator json, Optional<Standing> installed)
      throws IOException {
    if (installed.isEmpty()) {
      json.writeNullField("installed");
      return;
    }
    Standing standing = installed.get();
    json.writeObjectFieldStart("installed");
    json.writeStringField("at", standing.installedAt().toString());
    json.writeStringField("actor", standing.actor());
    json.writeStringField("host", standing.host());
    json.writeArrayFieldStart("findings");
    for (Finding finding : standing.findings()) {
      json.writeStartObject();
      json.writeStringField("fault", finding.fault().name().toLowerCase(Locale.ROOT));
      json.writeStringField("object", finding.object());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
