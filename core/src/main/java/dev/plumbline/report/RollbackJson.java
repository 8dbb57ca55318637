package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.rollback.RollbackPlan;
import dev.plumbline.rollback.RollbackPlan.Cell;
import dev.plumbline.rollback.RollbackPlan.PlannedStep;
import dev.plumbline.rollback.RollbackPlan.Sample;
import java.io.IOException;
import java.util.Locale;

/** The plan of a rollback as JSON; the fields are described in docs/json.md. */
public final class RollbackJson {
  private RollbackJson() {}

  /** The plan of a rollback that was not committed. */
  public static String plan(String project, String database, RollbackPlan plan) {
    return Json.document(
        json -> {
          json.writeStartObject();
          RunJson.head(json, "rollback", project, database, plan.exitCode());
          json.writeBooleanField("committed", false);
          json.writeObjectFieldStart("plan");
          write(json, plan);
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, RollbackPlan plan) throws IOException {
    json.writeNumberField("reverts", plan.run().id());
    json.writeStringField("invariant", plan.run().plan().invariant());
    counts(json, plan.restored(), plan.already(), plan.conflicts(), plan.inPart());
    json.writeArrayFieldStart("steps");
    for (PlannedStep step : plan.steps()) {
      json.writeStartObject();
      json.writeNumberField("step", step.step());
      json.writeStringField("change", step.change().word());
      json.writeStringField("table", step.table());
      counts(json, step.restored(), step.already(), step.conflicts(), step.inPart());
      json.writeStringField("summary", step.summary());
      Json.texts(json, "statements", step.statements());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("samples");
    for (Sample sample : plan.samples()) {
      sample(json, sample);
    }
    json.writeEndArray();
    Json.texts(json, "notes", plan.notes());
  }

  private static void counts(
      JsonGenerator json, long restored, long already, long conflicts, long inPart)
      throws IOException {
    json.writeNumberField("restored", restored);
    json.writeNumberField("already", already);
    json.writeNumberField("conflicts", conflicts);
    json.writeNumberField("in_part", inPart);
  }

  private static void sample(JsonGenerator json, Sample sample) throws IOException {
    json.writeStartObject();
    json.writeNumberField("step", sample.step());
    json.writeStringField("change", sample.change().word());
    json.writeStringField("table", sample.table());
    json.writeStringField("key", sample.key());
    json.writeStringField("outcome", sample.outcome().name().toLowerCase(Locale.ROOT));
    json.writeStringField("why", sample.why());
    json.writeObjectFieldStart("columns");
    for (Cell cell : sample.cells()) {
      json.writeObjectFieldStart(cell.column());
      json.writeStringField("outcome", cell.outcome().name().toLowerCase(Locale.ROOT));
      json.writeStringField("before", cell.before().orElse(null));
      json.writeStringField("after", cell.after().orElse(null));
      json.writeStringField("now", cell.now().orElse(null));
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
