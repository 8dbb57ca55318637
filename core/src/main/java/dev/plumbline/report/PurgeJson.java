package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.Purge;
import dev.plumbline.transform.DryRuns;
import java.io.IOException;
import java.util.List;

/** Which before-images go, as JSON; the fields are described in docs/json.md. */
public final class PurgeJson {
  private PurgeJson() {}

  /**
   * @param journals one for each journal of the project
   * @param dryRuns what dry runs have left
   * @param done whether it was done
   */
  public static String of(
      String project, List<Purge.Plan> journals, DryRuns.Plan dryRuns, boolean done) {
    return Json.document(
        json -> {
          json.writeStartObject();
          json.writeStringField("command", "purge");
          json.writeStringField("project", project);
          json.writeNumberField("exit", ExitCode.OK.status());
          json.writeBooleanField("committed", done);
          json.writeArrayFieldStart("runs");
          for (Purge.Plan plan : journals) {
            for (Purge.Item item : plan.items()) {
              item(json, item);
            }
          }
          json.writeEndArray();
          json.writeArrayFieldStart("dry_runs");
          for (DryRuns.Item item : dryRuns.items()) {
            dryRun(json, item);
          }
          json.writeEndArray();
          json.writeObjectFieldStart("kept");
          json.writeNumberField("young", journals.stream().mapToLong(Purge.Plan::young).sum());
          json.writeNumberField(
              "migrations", journals.stream().mapToLong(Purge.Plan::migrations).sum());
          json.writeNumberField("needed", journals.stream().mapToLong(Purge.Plan::needed).sum());
          json.writeNumberField("dry_runs", dryRuns.young());
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static void dryRun(JsonGenerator json, DryRuns.Item item) throws IOException {
    json.writeStartObject();
    json.writeStringField("transform", item.transform());
    json.writeStringField("made_at", item.madeAt().toString());
    json.writeNumberField("kept_for_s", item.keep().toSeconds());
    json.writeNumberField("documents", item.documents());
    json.writeEndObject();
  }

  private static void item(JsonGenerator json, Purge.Item item) throws IOException {
    json.writeStartObject();
    json.writeStringField("run", item.run().name());
    json.writeStringField("of", item.run().plan().invariant());
    json.writeStringField("ended_at", item.endedAt().toString());
    json.writeNumberField("kept_for_s", item.keep().toSeconds());
    json.writeNumberField("documents", item.documents());
    json.writeNumberField("rows", item.rows());
    Json.texts(
        json, "tables", item.tables().stream().map(Images::changedLabel).distinct().toList());
    json.writeEndObject();
  }
}
