package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.document.Examination.Finding;
import dev.plumbline.error.ExitCode;
import dev.plumbline.probe.ProbeResult;
import dev.plumbline.source.DocumentSource.Allowance;
import dev.plumbline.transform.DocumentRollbackReport;
import dev.plumbline.transform.Problem;
import dev.plumbline.transform.Tally;
import dev.plumbline.transform.TransformPlan;
import dev.plumbline.transform.TransformPlan.Sample;
import dev.plumbline.transform.TransformReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
          tally(json, plan.tally());
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
            tally(json, report.tally().get());
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

  private static void tally(JsonGenerator json, Tally tally) throws IOException {
    json.writeNumberField("total", tally.total());
    json.writeNumberField("transformed", tally.transformed());
    json.writeNumberField("unchanged", tally.unchanged());
    json.writeNumberField("skipped", tally.skipped());
    json.writeNumberField("failed", tally.failed());
    json.writeNumberField("validation_errors", tally.validationErrors());
    json.writeObjectFieldStart("counts");
    for (var count : tally.counts().entrySet()) {
      json.writeObjectFieldStart(count.getKey());
      for (Map.Entry<String, Long> label : count.getValue().entrySet()) {
        json.writeNumberField(label.getKey(), label.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void problems(JsonGenerator json, List<Problem> problems) throws IOException {
    json.writeArrayFieldStart("problems");
    for (Problem problem : problems) {
      json.writeStartObject();
      json.writeStringField("id", problem.id());
      json.writeStringField("sort", problem.sort().word());
      json.writeStringField("what", problem.what());
      json.writeArrayFieldStart("findings");
      for (Finding finding : problem.findings()) {
        json.writeStartObject();
        json.writeStringField("rule", finding.rule());
        json.writeStringField("path", finding.path());
        json.writeStringField("what", finding.what());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
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
