package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.audit.AuditReport;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.dialect.Key;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.RunReport.StepChanges;
import dev.plumbline.journal.NewRun;
import dev.plumbline.journal.Run;
import dev.plumbline.journal.SetAside;
import dev.plumbline.repair.RepairPlan;
import dev.plumbline.repair.RepairPlan.Cell;
import dev.plumbline.repair.RepairPlan.PlannedStep;
import dev.plumbline.repair.RepairPlan.Sample;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Plans and runs as JSON; the fields are described in docs/json.md. */
public final class RunJson {
  private RunJson() {}

  /**
   * What a run did.
   *
   * @param violations how many keys it set out to repair; empty where that is not known any more
   */
  public record Done(RunReport report, OptionalLong violations) {

    /** Keys that violated and do not any more, once the run has been verified. */
    OptionalLong repaired() {
      return violations.isPresent() && report.after().isPresent()
          ? OptionalLong.of(
              Math.max(0, violations.getAsLong() - report.quarantined() - report.unrepairable()))
          : OptionalLong.empty();
    }
  }

  /**
   * The plans of a repair that was not committed.
   *
   * @param error what kept the next invariant from being planned
   */
  public static String plans(
      String command,
      String project,
      String database,
      List<RepairPlan> plans,
      Optional<PlumblineException> error,
      ExitCode exit) {
    return Json.document(
        json -> {
          json.writeStartObject();
          head(json, command, project, database, exit);
          json.writeBooleanField("committed", false);
          json.writeArrayFieldStart("plans");
          for (RepairPlan plan : plans) {
            plan(json, plan);
          }
          json.writeEndArray();
          error(json, error);
          json.writeEndObject();
        });
  }

  private static void error(JsonGenerator json, Optional<PlumblineException> error)
      throws IOException {
    if (error.isPresent()) {
      json.writeFieldName("error");
      ErrorJson.write(json, error.get());
    } else {
      json.writeNullField("error");
    }
  }

  /**
   * What runs did.
   *
   * @param command the command that worked on them
   * @param audit of all their invariants together, if there was one
   * @param error what kept the command from going on after these runs
   */
  public static String runs(
      String command,
      String project,
      String database,
      List<Done> runs,
      Optional<AuditReport> audit,
      Optional<PlumblineException> error,
      ExitCode exit) {
    return Json.document(
        json -> {
          json.writeStartObject();
          head(json, command, project, database, exit);
          json.writeBooleanField("committed", true);
          json.writeArrayFieldStart("runs");
          for (Done done : runs) {
            json.writeStartObject();
            run(json, done.report().run());
            Json.number(json, "repaired", done.repaired());
            report(json, done.report());
            json.writeEndObject();
          }
          json.writeEndArray();
          if (audit.isPresent()) {
            json.writeObjectFieldStart("audit");
            AuditJson.fields(json, audit.get());
            json.writeEndObject();
          } else {
            json.writeNullField("audit");
          }
          error(json, error);
          json.writeEndObject();
        });
  }

  /** What one run did, and nothing besides. */
  public static String run(String command, String project, String database, RunReport report) {
    return runs(
        command,
        project,
        database,
        List.of(new Done(report, OptionalLong.empty())),
        Optional.empty(),
        Optional.empty(),
        report.exitCode());
  }

