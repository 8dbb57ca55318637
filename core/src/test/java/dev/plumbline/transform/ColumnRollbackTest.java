package dev.plumbline.transform;

import static dev.plumbline.transform.ColumnRuns.SILENT;
import static dev.plumbline.transform.ColumnRuns.WRAP;
import static dev.plumbline.transform.ColumnRuns.batches;
import static dev.plumbline.transform.ColumnRuns.count;
import static dev.plumbline.transform.ColumnRuns.json;
import static dev.plumbline.transform.ColumnRuns.of;
import static dev.plumbline.transform.ColumnRuns.rollback;
import static dev.plumbline.transform.ColumnRuns.transform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.dialect.Key;
import dev.plumbline.document.Program;
import dev.plumbline.document.Transform;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.SetAside;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.transform.DocumentRollbackPlan.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Taking back a transform of a column, on the oldest and the newest PostgreSQL and on SQLite. */
class ColumnRollbackTest {
  private static final Transform TRANSFORM =
      transform("doc", WRAP, Map.of("note", new Program.Jq("\"n is \\(.was.n)\"")));

  @TempDir Path folder;

  private static void transformed(TestDatabase database, String type) {
    ColumnTransformTest.documents(database, type);
    TransformReport report = ColumnRuns.run(of(database, TRANSFORM, "docs"), batches(7, 1));
    assertThat(report.run().run().state()).isEqualTo(RunState.SUCCEEDED);
  }

  private static DocumentRollbackOptions merging() {
    return new DocumentRollbackOptions(List.of(), true, 1);
  }

  private static DocumentRollbackReport rolledBack(
      TestDatabase database, long run, DocumentRollbackOptions options) {
    DocumentRollback rollback = rollback(database, TRANSFORM, "docs");
    return rollback.run(rollback.plan(run, options, looked -> {}), Optional.empty(), SILENT);
  }

  @OnEachDatabase
  void texts_come_back_byte_for_byte_and_go_again(TestDatabase database) throws IOException {
    ColumnTransformTest.documents(database, "text");
    String before = database.fingerprint("docs", "id");
    ColumnRuns.run(of(database, TRANSFORM, "docs"), batches(7, 1));
    String after = database.fingerprint("docs", "id");

    DocumentRollback rollback = rollback(database, TRANSFORM, "docs");
    DocumentRollbackPlan plan = rollback.plan(1, DocumentRollbackOptions.whole(), looked -> {});
    assertThat(plan)
        .extracting(
            DocumentRollbackPlan::restored,
            DocumentRollbackPlan::already,
            DocumentRollbackPlan::conflicts)
        .containsExactly(36L, 0L, 0L);
    assertThat(database.fingerprint("docs", "id")).isEqualTo(after);

    DocumentRollbackReport report = rollback.run(plan, Optional.of(RunFolder.at(folder)), SILENT);
    assertThat(report.run().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.restored()).isEqualTo(36);
    assertThat(database.fingerprint("docs", "id")).isEqualTo(before);
    assertThat(Files.readString(folder.resolve("rollback-summary.json")))
        .contains("\"run\" : \"1\"", "\"taken_back_by\" : \"2\"", "\"restored\" : 36");
    assertThat(rollback.plan(1, DocumentRollbackOptions.whole(), l -> {}).nothingToDo()).isTrue();

    assertThat(rolledBack(database, 2, DocumentRollbackOptions.whole()).run().exitCode())
        .isEqualTo(ExitCode.OK);
    assertThat(database.fingerprint("docs", "id")).isEqualTo(after);
  }

  @OnEachDatabase
  void values_come_back_as_values(TestDatabase database) {
    ColumnTransformTest.documents(database, json(database));
    String before = database.fingerprint("docs", "id");
    ColumnRuns.run(of(database, TRANSFORM, "docs"), batches(100, 1));
    assertThat(rolledBack(database, 1, DocumentRollbackOptions.whole()).run().exitCode())
        .isEqualTo(ExitCode.OK);
    assertThat(database.fingerprint("docs", "id")).isEqualTo(before);
  }

