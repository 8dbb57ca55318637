package dev.plumbline.transform;

import static dev.plumbline.transform.ColumnRuns.SILENT;
import static dev.plumbline.transform.ColumnRuns.WRAP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Sql;
import dev.plumbline.document.Transform;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Settings;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is gone on with, and taken back, where it wrote, and nowhere else. */
class KeptPlaceTest {
  private static final int RECORDS = 10;
  private static final Transform TRANSFORM = ColumnRuns.transform("doc", WRAP);

  @TempDir Path project;
  private Records here = records("contacts at https://one.example");

  private static Records records(String place) {
    Records records = new Records();
    records.standIn(place);
    return records;
  }

  /** Another account with documents of the same ids, which look as if the run had written them. */
  private Records elsewhere() {
    Records other = records("contacts at https://two.example");
    for (int i = 0; i < RECORDS; i++) {
      other.set("r" + i, "doc", here.get("r" + i).getOrDefault("doc", ""));
    }
    other.writing(
        (records, write) -> {
          throw new AssertionError("written into another account: " + write.id());
        });
    return other;
  }

  @BeforeEach
  void begun() {
    for (int i = 0; i < RECORDS; i++) {
      here.set("r" + i, "doc", "{\"n\":" + i + "}");
    }
    new DocumentsJournal(project).create();
    RemoteTransform transform = transform(here);
    assertThat(
            transform
                .run(transform.begin(options()), "d1", Optional.empty(), pausing(transform::stop))
                .run()
                .run()
                .state())
        .isEqualTo(RunState.PAUSED);
  }

  private static TransformOptions options() {
    return new TransformOptions(
        List.of(), Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), 1);
  }

  private static Listener pausing(Runnable stop) {
    return new Listener() {
      @Override
      public void committed(long rows, Duration took) {
        stop.run();
      }
    };
  }

  private RemoteTransform transform(Records in) {
    return new RemoteTransform(
        TRANSFORM,
        in,
        new DocumentsJournal(project).database(),
        Settings.standard(),
        Clock.systemUTC());
  }

  private DocumentRollback rollback(Records in) {
    return DocumentRollback.of(
        TRANSFORM,
        in,
        new DocumentsJournal(project).database(),
        Settings.standard(),
        Clock.systemUTC());
  }

  private static DocumentRollbackOptions movedTo(String place) {
    return new DocumentRollbackOptions(List.of(), false, 1, Optional.of(place));
  }

  private void ended() {
    assertThat(transform(here).run(1, "d1", Optional.empty(), SILENT).run().run().state())
        .isEqualTo(RunState.SUCCEEDED);
  }

  private static void assertElsewhere(ThrowingCallable call, String run) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.PROJECT);
              assertThat(e.what())
                  .isEqualTo(
                      "Run "
                          + run
                          + " is about contacts at https://one.example, but by the environment its"
                          + " transform's file now names contacts at https://two.example.");
              assertThat(e.next()).contains("--moved-to 'contacts at https://two.example'");
            });
  }

  @Test
  void a_run_is_not_gone_on_with_elsewhere() {
    assertElsewhere(() -> transform(elsewhere()).run(1, "d1", Optional.empty(), SILENT), "d1");
    ended();
  }

  @Test
  void a_run_is_not_taken_back_elsewhere() {
    ended();
    Records other = elsewhere();
    assertElsewhere(
        () -> rollback(other).plan(1, DocumentRollbackOptions.whole(), looked -> {}), "d1");
    DocumentRollback rollback = rollback(here);
    DocumentRollbackReport paused =
        rollback.run(
            rollback.plan(1, DocumentRollbackOptions.whole(), looked -> {}),
            Optional.empty(),
            pausing(rollback::stop));
    assertThat(paused.run().run().state()).isEqualTo(RunState.PAUSED);
    assertElsewhere(() -> rollback(other).resume(2, Optional.empty(), SILENT), "d2");
    assertThat(rollback(here).resume(2, Optional.empty(), SILENT).restored()).isEqualTo(RECORDS);
  }

  @Test
  void documents_that_have_moved_are_followed_where_somebody_says_so() {
    assertWrongUsage(() -> transform(here).moved(1, "contacts at https://two.example"));
    here.standIn("contacts at https://two.example");
    transform(here).moved(1, "contacts at https://two.example");
    ended();
    here.standIn("contacts at https://three.example");
    assertWrongUsage(
        () -> rollback(here).plan(1, movedTo("contacts at https://two.example"), looked -> {}));
    DocumentRollback rollback = rollback(here);
    rollback.run(
        rollback.plan(1, movedTo("contacts at https://three.example"), looked -> {}),
        Optional.empty(),
        pausing(rollback::stop));
    here.standIn("contacts at https://four.example");
    rollback(here).moved(2, "contacts at https://four.example");
    assertThat(rollback(here).resume(2, Optional.empty(), SILENT).restored()).isEqualTo(RECORDS);
  }

  private static void assertWrongUsage(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
  }

  @Test
  void a_run_that_an_earlier_version_began_goes_on_as_it_did() {
    try (Session session =
        new DocumentsJournal(project).database().openForWriting(Timeouts.WRITING)) {
      session.execute(Sql.of("DROP TABLE plumb_places"));
    }
    here.standIn("contacts at https://two.example");
    ended();
    DocumentRollback rollback = rollback(here);
    DocumentRollbackReport report =
        rollback.run(
            rollback.plan(1, DocumentRollbackOptions.whole(), looked -> {}),
            Optional.empty(),
            SILENT);
    assertThat(report.restored()).isEqualTo(RECORDS);
    here.standIn("contacts at https://one.example");
    assertThatThrownBy(() -> rollback(here).plan(2, DocumentRollbackOptions.whole(), looked -> {}))
        .as("the new run has a place")
        .isInstanceOf(PlumblineException.class);
  }

  @OnEachDatabase
  void a_run_of_one_column_is_not_taken_back_in_another(TestDatabase database) {
    ColumnTransformTest.documents(database, "text");
    ColumnRuns.run(ColumnRuns.of(database, TRANSFORM, "docs"), ColumnRuns.batches(7, 1));
    database.execute(
        "CREATE TABLE others (id INTEGER PRIMARY KEY, doc text, note text)",
        "INSERT INTO others (id, doc) SELECT id, doc FROM docs");
    assertThatThrownBy(
            () ->
                ColumnRuns.rollback(database, TRANSFORM, "others")
                    .plan(1, DocumentRollbackOptions.whole(), looked -> {}))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.PROJECT);
              assertThat(e.what()).contains("column doc of ", "docs", "others");
            });
    assertThatThrownBy(
            () ->
                ColumnRuns.of(database, TRANSFORM, "others").run(1, "1", Optional.empty(), SILENT))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROJECT));
    assertThat(
            ColumnRuns.rollback(database, TRANSFORM, "docs")
                .plan(1, DocumentRollbackOptions.whole(), looked -> {})
                .restored())
        .isEqualTo(36);
  }
}
