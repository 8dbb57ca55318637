package dev.plumbline.transform;

import static dev.plumbline.transform.ColumnRuns.SILENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.crm.Crm;
import dev.plumbline.crm.CrmRecord;
import dev.plumbline.crm.CrmSettings;
import dev.plumbline.crm.RateLimits;
import dev.plumbline.database.Timeouts;
import dev.plumbline.document.Program;
import dev.plumbline.document.Transform;
import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.Settings;
import dev.plumbline.http.Credential;
import dev.plumbline.http.HttpLimits;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.SourceSetting;
import dev.plumbline.source.Sources;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A CRM takes a value away where an empty text is written, and may still hold empty texts. */
class EmptyTextTest {
  private static final Transform TRANSFORM =
      ColumnRuns.transform(
          "doc",
          ColumnRuns.WRAP,
          Map.of(
              "summary", new Program.Jq("\"n=\\(.was.n)\""),
              "note", new Program.Jq("if .was.n == 1 then \"\" else \"n\" end")));

  @TempDir Path project;
  private final Crm crm = Crm.start(CrmSettings.standard().withLimits(RateLimits.generous()));
  private DocumentSource source;

  @BeforeEach
  void contacts() {
    crm.define("contacts", List.of("doc", "summary", "note"));
    put(1, Map.of("doc", "{\"n\": 1}", "summary", "", "note", "old"));
    put(2, Map.of("doc", "{\"n\": 2}", "summary", "", "note", ""));
    put(3, Map.of("doc", "{\"n\": 3}", "summary", "old"));
    source =
        Sources.open(
            new SourceSetting.Hubspot(
                crm.uri(),
                "contacts",
                new Credential.Token(crm.token()),
                Map.of(),
                new HttpLimits(1_000_000, 100_000, 1_000_000, 0.05, Duration.ofSeconds(20))),
            TRANSFORM.properties(),
            TRANSFORM.property());
    new DocumentsJournal(project).create();
  }

  @AfterEach
  void close() {
    source.close();
    crm.close();
  }

  private void put(long id, Map<String, String> properties) {
    crm.put("contacts", new CrmRecord(id, properties, 0, 0));
  }

  private Map<String, String> get(long id) {
    return crm.find("contacts", id).orElseThrow().properties();
  }

  @Test
  void an_empty_text_and_none_are_the_same_to_a_run_and_its_rollback() {
    RemoteTransform transform =
        new RemoteTransform(
            TRANSFORM,
            source,
            new DocumentsJournal(project).database(),
            Settings.standard(),
            Clock.systemUTC());
    long run =
        transform.begin(
            new TransformOptions(
                List.of(), Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), 1));
    assertThat(transform.run(run, "d1", Optional.empty(), SILENT).run().exitCode())
        .isEqualTo(ExitCode.OK);
    assertThat(get(1)).containsEntry("summary", "n=1").doesNotContainEntry("note", "old");
    for (Image image : images(run)) {
      assertThat(image.before().values()).doesNotContain(Optional.of(""));
      assertThat(image.after().values()).doesNotContain(Optional.of(""));
    }

    DocumentRollback rollback =
        DocumentRollback.of(
            TRANSFORM,
            source,
            new DocumentsJournal(project).database(),
            Settings.standard(),
            Clock.systemUTC());
    DocumentRollbackOptions options = new DocumentRollbackOptions(List.of(), false, 2);
    DocumentRollbackPlan plan = rollback.plan(run, options, looked -> {});
    assertThat(plan.restored()).isEqualTo(3);
    DocumentRollbackReport report = rollback.run(plan, Optional.empty(), SILENT);
    assertThat(report.run().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report)
        .extracting(DocumentRollbackReport::restored, DocumentRollbackReport::conflicts)
        .containsExactly(3L, 0L);
    assertThat(get(1)).containsEntry("doc", "{\"n\": 1}").containsEntry("note", "old");
    assertThat(get(2).getOrDefault("summary", "")).isEmpty();
    assertThat(rollback.plan(run, options, looked -> {}).nothingToDo()).isTrue();
  }

  private List<Image> images(long run) {
    try (var session = new DocumentsJournal(project).database().openForReading(Timeouts.READING)) {
      return new DocumentImages(session, run).after(Optional.empty(), 10);
    }
  }
}
