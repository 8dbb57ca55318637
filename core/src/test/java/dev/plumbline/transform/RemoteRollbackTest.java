package dev.plumbline.transform;

import static dev.plumbline.transform.ColumnRuns.SILENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.dialect.Key;
import dev.plumbline.document.Document;
import dev.plumbline.document.Transform;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Settings;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.SourceSetting;
import dev.plumbline.source.Sources;
import dev.plumbline.transform.DocumentRollbackPlan.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking back a transform of documents outside of a database; files stand for any source. */
class RemoteRollbackTest {
  private static final int FILES = 40;
  private static final Transform TRANSFORM = ColumnRuns.transform(Transform.WHOLE, ColumnRuns.WRAP);

  @TempDir Path project;
  private Path documents;
  private DocumentSource source;

  @BeforeEach
  void transformed() throws IOException {
    documents = Files.createDirectories(project.resolve("data"));
    for (int i = 0; i < FILES; i++) {
      write(i, "{ \"n\":  " + i + " }\n");
    }
    source =
        Sources.open(
            new SourceSetting.Files(documents, "**.json"),
            new TreeSet<>(Set.of(Transform.WHOLE)),
            Transform.WHOLE);
    new DocumentsJournal(project).create();
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
                List.of(), Optional.empty(), OptionalLong.empty(), OptionalInt.of(4), 2));
    TransformReport report = transform.run(run, "d1", Optional.empty(), SILENT);
    assertThat(report.run().run().changed()).isEqualTo(FILES);
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void files_come_back_byte_for_byte_and_go_again() throws IOException {
    DocumentRollback rollback = rollback(source);
    DocumentRollbackPlan plan = rollback.plan(1, options(false), looked -> {});
    assertThat(plan.restored()).isEqualTo(FILES);
    assertThat(read(3)).isEqualTo("{\"v\":2,\"was\":{\"n\":3}}");
    RunFolder folder = RunFolder.at(project.resolve("run"));
    DocumentRollbackReport report = rollback.run(plan, Optional.of(folder), SILENT);
    assertThat(report.run().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.restored()).isEqualTo(FILES);
    assertThat(report.reverts()).isEqualTo("d1");
    assertThat(folder.path().resolve("rollback-summary.json")).content().contains("\"d2\"");
    for (int i = 0; i < FILES; i++) {
      assertThat(read(i)).isEqualTo("{ \"n\":  " + i + " }\n");
    }
    assertThat(rollback.plan(1, options(false), looked -> {}).nothingToDo()).isTrue();
    rollback.run(rollback.plan(2, options(false), looked -> {}), Optional.empty(), SILENT);
    assertThat(read(3)).isEqualTo("{\"v\":2,\"was\":{\"n\":3}}");
  }

  @Test
  void what_others_have_changed_is_kept_or_merged() throws IOException {
    write(1, "{\"v\":2,\"was\":{\"n\":1,\"new\":true}}");
    write(2, "{\"v\":2,\"was\":{\"n\":2},\"more\":1}");
    Files.delete(file(3));
    DocumentRollbackPlan kept = rollback(source).plan(1, options(false), looked -> {});
    assertThat(kept.kept())
        .containsExactly(
            new Kept("p01.json", List.of("was.new"), "changed since"),
            new Kept("p02.json", List.of("more"), "changed since"),
            new Kept("p03.json", List.of(""), "deleted since"));
    DocumentRollback rollback = rollback(source);
    DocumentRollbackPlan plan = rollback.plan(1, options(true), looked -> {});
    assertThat(plan.mergedPaths()).extracting(Kept::id).containsExactly("p01.json");
    DocumentRollbackReport report = rollback.run(plan, Optional.empty(), SILENT);
    assertThat(report.run().exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(report)
        .extracting(
            DocumentRollbackReport::restored,
            DocumentRollbackReport::inPart,
            DocumentRollbackReport::already,
            DocumentRollbackReport::merged,
            DocumentRollbackReport::conflicts)
        .containsExactly(FILES - 3L, 0L, 0L, 1L, 2L);
    assertThat(read(1)).isEqualTo("{\"n\":1,\"new\":true}");
    assertThat(read(2)).isEqualTo("{\"v\":2,\"was\":{\"n\":2},\"more\":1}");
    assertThat(Files.exists(file(3))).isFalse();
  }

  @Test
  void one_document_goes_back_and_a_missing_snapshot_is_named() throws IOException {
    DocumentRollback rollback = rollback(source);
    DocumentRollbackOptions one =
        new DocumentRollbackOptions(List.of(new Key(List.of("p07.json"))), false, 1);
    Optional<RunFolder> folder = Optional.of(RunFolder.at(project.resolve("run")));
    rollback.run(rollback.plan(1, one, looked -> {}), folder, SILENT);
    assertThat(read(7)).isEqualTo("{ \"n\":  7 }\n");
    assertThat(read(8)).startsWith("{\"v\":2");
    DocumentRollbackOptions another =
        new DocumentRollbackOptions(List.of(new Key(List.of("p08.json"))), false, 1);
    rollback.run(rollback.plan(1, another, looked -> {}), folder, SILENT);
    assertThat(project.resolve("run/rollback-summary-d2.json")).content().contains("\"d2\"");
    assertThat(project.resolve("run/rollback-summary-d3.json"))
        .hasSameTextualContentAs(project.resolve("run/rollback-summary.json"));
    DocumentRollbackOptions none =
        new DocumentRollbackOptions(List.of(new Key(List.of("p99.json"))), false, 1);
    assertThatThrownBy(() -> rollback.plan(1, none, looked -> {}))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.what()).isEqualTo("Run d1 has written no document `p99.json`.");
              assertThat(e.next()).contains("p00.json", "and 30 more");
            });
  }

  @Test
  void an_answer_that_is_lost_is_read_back_and_a_change_in_between_is_seen() throws IOException {
    DocumentRollback rollback = rollback(new Unsure(source));
    DocumentRollbackReport report =
        rollback.run(rollback.plan(1, options(false), looked -> {}), Optional.empty(), SILENT);
    assertThat(report.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report)
        .extracting(DocumentRollbackReport::restored, DocumentRollbackReport::conflicts)
        .containsExactly(FILES - 1L, 1L);
    assertThat(read(11)).isEqualTo("{\"v\":2,\"was\":{\"n\":1100}}");
    for (int i = 0; i < FILES; i++) {
      if (i != 11) {
        assertThat(read(i)).isEqualTo("{ \"n\":  " + i + " }\n");
      }
    }
  }

  @Test
  void a_rollback_that_stops_goes_on_where_it_was() throws IOException {
    DocumentRollback first = rollback(new InPages(source, 5));
    Listener stopping =
        new Listener() {
          @Override
          public void committed(long rows, java.time.Duration took) {
            first.stop();
          }
        };
    DocumentRollbackReport paused =
        first.run(first.plan(1, options(false), looked -> {}), Optional.empty(), stopping);
    assertThat(paused.run().run().state()).isEqualTo(RunState.PAUSED);
    assertThat(paused.restored()).isBetween(1L, FILES - 1L);
    assertThat(paused.left()).as("not as before yet").isEqualTo(FILES - paused.restored());
    assertThat(paused.already()).isZero();
    DocumentRollbackReport done =
        rollback(new InPages(source, 5)).resume(2, Optional.empty(), SILENT);
    assertThat(done.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(done.restored()).isEqualTo(FILES);
    assertThat(done.run().run().changed()).isEqualTo(FILES);
  }

  private DocumentRollback rollback(DocumentSource in) {
    return DocumentRollback.of(
        TRANSFORM,
        in,
        new DocumentsJournal(project).database(),
        Settings.standard(),
        Clock.systemUTC());
  }

  private static DocumentRollbackOptions options(boolean merge) {
    return new DocumentRollbackOptions(List.of(), merge, 2);
  }

  private Path file(int i) {
    return documents.resolve("p%02d.json".formatted(i));
  }

  private String read(int i) throws IOException {
    return Files.readString(file(i));
  }

  private void write(int i, String text) throws IOException {
    Files.writeString(file(i), text);
  }

  /** The same source in smaller pages. */
  private static class InPages implements DocumentSource {
    private final DocumentSource source;
    private final int size;

    InPages(DocumentSource source, int size) {
      this.source = source;
      this.size = size;
    }

    @Override
    public String label() {
      return source.label();
    }

    @Override
    public String place() {
      return source.place();
    }

    @Override
    public Page page(Optional<String> after, int most) {
      return source.page(after, most);
    }

    @Override
    public void requirePlace(String place) {
      source.requirePlace(place);
    }

    @Override
    public List<Document> read(Collection<String> ids) {
      return source.read(ids);
    }

    @Override
    public Page named(Collection<String> ids) {
      return source.named(ids);
    }

    @Override
    public Optional<Document> find(String by, String value) {
      return source.find(by, value);
    }

    @Override
    public List<Written> write(List<Write> writes) {
      return source.write(writes);
    }

    @Override
    public OptionalLong count() {
      return source.count();
    }

    @Override
    public int batch() {
      return size;
    }

    @Override
    public Optional<Allowance> allowance() {
      return source.allowance();
    }

    @Override
    public boolean keepsValues() {
      return source.keepsValues();
    }

    @Override
    public Optional<String> kept(String text) {
      return source.kept(text);
    }

    @Override
    public void close() {}
  }

  /**
   * Loses every third answer, half of them to writes that were done; one file changes meanwhile.
   */
  private final class Unsure extends InPages {
    private final AtomicInteger asked = new AtomicInteger();

    Unsure(DocumentSource source) {
      super(source, 5);
    }

    @Override
    public List<Written> write(List<Write> writes) {
      List<Written> told = new ArrayList<>();
      for (Write one : writes) {
        int n = asked.incrementAndGet();
        if (one.id().equals("p11.json") && n < 3 * FILES && changes(one)) {
          told.add(new Written(one.id(), Fate.UNKNOWN, "lost"));
        } else if (n % 6 == 0) {
          told.add(new Written(one.id(), Fate.UNKNOWN, "lost, and not written"));
        } else {
          Written written = super.write(List.of(one)).getFirst();
          told.add(n % 3 == 0 ? new Written(one.id(), Fate.UNKNOWN, "lost") : written);
        }
      }
      return told;
    }

    private boolean changes(Write one) {
      Map<String, Optional<String>> changed = new TreeMap<>();
      changed.put(Transform.WHOLE, Optional.of("{\"v\":2,\"was\":{\"n\":1100}}"));
      super.write(List.of(new Write(one.id(), changed, Optional.empty())));
      return true;
    }
  }
}
