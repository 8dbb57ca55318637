package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.Run;
import dev.plumbline.transform.DocumentRollbackPlan;
import dev.plumbline.transform.DocumentRollbackPlan.Kept;
import dev.plumbline.transform.DocumentRollbackReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What taking documents back would do, and what it did, as JSON; the fields are described in
 * docs/json.md.
 */
public final class DocumentRollbackJson {
  private DocumentRollbackJson() {}

  public static String plan(String project, DocumentRollbackPlan plan) {
    return Json.document(
        json -> {
          json.writeStartObject();
          head(json, "rollback", project, plan.exitCode());
          json.writeBooleanField("committed", false);
          json.writeStringField("transform", plan.run().plan().invariant());
          json.writeStringField("reverts", plan.run().name());
          json.writeStringField("source", plan.place());
          json.writeNumberField("restored", plan.restored());
          json.writeNumberField("restored_in_part", plan.inPart());
          json.writeNumberField("already_back", plan.already());
          json.writeNumberField("merged", plan.merged());
          json.writeNumberField("conflicts", plan.conflicts());
          documents(json, "kept", plan.kept());
          documents(json, "merges", plan.mergedPaths());
          active(json, plan.active());
          json.writeEndObject();
        });
  }

  private static void active(JsonGenerator json, Optional<Run> active) throws IOException {
    if (active.isEmpty()) {
      json.writeNullField("active");
      return;
    }
    Run run = active.get();
    json.writeObjectFieldStart("active");
    json.writeStringField("run", run.name());
    json.writeStringField("kind", run.plan().kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("state", run.state().word());
    json.writeBooleanField("interrupted", run.interrupted());
    json.writeEndObject();
  }

  private static void documents(JsonGenerator json, String name, List<Kept> documents)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Kept one : documents) {
      json.writeStartObject();
      json.writeStringField("id", one.id());
      Json.texts(json, "paths", one.paths());
      json.writeStringField("why", one.why());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * What a rollback did.
   *
   * @param command the command that worked on it
   */
  public static String result(String command, String project, DocumentRollbackReport report) {
    return Json.document(
        json -> {
          json.writeStartObject();
          head(json, command, project, report.run().exitCode());
          json.writeBooleanField("committed", true);
          json.writeObjectFieldStart("run");
          RunJson.run(json, report.run());
          json.writeEndObject();
          json.writeStringField("reverts", report.reverts());
          counts(json, report);
          json.writeStringField("folder", report.folder().map(Path::toString).orElse(null));
          json.writeNumberField("duration_ms", report.took().toMillis());
          json.writeEndObject();
        });
  }

  /** Each document in the run's scope is in one of these numbers. */
  private static void counts(JsonGenerator json, DocumentRollbackReport report) throws IOException {
    json.writeNumberField("restored", report.restored());
    json.writeNumberField("restored_in_part", report.inPart());
    json.writeNumberField("already_back", report.already());
    json.writeNumberField("merged", report.merged());
    json.writeNumberField("conflicts", report.conflicts());
    json.writeNumberField("left", report.left());
  }

  private static void head(JsonGenerator json, String command, String project, ExitCode exit)
      throws IOException {
    json.writeStringField("command", command);
    json.writeStringField("project", project);
    json.writeNumberField("exit", exit.status());
  }
}
