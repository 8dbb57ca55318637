package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.backup.Backup.Planned;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.Steps;
import dev.plumbline.migration.Done;
import dev.plumbline.migration.Hold;
import dev.plumbline.migration.Migration;
import dev.plumbline.migration.Migration.ProbesName;
import dev.plumbline.migration.MigrationPlan;
import dev.plumbline.migration.MigrationPlan.Expected;
import dev.plumbline.migration.MigrationPlan.PlannedPart;
import dev.plumbline.migration.MigrationPlan.PlannedStatement;
import dev.plumbline.migration.TableLock;
import dev.plumbline.migration.UndoPlan;
import dev.plumbline.migration.UndoPlan.PlannedUndo;
import dev.plumbline.probe.ProbeResult;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Migrations as JSON; the fields are described in docs/json.md. */
public final class MigrationJson {
  private MigrationJson() {}

  /**
   * A migration that was worked on.
   *
   * @param probed what its probes found
   * @param back what took it back because of that
   */
  public record Ended(Done done, Optional<ProbeResult> probed, Optional<Done> back) {}

  /**
   * What would be applied.
   *
   * @param backup what would be taken before
   * @param again applied ones, the service of which would be probed again first
   */
  public static String plans(
      String project,
      String database,
      Optional<Planned> backup,
      List<Migration> again,
      List<MigrationPlan> plans,
      ExitCode exit) {
    return Json.document(
        json -> {
          json.writeStartObject();
          RunJson.head(json, "migrate", project, database, exit);
          json.writeBooleanField("committed", false);
          BackupJson.planned(json, backup);
          Json.texts(json, "probed_again", again.stream().map(Migration::label).toList());
          json.writeArrayFieldStart("migrations");
          for (MigrationPlan plan : plans) {
            json.writeStartObject();
            json.writeStringField("version", plan.migration().version().text());
            json.writeStringField("file", plan.migration().label());
            json.writeStringField(
                "state", plan.standing().map(e -> word(e.state())).orElse("pending"));
            json.writeNumberField("exit", plan.exitCode().status());
            json.writeStringField(
                "probed_by", plan.migration().probes().map(ProbesName::name).orElse(null));
            holds(json, plan.holds());
            json.writeArrayFieldStart("steps");
            for (PlannedPart part : plan.parts()) {
              part(json, part, OptionalLong.empty());
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeNullField("error");
          json.writeEndObject();
        });
  }

  /** What keeps phases from beginning. */
  static void holds(JsonGenerator json, List<Hold> holds) throws IOException {
    json.writeArrayFieldStart("held_by");
    for (Hold hold : holds) {
      json.writeStartObject();
      json.writeStringField("phase", hold.phase());
      json.writeStringField("why", hold.why());
      Json.number(json, "violations", hold.rows());
      json.writeStringField("next", hold.next());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * What would be taken back.
   *
   * @param backup what would be taken before
   */
  public static String undoPlans(
      String project,
      String database,
      Optional<Planned> backup,
      List<UndoPlan> plans,
      ExitCode exit) {
    return Json.document(
        json -> {
          json.writeStartObject();
          RunJson.head(json, "undo", project, database, exit);
          json.writeBooleanField("committed", false);
          BackupJson.planned(json, backup);
          json.writeArrayFieldStart("migrations");
          for (UndoPlan plan : plans) {
            json.writeStartObject();
            json.writeStringField("version", plan.migration().version().text());
            json.writeStringField("file", plan.migration().label());
            json.writeStringField("state", word(plan.entry().state()));
            json.writeNumberField("exit", plan.exitCode().status());
            json.writeNumberField("conflicts", plan.conflicts());
            json.writeArrayFieldStart("steps");
            for (PlannedUndo part : plan.parts()) {
              part(
                  json,
                  part.part(),
                  part.rollback().isPresent()
                      ? OptionalLong.of(part.rollback().get().restored())
                      : OptionalLong.empty());
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeNullField("error");
          json.writeEndObject();
        });
  }

  private static void part(JsonGenerator json, PlannedPart part, OptionalLong restored)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("step", part.part().step());
    json.writeStringField("about", part.part().about());
    json.writeBooleanField("done", part.done());
    json.writeArrayFieldStart("expected");
    for (Expected expected : part.expected()) {
      json.writeStartObject();
      json.writeStringField("invariant", expected.expectation().invariant().invariant());
      json.writeStringField("rows", expected.expectation().rows().text());
      Json.number(json, "actual", expected.actual());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("statements");
    for (PlannedStatement statement : part.statements()) {
      statement(json, statement);
    }
    json.writeEndArray();
    Json.number(
        json,
        "rows",
        part.backfill().isPresent() ? OptionalLong.of(part.backfill().get().rows()) : restored);
    json.writeStringField("unknown", part.unknown().orElse(null));
    json.writeEndObject();
  }

  private static void statement(JsonGenerator json, PlannedStatement planned) throws IOException {
    json.writeStartObject();
    json.writeStringField("sql", planned.statement().sql().text());
    json.writeNumberField("line", planned.statement().sql().start().line());
    json.writeBooleanField("transaction", !planned.statement().place().alone());
    json.writeArrayFieldStart("locks");
    for (TableLock lock : planned.locks()) {
      json.writeStartObject();
      json.writeStringField("table", lock.table());
      json.writeStringField("mode", lock.mode().words());
      json.writeStringField("blocks", lock.mode().blocks());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * What was done.
   *
   * @param command {@code migrate} or {@code undo}
   * @param ended in order; the last may be one that an error stopped
   */
  public static String done(
      String command,
      String project,
      String database,
      List<Ended> ended,
      Optional<PlumblineException> error,
      ExitCode exit) {
    return Json.document(
        json -> {
          json.writeStartObject();
          RunJson.head(json, command, project, database, exit);
          json.writeBooleanField("committed", true);
          json.writeArrayFieldStart("migrations");
          for (Ended one : ended) {
            json.writeStartObject();
            done(json, one.done());
            ProbeJson.write(json, one.probed());
            if (one.back().isPresent()) {
              json.writeObjectFieldStart("undo");
              done(json, one.back().get());
              json.writeEndObject();
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          if (error.isPresent()) {
            json.writeFieldName("error");
            ErrorJson.write(json, error.get());
          } else {
            json.writeNullField("error");
          }
          json.writeEndObject();
        });
  }

  private static void done(JsonGenerator json, Done done) throws IOException {
    json.writeStringField("version", done.migration().version().text());
    json.writeStringField("file", done.migration().label());
    json.writeNumberField("run", done.report().run().id());
    json.writeStringField("state", done.report().run().state().word());
    json.writeStringField("remark", done.report().run().error().orElse(null));
    json.writeStringField("checksum", done.report().run().plan().checksum());
    json.writeNumberField("conflicts", done.conflicts());
    steps(json, done.report().steps());
    BackupJson.taken(json, done.report().backups());
  }

  static void steps(JsonGenerator json, List<Steps.Entry> steps) throws IOException {
    json.writeArrayFieldStart("steps");
    for (Steps.Entry step : steps) {
      json.writeStartObject();
      json.writeStringField("step", step.step());
      json.writeStringField("about", step.about());
      json.writeBooleanField("done", step.done());
      json.writeStringField("begun_at", step.begunAt().toString());
      json.writeStringField("finished_at", step.finishedAt().map(Instant::toString).orElse(null));
      Json.number(json, "rows", step.rows());
      json.writeStringField("evidence", step.evidence().orElse(null));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
