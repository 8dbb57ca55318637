package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.Position;
import dev.plumbline.tracker.Recorded;
import dev.plumbline.verify.Finding;
import dev.plumbline.verify.TrackerReport;
import dev.plumbline.verify.TrackerReport.Line;
import dev.plumbline.verify.Verification;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** What is recorded against what is there, as JSON; the fields are described in docs/json.md. */
public final class VerifyJson {
  private VerifyJson() {}

  /** One document; ends with a line break. */
  public static String of(Verification verification) {
    return Json.document(
        json -> {
          json.writeStartObject();
          RunJson.head(
              json,
              "verify",
              verification.project(),
              verification.database(),
              verification.exitCode());
          json.writeNumberField("claims", verification.claims());
          json.writeNumberField("wrong", verification.wrong());
          json.writeArrayFieldStart("trackers");
          for (TrackerReport report : verification.trackers()) {
            tracker(json, report);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("findings");
          for (Finding finding : verification.findings()) {
            finding(json, finding);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** A file that was written instead of a look. */
  public static String written(String project, String database, String file, String what) {
    return Json.document(
        json -> {
          json.writeStartObject();
          RunJson.head(json, "verify", project, database, ExitCode.OK);
          json.writeStringField("file", file);
          json.writeStringField("holds", what);
          json.writeEndObject();
        });
  }

  private static void tracker(JsonGenerator json, TrackerReport report) throws IOException {
    json.writeStartObject();
    json.writeStringField("tool", report.tracked().tool().word());
    json.writeStringField("table", report.tracked().table());
    Json.texts(json, "files", report.tracked().folders().stream().map(Object::toString).toList());
    json.writeStringField("lock", report.tracked().lock().orElse(null));
    json.writeArrayFieldStart("migrations");
    for (Line line : report.lines()) {
      migration(json, line);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void migration(JsonGenerator json, Line line) throws IOException {
    Optional<Recorded> recorded = line.match().recorded();
    json.writeStartObject();
    json.writeStringField("revision", line.revision());
    json.writeStringField(
        "description",
        recorded
            .map(Recorded::description)
            .filter(text -> !text.isEmpty())
            .or(() -> line.match().file().map(file -> file.description()))
            .orElse(""));
    json.writeStringField("state", recorded.map(r -> VerifyText.word(r.state())).orElse("pending"));
    json.writeStringField(
        "file", line.match().file().map(file -> file.path().toString()).orElse(null));
    json.writeBooleanField("edited", line.match().edited());
    json.writeStringField("at", recorded.flatMap(Recorded::at).map(Instant::toString).orElse(null));
    json.writeBooleanField("declared", line.declared());
    json.writeNumberField("claims", line.claims());
    json.writeNumberField("wrong", line.wrong());
    json.writeEndObject();
  }

  private static void finding(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("sort", VerifyText.word(finding.sort()));
    json.writeStringField(
        "severity", finding.sort().exitCode() == ExitCode.WARNING ? "warning" : "error");
    json.writeStringField("tracker", finding.tracker().orElse(null));
    json.writeStringField("revision", finding.revision().orElse(null));
    json.writeStringField("file", finding.place().map(at -> at.file().toString()).orElse(null));
    json.writeObjectField("line", finding.place().map(Position::line).orElse(null));
    json.writeStringField("about", finding.about());
    json.writeStringField("what", finding.what());
    json.writeStringField("next", finding.next());
    if (finding.recovery().isPresent()) {
      json.writeBooleanField("by_hand", finding.recovery().get().byHand());
      Json.texts(json, "statements", finding.recovery().get().statements());
    }
    json.writeEndObject();
  }
}
