package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintReport;
import dev.plumbline.lint.Severity;
import java.io.IOException;

/** Findings as JSON; the fields are described in docs/json.md. */
public final class LintJson {
  private LintJson() {}

  /** One document; ends with a line break. */
  public static String of(LintReport report) {
    return Json.document(
        json -> {
          json.writeStartObject();
          json.writeStringField("command", "lint");
          json.writeNumberField("exit", report.exitCode().status());
          json.writeNumberField("files", report.files());
          json.writeNumberField("statements", report.statements());
          json.writeNumberField("errors", report.count(Severity.ERROR));
          json.writeNumberField("warnings", report.count(Severity.WARNING));
          json.writeNumberField("allowed", report.waived());
          json.writeArrayFieldStart("findings");
          for (Finding finding : report.findings()) {
            finding(json, finding);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void finding(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("rule", finding.rule());
    json.writeStringField("severity", finding.severity().word());
    json.writeStringField("file", finding.position().file().toString());
    json.writeNumberField("line", finding.position().line());
    json.writeNumberField("column", finding.position().column());
    json.writeStringField("text", finding.text());
    json.writeStringField("what", finding.what());
    json.writeStringField("harm", finding.harm());
    json.writeStringField("instead", finding.instead().orElse(null));
    json.writeStringField("page", finding.page());
    json.writeEndObject();
  }
}