  @OnEachDatabase
  void what_others_have_changed_is_kept_and_told_by_its_path(TestDatabase database) {
    transformed(database, json(database));
    changeByOthers(database);

    DocumentRollbackPlan plan =
        rollback(database, TRANSFORM, "docs")
            .plan(1, DocumentRollbackOptions.whole(), looked -> {});
    assertThat(plan)
        .extracting(
            DocumentRollbackPlan::restored,
            DocumentRollbackPlan::inPart,
            DocumentRollbackPlan::already,
            DocumentRollbackPlan::conflicts)
        .as("each of the 36 once")
        .containsExactly(31L, 1L, 1L, 3L);
    assertThat(plan.kept())
        .contains(
            new Kept("1", List.of("was.n"), "changed since"),
            new Kept("2", List.of(""), "deleted since"),
            new Kept("4", List.of("note"), "restored but for what was changed since"),
            new Kept("7", List.of(""), "taken away since"));
    assertThat(plan.exitCode()).isEqualTo(ExitCode.WARNING);

    DocumentRollbackReport report = rolledBack(database, 1, DocumentRollbackOptions.whole());
    assertThat(report.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.run().exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(report.run().conflicts()).isEqualTo(4);
    assertThat(report)
        .extracting(
            DocumentRollbackReport::restored,
            DocumentRollbackReport::inPart,
            DocumentRollbackReport::already,
            DocumentRollbackReport::conflicts,
            DocumentRollbackReport::left)
        .containsExactly(31L, 1L, 1L, 3L, 0L);
    assertThat(report.run().setAside())
        .extracting(SetAside::message)
        .contains("changed since: was.n", "deleted since");
    assertThat(count(database, "docs WHERE CAST(doc AS text) LIKE '%was%'")).isEqualTo(1);
    assertThat(database.queryValue("SELECT note FROM docs WHERE id = 4")).isEqualTo("by hand");
  }

  /** One document changed, one deleted, one with another note, one emptied, one taken back. */
  private static void changeByOthers(TestDatabase database) {
    String type = json(database);
    database.execute(
        "UPDATE docs SET doc = CAST('{\"v\":2,\"was\":{\"n\":100,\"t\":\"Zoë\"}}' AS "
            + type
            + ") WHERE id = 1",
        "DELETE FROM docs WHERE id = 2",
        "UPDATE docs SET note = 'by hand' WHERE id = 4",
        "UPDATE docs SET doc = CAST('{\"n\": 5, \"t\": \"Zoë\"}' AS "
            + type
            + "), note = NULL WHERE id = 5",
        "UPDATE docs SET doc = NULL WHERE id = 7");
  }

  @OnEachDatabase
  void what_others_have_changed_is_merged_into_the_old_shape(TestDatabase database) {
    transformed(database, "text");
    database.execute(
        "UPDATE docs SET doc = '{\"v\":2,\"was\":{\"n\":100,\"t\":\"Zoë\",\"new\":[1]}}' WHERE id = 1",
        "UPDATE docs SET doc = '{\"v\":3}' WHERE id = 2");
    DocumentRollback rollback = rollback(database, TRANSFORM, "docs");
    DocumentRollbackPlan plan = rollback.plan(1, merging(), looked -> {});
    assertThat(plan)
        .extracting(
            DocumentRollbackPlan::restored,
            DocumentRollbackPlan::merged,
            DocumentRollbackPlan::conflicts)
        .containsExactly(34L, 1L, 1L);
    assertThat(plan.mergedPaths())
        .containsExactly(new Kept("1", List.of("was.n", "was.new"), "changed since, merged"));
    DocumentRollbackReport report = rollback.run(plan, Optional.empty(), SILENT);
    assertThat(report)
        .extracting(DocumentRollbackReport::restored, DocumentRollbackReport::merged)
        .containsExactly(34L, 1L);
    assertThat(database.queryValue("SELECT doc FROM docs WHERE id = 1"))
        .isEqualTo("{\"n\":100,\"t\":\"Zoë\",\"new\":[1]}");
    assertThat(database.queryValue("SELECT doc FROM docs WHERE id = 2")).isEqualTo("{\"v\":3}");
    assertThatThrownBy(() -> rollback.plan(2, merging(), looked -> {}))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
  }

  @OnEachDatabase
  void what_was_written_along_and_changed_by_hand_is_kept_and_named_when_merging(
      TestDatabase database) {
    transformed(database, "text");
    database.execute(
        "UPDATE docs SET doc = '{\"v\":2,\"was\":{\"n\":100}}', note = 'by hand' WHERE id = 1");
    DocumentRollback rollback = rollback(database, TRANSFORM, "docs");
    DocumentRollbackPlan plan = rollback.plan(1, merging(), looked -> {});
    assertThat(plan.kept())
        .containsExactly(new Kept("1", List.of("note"), "merged but for what was changed since"));
    assertThat(plan.exitCode()).isEqualTo(ExitCode.WARNING);
    DocumentRollbackReport report = rollback.run(plan, Optional.empty(), SILENT);
    assertThat(report.run().exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(report)
        .extracting(
            DocumentRollbackReport::restored,
            DocumentRollbackReport::inPart,
            DocumentRollbackReport::merged,
            DocumentRollbackReport::conflicts)
        .containsExactly(35L, 1L, 0L, 0L);
    assertThat(report.run().setAside())
        .extracting(SetAside::message)
        .containsExactly("merged but for what was changed since: note");
    assertThat(database.queryValue("SELECT doc FROM docs WHERE id = 1")).isEqualTo("{\"n\":100}");
    assertThat(database.queryValue("SELECT note FROM docs WHERE id = 1")).isEqualTo("by hand");
  }

  @OnEachDatabase
  void what_is_merged_whole_keeps_nothing_though_a_part_was_back_already(TestDatabase database) {
    transformed(database, "text");
    database.execute(
        "UPDATE docs SET doc = '{\"v\":2,\"was\":{\"n\":100}}', note = NULL WHERE id = 1");
    DocumentRollbackReport report = rolledBack(database, 1, merging());
    assertThat(report.run().setAside()).isEmpty();
    assertThat(report.run().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.merged()).isEqualTo(1);
  }

  @OnEachDatabase
  void what_was_changed_back_before_the_end_is_restored_and_no_conflict(TestDatabase database) {
    transformed(database, "text");
    String written = String.valueOf(database.queryValue("SELECT doc FROM docs WHERE id = 1"));
    database.execute("UPDATE docs SET doc = '{\"v\":3}' WHERE id = 1");
    DocumentRollback rollback = rollback(database, TRANSFORM, "docs");
    Listener changingBack =
        new Listener() {
          @Override
          public void committed(long rows, Duration took) {
            database.execute("UPDATE docs SET doc = '" + written + "' WHERE doc = '{\"v\":3}'");
          }
        };
    DocumentRollbackReport report =
        rollback.run(
            rollback.plan(1, DocumentRollbackOptions.whole(), looked -> {}),
            Optional.empty(),
            changingBack);
    assertThat(report.run().setAside()).isEmpty();
    assertThat(report.run().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.restored()).isEqualTo(36);
  }

  @OnEachDatabase
  void one_document_goes_back_by_itself_and_a_missing_snapshot_is_named(TestDatabase database) {
    transformed(database, "text");
    DocumentRollbackReport report =
        rolledBack(
            database, 1, new DocumentRollbackOptions(List.of(new Key(List.of("8"))), false, 1));
    assertThat(report)
        .extracting(DocumentRollbackReport::restored, DocumentRollbackReport::already)
        .containsExactly(1L, 0L);
    assertThat(count(database, "docs WHERE doc LIKE '%was%'")).isEqualTo(35);
    assertThatThrownBy(
            () ->
                rolledBack(
                    database,
                    1,
                    new DocumentRollbackOptions(List.of(new Key(List.of("3"))), false, 1)))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.what()).isEqualTo("Run 1 has written no document `3`.");
            });
  }

  @OnEachDatabase
  void a_key_with_a_comma_is_listed_as_it_is_asked_for(TestDatabase database) {
    database.execute(
        "CREATE TABLE docs (id varchar(20) PRIMARY KEY, doc text, note text)",
        "INSERT INTO docs VALUES ('a,b', '{\"n\": 1}', NULL), ('c', '{\"n\": 2}', NULL)");
    ColumnRuns.run(of(database, TRANSFORM, "docs"), batches(7, 1));
    database.execute("UPDATE docs SET note = 'by hand'");
    DocumentRollbackPlan plan =
        rollback(database, TRANSFORM, "docs")
            .plan(1, DocumentRollbackOptions.whole(), looked -> {});
    assertThat(plan.kept()).extracting(Kept::id).containsExactly("[\"a,b\"]", "c");
    assertThat(plan.inPart()).isEqualTo(2);
    assertThat(plan.conflicts()).isZero();
    Key listed = Key.fromJson(plan.kept().getFirst().id());
    DocumentRollbackReport report =
        rolledBack(database, 1, new DocumentRollbackOptions(List.of(listed, listed), false, 1));
    assertThat(report.inPart()).isEqualTo(1);
    assertThat(report.already()).isZero();
    assertThat(database.queryValue("SELECT doc FROM docs WHERE id = 'a,b'"))
        .isEqualTo("{\"n\": 1}");
  }
}
