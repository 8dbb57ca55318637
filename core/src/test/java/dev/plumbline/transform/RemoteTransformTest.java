package dev.plumbline.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.database.Timeouts;
import dev.plumbline.document.Inputs;
import dev.plumbline.document.Limits;
import dev.plumbline.document.Program;
import dev.plumbline.document.Transform;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Settings;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.SourceSetting;
import dev.plumbline.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files stand for any source here: what is asked of a run is the same everywhere. */
class RemoteTransformTest {
  /** Small enough that 30 files are many batches. */
  private static final int BATCH = 4;

  @TempDir Path project;
  private Path documents;
  private DocumentSource source;

  @BeforeEach
  void files() throws IOException {
    documents = Files.createDirectories(project.resolve("data"));
    for (int i = 0; i < 30; i++) {
      write(
          "p%02d.json".formatted(i),
          i % 3 == 0 ? "{\"v\":2,\"n\":" + i + "}" : "{\"n\":" + i + "}");
    }
    source =
        Sources.open(
            new SourceSetting.Files(documents, "**.json"),
            new TreeSet<>(Set.of(Transform.WHOLE)),
            Transform.WHOLE);
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void a_dry_run_writes_no_document_and_no_journal_but_shows_what_would_be() throws IOException {
    RunFolder folder = RunFolder.at(project.resolve("plan"));
    TransformPlan plan = transform(".v = 2").plan(options(), Optional.of(folder), looked -> {});
    assertThat(plan.tally())
        .extracting(Tally::total, Tally::transformed, Tally::unchanged)
        .containsExactly(30L, 20L, 10L);
    assertThat(plan.samples()).hasSize(5);
    assertThat(plan.samples().getFirst().paths()).containsExactly("v");
    assertThat(read("p01.json")).isEqualTo("{\"n\":1}");
    assertThat(Files.exists(project.resolve(".plumb"))).isFalse();
    assertThat(folder.path().resolve("snapshots/p01.json-before.json"))
        .content()
        .contains("{\\\"n\\\":1}");
    assertThat(folder.path().resolve("snapshots/p01.json-after.json"))
        .content()
        .contains("{\\\"n\\\":1,\\\"v\\\":2}");
    assertThat(folder.path().resolve("summary.json")).content().contains("\"transformed\" : 20");
  }

  @Test
  void a_run_writes_each_once_keeps_its_image_and_is_verified() throws IOException {
    TransformReport report = run(transform(".v = 2"), options());
    assertThat(report.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.run().run().name()).isEqualTo("d1");
    assertThat(report.run().run().changed()).isEqualTo(20);
    assertThat(report.tally().orElseThrow())
        .extracting(Tally::total, Tally::transformed, Tally::unchanged)
        .containsExactly(30L, 20L, 10L);
    assertThat(read("p29.json")).isEqualTo("{\"n\":29,\"v\":2}");
    assertThat(images("d1")).hasSize(20);
    assertThat(run(transform(".v = 2"), options()).run().run().changed()).isZero();
  }

  @Test
  void what_fails_is_set_aside_and_the_rest_goes_on() throws IOException {
    write("p07.json", "{\"n\":");
    TransformReport report =
        run(transform("if .n == 5 then error(\"five\") else .v = 2 end"), options());
    assertThat(report.run().run().state()).isEqualTo(RunState.FAILED);
    assertThat(report.run().quarantined()).isEqualTo(2);
    assertThat(report.problems())
        .extracting(Problem::id)
        .containsExactlyInAnyOrder("p05.json", "p07.json");
    assertThat(report.tally().orElseThrow())
        .extracting(Tally::transformed, Tally::failed)
        .containsExactly(18L, 2L);
    write("p07.json", "{\"n\":7}");
    write("p05.json", "{\"n\":55}");
    TransformReport resumed =
        resume(transform("if .n == 5 then error(\"five\") else .v = 2 end"), 1);
    assertThat(resumed.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(resumed.run().run().changed()).isEqualTo(20);
  }

  @Test
  void some_ids_or_a_number_of_documents_are_a_run_of_their_own() throws IOException {
    TransformReport one =
        run(transform(".v = 2"), options(List.of("p01.json", "p03.json"), OptionalLong.empty()));
    assertThat(one.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(one.tally().orElseThrow().total()).isEqualTo(2);
    assertThat(one.run().run().changed()).isEqualTo(1);
    TransformReport some = run(transform(".v = 2"), options(List.of(), OptionalLong.of(5)));
    assertThat(some.run().run().changed()).isEqualTo(5);
    assertThat(read("p29.json")).isEqualTo("{\"n\":29}");
    assertThatThrownBy(
            () -> run(transform(".v = 2"), options(List.of("p99.json"), OptionalLong.empty())))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessageContaining("p99.json");
  }

  /** Four change, p01 is refused, p04 fails and p05 cannot be read until there are so many. */
  @Test
  void a_number_of_documents_takes_those_along_that_cannot_be_done() throws IOException {
    write("p04.json", "{\"n\":");
    Files.write(documents.resolve("p05.json"), new byte[] {'"', (byte) 0xE4, '"'});
    RemoteTransform transform =
        transform(".v = 2 | if .n == 1 then .again = .again + 1 else . end");
    TransformOptions four = options(List.of(), OptionalLong.of(4));
    TransformPlan plan = transform.plan(four, Optional.empty(), looked -> {});
    assertThat(plan.exitCode()).isEqualTo(ExitCode.FAILED);
    TransformReport report = run(transform, four);
    assertThat(report.run().exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().run().changed()).isEqualTo(4);
    assertThat(report.tally().orElseThrow())
        .extracting(Tally::transformed, Tally::validationErrors, Tally::failed)
        .containsExactly(4L, 1L, 2L)
        .containsExactly(
            plan.tally().transformed(), plan.tally().validationErrors(), plan.tally().failed());
    assertThat(report.problems()).containsExactlyInAnyOrderElementsOf(plan.problems());
    assertThat(report.run().setAside()).hasSize(3);
    TransformOptions bad = options(List.of("p05.json"), OptionalLong.empty());
    assertThat(run(transform, bad).run().exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void a_run_that_stops_goes_on_where_it_was() throws IOException {
    RemoteTransform transform = transform(".v = 2");
    Listener stopping =
        new Listener() {
          @Override
          public void committed(long rows, Duration took) {
            transform.stop();
          }
        };
    new DocumentsJournal(project).create();
    long run = transform.begin(options());
    TransformReport paused =
        transform.run(run, "d1", Optional.of(RunFolder.at(folder())), stopping);
    assertThat(paused.run().run().state()).isEqualTo(RunState.PAUSED);
    assertThat(paused.run().run().changed()).isBetween(1L, 19L);
    TransformReport done = resume(transform(".v = 2"), run);
    assertThat(done.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(done.run().run().changed()).isEqualTo(20);
    assertThat(images("d1")).hasSize(20);
  }

  private RemoteTransform transform(String jq) {
    return new RemoteTransform(
        new Transform(
            "versions",
            "Every file has its version.",
            "transform: " + jq,
            Transform.WHOLE,
            new Program.Jq(jq),
            Map.of(),
            Set.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Limits.NONE,
            true,
            Map.of(),
            Inputs.NONE,
            Duration.ofDays(30)),
        source,
        new DocumentsJournal(project).database(),
        Settings.standard(),
        Clock.systemUTC());
  }

  private TransformReport run(RemoteTransform transform, TransformOptions options) {
    new DocumentsJournal(project).create();
    long run = transform.begin(options);
    return transform.run(run, "d" + run, Optional.of(RunFolder.at(folder())), new Listener() {});
  }

  private TransformReport resume(RemoteTransform transform, long run) {
    return transform.run(run, "d" + run, Optional.of(RunFolder.at(folder())), new Listener() {});
  }

  private Path folder() {
    return project.resolve("run");
  }

  private List<Image> images(String run) {
    try (var session = new DocumentsJournal(project).database().openForReading(Timeouts.READING)) {
      return new DocumentImages(session, Long.parseLong(run.substring(1)))
          .after(Optional.empty(), 1000);
    }
  }

  private static TransformOptions options() {
    return options(List.of(), OptionalLong.empty());
  }

  private static TransformOptions options(List<String> ids, OptionalLong limit) {
    return new TransformOptions(ids, Optional.empty(), limit, OptionalInt.of(BATCH), 3);
  }

  private String read(String file) throws IOException {
    return Files.readString(documents.resolve(file));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(documents.resolve(file), text);
  }
}