  /** One run's record. */
  public static String record(String project, String database, RunReport report) {
    return Json.document(
        json -> {
          json.writeStartObject();
          head(json, "show", project, database, ExitCode.OK);
          json.writeObjectFieldStart("run");
          run(json, report.run());
          report(json, report);
          changedKeys(json, report);
          MigrationJson.steps(json, report.steps());
          BackupJson.taken(json, report.backups());
          json.writeStringField("definition", report.run().plan().definition());
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  /** All runs, newest first. */
  public static String list(String project, String database, List<Run> runs) {
    return Json.document(
        json -> {
          json.writeStartObject();
          head(json, "runs", project, database, ExitCode.OK);
          json.writeArrayFieldStart("runs");
          for (Run run : runs) {
            json.writeStartObject();
            run(json, run);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** A run's state after a request to it. */
  public static String state(
      String command, String project, String database, long run, String state) {
    return Json.document(
        json -> {
          json.writeStartObject();
          head(json, command, project, database, ExitCode.OK);
          json.writeNumberField("run", run);
          json.writeStringField("state", state);
          json.writeEndObject();
        });
  }

  /** The fields with which each document begins. */
  static void head(
      JsonGenerator json, String command, String project, String database, ExitCode exit)
      throws IOException {
    json.writeStringField("command", command);
    json.writeStringField("project", project);
    json.writeStringField("database", database);
    json.writeNumberField("exit", exit.status());
  }

  /** The fields of one run and of what it did. */
  static void run(JsonGenerator json, RunReport report) throws IOException {
    run(json, report.run());
    report(json, report);
  }

  private static void plan(JsonGenerator json, RepairPlan plan) throws IOException {
    json.writeStartObject();
    json.writeStringField("invariant", plan.invariant().name());
    json.writeNumberField("exit", plan.exitCode().status());
    json.writeStringField("strategy", word(plan.strategy()));
    json.writeStringField("reason", plan.reason());
    json.writeNumberField("violations", plan.violations());
    json.writeNumberField("hopeless", plan.hopeless());
    json.writeNumberField("rows", plan.rows());
    json.writeArrayFieldStart("steps");
    for (PlannedStep step : plan.steps()) {
      json.writeStartObject();
      json.writeStringField("change", step.change().word());
      json.writeStringField("table", step.table());
      json.writeNumberField("rows", step.rows());
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
    json.writeFieldName("before");
    AuditJson.result(json, plan.before());
    json.writeEndObject();
  }

  private static void sample(JsonGenerator json, Sample sample) throws IOException {
    json.writeStartObject();
    json.writeStringField("change", sample.change().word());
    json.writeStringField("table", sample.table());
    json.writeStringField("key", sample.key());
    json.writeObjectFieldStart("columns");
    for (Cell cell : sample.cells()) {
      json.writeObjectFieldStart(cell.column());
      json.writeStringField("before", cell.before().orElse(null));
      json.writeStringField("after", cell.after().orElse(null));
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void run(JsonGenerator json, Run run) throws IOException {
    NewRun plan = run.plan();
    json.writeNumberField("run", run.id());
    json.writeStringField("name", run.name());
    json.writeStringField("kind", word(plan.kind()));
    json.writeStringField("invariant", plan.invariant());
    json.writeStringField("state", run.state().word());
    json.writeBooleanField("interrupted", run.interrupted());
    Json.number(json, "reverts", plan.reverts());
    json.writeStringField("checksum", plan.checksum());
    scope(json, plan.scope());
    json.writeStringField("strategy", word(plan.strategy()));
    Json.number(
        json,
        "batch_size",
        plan.batchSize().isPresent()
            ? OptionalLong.of(plan.batchSize().getAsInt())
            : OptionalLong.empty());
    json.writeNumberField("workers", plan.workers());
    json.writeNumberField("planned", plan.planned());
    json.writeNumberField("changed", run.changed());
    Json.number(json, "remaining", run.remaining());
    json.writeNumberField("passes", run.pass() + 1);
    json.writeStringField("error", run.error().orElse(null));
    json.writeStringField("actor", run.actor());
    json.writeStringField("host", run.host());
    json.writeStringField("version", run.version());
    json.writeStringField("created_at", run.createdAt().toString());
    json.writeStringField("started_at", run.startedAt().map(Instant::toString).orElse(null));
    json.writeStringField("finished_at", run.finishedAt().map(Instant::toString).orElse(null));
    json.writeStringField("held_by", run.leaseLive() ? run.leaseOwner().orElse(null) : null);
  }

  private static void scope(JsonGenerator json, NewRun.Scope scope) throws IOException {
    json.writeObjectFieldStart("scope");
    json.writeStringField("where", scope.where().orElse(null));
    keys(json, scope.keys());
    Json.number(json, "limit", scope.limit());
    json.writeEndObject();
  }

  private static void report(JsonGenerator json, RunReport report) throws IOException {
    json.writeNumberField("exit", report.exitCode().status());
    json.writeObjectFieldStart("changes");
    for (Map.Entry<String, Map<String, Long>> table :
        Changes.byTable(report.changes()).entrySet()) {
      json.writeObjectFieldStart(table.getKey());
      for (Map.Entry<String, Long> change : table.getValue().entrySet()) {
        json.writeNumberField(change.getKey(), change.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeNumberField("quarantined", report.quarantined());
    json.writeNumberField("unrepairable", report.unrepairable());
    json.writeNumberField("conflicts", report.conflicts());
    json.writeArrayFieldStart("set_aside");
    for (SetAside aside : report.setAside()) {
      json.writeStartObject();
      Json.texts(json, "key", aside.key().values());
      json.writeStringField("reason", aside.reason().word());
      json.writeStringField("sql_state", aside.sqlState().orElse(null));
      json.writeStringField("message", aside.message());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("batches", report.totals().batches());
    json.writeNumberField("took_ms", report.totals().took().toMillis());
    Optional<AuditResult> after = report.after();
    if (after.isPresent()) {
      json.writeFieldName("after");
      AuditJson.result(json, after.get());
    } else {
      json.writeNullField("after");
    }
  }

  private static void changedKeys(JsonGenerator json, RunReport report) throws IOException {
    json.writeArrayFieldStart("changed_keys");
    for (StepChanges step : report.changes()) {
      if (!step.keys().isEmpty()) {
        json.writeStartObject();
        json.writeStringField("table", step.images().changedLabel());
        json.writeStringField("change", step.images().change().word());
        keys(json, step.keys());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private static void keys(JsonGenerator json, List<Key> keys) throws IOException {
    json.writeArrayFieldStart("keys");
    for (Key key : keys) {
      json.writeStartArray();
      for (String value : key.values()) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
