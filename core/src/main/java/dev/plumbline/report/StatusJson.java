package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Problem;
import dev.plumbline.guard.Standing;
import dev.plumbline.journal.Run;
import dev.plumbline.migration.ChecklistPoint;
import dev.plumbline.migration.Part;
import dev.plumbline.status.InvariantLine;
import dev.plumbline.status.MigrationLine;
import dev.plumbline.status.PhaseLine;
import dev.plumbline.status.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Where a project stands, as JSON; the fields are described in docs/json.md. */
public final class StatusJson {
  private StatusJson() {}

  /** One document; ends with a line break. */
  public static String of(Status status) {
    return Json.document(
        json -> {
          json.writeStartObject();
          RunJson.head(json, "status", status.project(), status.database(), status.exitCode());
          json.writeArrayFieldStart("migrations");
          for (MigrationLine line : status.migrations()) {
            migration(json, line);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("phases");
          for (PhaseLine line : status.phases()) {
            json.writeStartObject();
            json.writeStringField("name", line.phase().name());
            json.writeStringField("state", word(line.state()));
            MigrationJson.holds(json, line.holds());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("invariants");
          for (InvariantLine line : status.invariants()) {
            invariant(json, line);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("runs");
          for (Run run : status.runs()) {
            run(json, run);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("guards");
          for (Standing guard : status.guards()) {
            guard(json, guard);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("problems");
          for (Problem problem : status.problems()) {
            problem(json, problem);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void migration(JsonGenerator json, MigrationLine line) throws IOException {
    json.writeStartObject();
    json.writeStringField("version", line.version().text());
    json.writeStringField("file", line.file());
    json.writeStringField("state", line.standing().map(e -> word(e.state())).orElse("pending"));
    Optional<Run> run = line.standing().map(e -> e.undo().orElse(e.run()));
    if (run.isPresent()) {
      json.writeNumberField("run", run.get().id());
    } else {
      json.writeNullField("run");
    }
    time(json, "at", run.map(r -> r.finishedAt().orElse(r.createdAt())));
    json.writeStringField("by", run.map(r -> r.actor() + " on " + r.host()).orElse(null));
    json.writeStringField("step", line.next().map(Part::step).orElse(null));
    json.writeStringField("error", run.flatMap(Run::error).orElse(null));
    Json.texts(json, "open", line.open().stream().map(ChecklistPoint.Kind::word).toList());
    json.writeEndObject();
  }

  private static void invariant(JsonGenerator json, InvariantLine line) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", line.name());
    json.writeStringField("verdict", line.verdict().map(StatusJson::word).orElse("unknown"));
    Json.number(json, "violations", line.violations());
    time(json, "at", line.at());
    Json.number(json, "run", line.run());
    json.writeBooleanField("fresh", line.fresh());
    json.writeStringField("error", line.error().map(PlumblineException::what).orElse(null));
    json.writeEndObject();
  }

  private static void run(JsonGenerator json, Run run) throws IOException {
    json.writeStartObject();
    json.writeNumberField("run", run.id());
    json.writeStringField("kind", word(run.plan().kind()));
    json.writeStringField("about", run.plan().invariant());
    json.writeStringField("state", run.interrupted() ? "interrupted" : run.state().word());
    json.writeNumberField("changed", run.changed());
    time(json, "begun", Optional.of(run.createdAt()));
    json.writeStringField("by", run.actor() + " on " + run.host());
    json.writeEndObject();
  }

  private static void guard(JsonGenerator json, Standing guard) throws IOException {
    json.writeStartObject();
    json.writeStringField("invariant", guard.invariant());
    json.writeBooleanField("intact", guard.intact());
    time(json, "installed", Optional.of(guard.installedAt()));
    json.writeArrayFieldStart("faults");
    for (Standing.Finding finding : guard.findings()) {
      json.writeStartObject();
      json.writeStringField("fault", word(finding.fault()));
      json.writeStringField("object", finding.object());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void problem(JsonGenerator json, Problem problem) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", problem.position().file().toString());
    json.writeNumberField("line", problem.position().line());
    json.writeStringField("what", problem.what());
    json.writeStringField("suggestion", problem.suggestion().orElse(null));
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String name, Optional<Instant> time)
      throws IOException {
    json.writeStringField(name, time.map(Instant::toString).orElse(null));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
