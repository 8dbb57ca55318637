package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.error.ExitCode;
import dev.plumbline.probe.ProbeResult;
import dev.plumbline.source.DocumentSource.Allowance;
import dev.plumbline.transform.DocumentRollbackReport;
import dev.plumbline.transform.Problem;
import dev.plumbline.transform.TransformPlan;
import dev.plumbline.transform.TransformPlan.Sample;
import dev.plumbline.transform.TransformReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Plans and runs over documents as JSON; the fields are described in docs/json.md. */
public final class TransformJson {
  private TransformJson() {}

  public static String plan(String project, TransformPlan plan) {
    return Json.document(
        json -> {
          json.writeStartObject();
          head(json, project, plan.exitCode());
          json.writeBooleanField("committed", false);
          json.writeStringField("transform", plan.transform());
          json.writeStringField("source", plan.source());
          plan.tally().write(json);
          json.writeArrayFieldStart("samples");
          for (Sample sample : plan.samples()) {
            json.writeStartObject();
            json.writeStringField("id", sample.id());
            Json.texts(json, "paths", sample.paths());
            json.writeEndObject();
          }
          json.writeEndArray();
          problems(json, plan.problems());
          Json.texts(json, "notes", plan.notes());
          allowance(json, plan.allowance());
          json.writeStringField("folder", plan.folder().map(Path::toString).orElse(null));
          json.writeNumberField("duration_ms", plan.took().toMillis());
          json.writeEndObject();
        });
  }

  /**
   * What a run did.
   *
   * @param command the command that worked on it
   * @param probed what its probes found
   * @param back what took it back because of that
   * @param exit the command's
   */
  public static String result(
      String command,
      String project,
      TransformReport report,
      Optional<ProbeResult> probed,
      Optional<DocumentRollbackReport> back,
      ExitCode exit) {
    return Json.document(
        json -> {
          json.writeStartObject();
          json.writeStringField("command", command);
          json.writeStringField("project", project);
          json.writeNumberField("exit", exit.status());
          json.writeBooleanField("committed", true);
          json.writeObjectFieldStart("run");
          RunJson.run(json, report.run());
          json.writeEndObject();
          if (report.tally().isPresent()) {
            report.tally().get().write(json);
          }
          problems(json, report.problems());
          ProbeJson.write(json, probed);
          if (back.isPresent()) {
            json.writeObjectFieldStart("rollback");
            RunJson.run(json, back.get().run());
            json.writeEndObject();
          }
          allowance(json, report.allowance());
          json.writeStringField("folder", report.folder().map(Path::toString).orElse(null));
          json.writeNumberField("duration_ms", report.took().toMillis());
          json.writeEndObject();
        });
  }

  private static void head(JsonGenerator json, String project, ExitCode exit) throws IOException {
    json.writeStringField("command", "transform");
    json.writeStringField("project", project);
    json.writeNumberField("exit", exit.status());
  }

  private static void problems(JsonGenerator json, List<Problem> problems) throws IOException {
    json.writeArrayFieldStart("problems");
    for (Problem problem : problems) {
      problem.write(json);
    }
    json.writeEndArray();
  }

  private static void allowance(JsonGenerator json, Optional<Allowance> allowance)
      throws IOException {
    if (allowance.isEmpty()) {
      json.writeNullField("requests");
      return;
    }
    json.writeObjectFieldStart("requests");
    json.writeNumberField("made", allowance.get().made());
    json.writeNumberField("too_many", allowance.get().refused());
    json.writeNumberField("permitted_per_second", allowance.get().permitted());
    Json.number(json, "left_today", allowance.get().today());
    json.writeEndObject();
  }
}
