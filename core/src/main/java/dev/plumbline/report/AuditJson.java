package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.audit.AuditReport;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Counts;
import dev.plumbline.audit.Segment;
import dev.plumbline.audit.Violation;
import dev.plumbline.error.PlumblineException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;

/** An audit as JSON; the fields are described in docs/json.md. */
public final class AuditJson {
  private AuditJson() {}

  /** One document, which ends with a line break. */
  public static String of(AuditReport report) {
    return Json.document(json -> write(json, report));
  }

  private static void write(JsonGenerator json, AuditReport report) throws IOException {
    json.writeStartObject();
    json.writeStringField("command", "audit");
    fields(json, report);
    json.writeEndObject();
  }

  static void fields(JsonGenerator json, AuditReport report) throws IOException {
    json.writeStringField("project", report.project());
    json.writeStringField("database", report.database());
    json.writeStringField("at", report.at().toString());
    json.writeNumberField("exit", report.exitCode().status());
    json.writeStringField("verdict", Verdicts.word(Verdicts.worst(report)));
    json.writeArrayFieldStart("invariants");
    for (AuditResult result : report.results()) {
      result(json, result);
    }
    json.writeEndArray();
  }

  /** The object of one invariant. */
  static void result(JsonGenerator json, AuditResult result) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", result.invariant().name());
    json.writeStringField("kind", result.kind());
    json.writeStringField("says", result.invariant().terms().says().orElse(null));
    json.writeStringField("verdict", Verdicts.word(result.verdict()));
    json.writeNumberField("exit", Verdicts.exitCode(result).status());
    Optional<Counts> counts = result.counts();
    if (counts.isPresent()) {
      counts(json, counts.get());
    }
    json.writeArrayFieldStart("segments");
    for (Segment segment : Segments.sorted(result.segments())) {
      json.writeStartObject();
      json.writeStringField("value", segment.value().orElse(null));
      counts(json, segment.counts());
      json.writeEndObject();
    }
    json.writeEndArray();
    samples(json, result);
    Json.texts(json, "notes", result.notes());
    json.writeNumberField("took_ms", result.took().toMillis());
    Optional<PlumblineException> error = result.error();
    if (error.isPresent()) {
      json.writeFieldName("error");
      ErrorJson.write(json, error.get());
    } else {
      json.writeNullField("error");
    }
    json.writeEndObject();
  }

  private static void counts(JsonGenerator json, Counts counts) throws IOException {
    json.writeNumberField("rows", counts.rows());
    Json.number(json, "population", counts.population());
    json.writeNumberField("violations", counts.violations());
    json.writeNumberField("missing", counts.missing());
    json.writeNumberField("inactive", counts.inactive());
    json.writeNumberField("ambiguous", counts.ambiguous());
    json.writeNumberField("null_keys", counts.nullKeys());
    Json.number(json, "recent", counts.recent());
    Optional<BigDecimal> coverage = counts.coverage();
    if (coverage.isPresent()) {
      json.writeNumberField("coverage", coverage.get());
    } else {
      json.writeNullField("coverage");
    }
  }

  private static void samples(JsonGenerator json, AuditResult result) throws IOException {
    ViolationView view = ViolationView.of(result.invariant(), result.columns());
    Json.texts(json, "key", result.key());
    Json.texts(json, "columns", view.columns());
    json.writeArrayFieldStart("samples");
    for (Violation violation : result.samples()) {
      Json.row(json, view.columns(), view.values(violation));
    }
    json.writeEndArray();
  }
}
