package dev.plumbline.transform;

import static dev.plumbline.transform.ColumnRuns.batches;
import static dev.plumbline.transform.ColumnRuns.count;
import static dev.plumbline.transform.ColumnRuns.json;
import static dev.plumbline.transform.ColumnRuns.of;
import static dev.plumbline.transform.ColumnRuns.run;
import static dev.plumbline.transform.ColumnRuns.transform;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.dialect.Key;
import dev.plumbline.document.Program;
import dev.plumbline.document.Transform;
import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.SetAside;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Triggers of the table make something else of what is written: only what was proven stays. */
class ColumnTriggersTest {
  private static final Transform RENAME =
      transform("doc", "if has(\"a\") then {b: .a} + del(.a) else . end");

  private static void rows(TestDatabase database) {
    database.execute(
        "CREATE TABLE lossy (id INTEGER PRIMARY KEY, doc "
            + json(database)
            + ", at NUMERIC(9, 2), seen INTEGER)",
        """
        INSERT INTO lossy (id, doc)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
        SELECT i, CAST('{"a": ' || i || ', "c": ' || i || '}' AS %s) FROM n"""
            .formatted(json(database)));
  }

  private static boolean sqlite(TestDatabase database) {
    return json(database).equals("TEXT");
  }

  /** Rows 3, 4 and 5 lose a value, the change, the document; 6 gets something added. */
  private static void losing(TestDatabase database, String lost) {
    if (sqlite(database)) {
      database.execute(
          """
          CREATE TRIGGER loses AFTER UPDATE OF doc ON lossy WHEN new.id IN (3, 4, 5, 6)
          BEGIN UPDATE lossy SET doc = CASE new.id WHEN 3 THEN json_remove(new.doc, '$.%s')
            WHEN 4 THEN old.doc WHEN 6 THEN json_set(new.doc, '$.touched', 1) END
          WHERE id = new.id; END"""
              .formatted(lost));
    } else {
      database.execute(
          """
          CREATE FUNCTION loses() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
            IF NEW.id = 3 THEN NEW.doc := NEW.doc - '%s'; END IF;
            IF NEW.id = 4 THEN NEW.doc := OLD.doc; END IF;
            IF NEW.id = 5 THEN NEW.doc := NULL; END IF;
            IF NEW.id = 6 THEN NEW.doc := NEW.doc || '{"touched": 1}'; END IF;
            RETURN NEW; END$$"""
              .formatted(lost),
          "CREATE TRIGGER loses BEFORE UPDATE ON lossy FOR EACH ROW EXECUTE FUNCTION loses()");
    }
  }

  @OnEachDatabase
  void a_row_of_which_a_trigger_makes_another_document_is_left_as_it_was(TestDatabase database) {
    rows(database);
    String before = texts(database, "id IN (3, 4, 5, 6)");
    losing(database, "b");
    ColumnTransform transform = of(database, RENAME, "lossy");
    TransformPlan plan = transform.plan(TransformOptions.all(), Optional.empty(), looked -> {});
    assertThat(plan.notes())
        .contains(
            "Every change fires a row trigger of lossy (loses); a row that then holds another"
                + " document than was proven is not written.");

    TransformReport report = run(transform, batches(4, 1));
    assertThat(report.run().run().state()).isEqualTo(RunState.FAILED);
    assertThat(report.run().exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().run().changed()).isEqualTo(6);
    assertThat(report.tally().orElseThrow())
        .extracting(Tally::total, Tally::transformed, Tally::skipped, Tally::failed)
        .containsExactly(10L, 6L, 0L, 4L);
    String why = "a row trigger of lossy (loses) ";
    assertThat(report.run().setAside())
        .extracting(SetAside::message)
        .containsExactlyInAnyOrder(
            why + "makes another document of it, at b",
            why + "makes another document of it, at a, b",
            why + "takes its document away",
            why + "makes another document of it, at touched");
    assertThat(report.problems())
        .contains(
            Problem.failed("5", "it could not be written: " + why + "takes its document away"));
    assertThat(texts(database, "id IN (3, 4, 5, 6)")).isEqualTo(before);
    assertThat(count(database, ColumnRuns.journal(database, "documents"))).isEqualTo(6);

    database.execute("DROP TRIGGER loses" + (sqlite(database) ? "" : " ON lossy"));
    TransformReport resumed = transform.run(1, "1", Optional.empty(), ColumnRuns.SILENT);
    assertThat(resumed.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(resumed.tally().orElseThrow().transformed()).isEqualTo(10);
  }

  private static String texts(TestDatabase database, String where) {
    String aggregate = sqlite(database) ? "group_concat" : "string_agg";
    return String.valueOf(
        database.queryValue(
            "SELECT "
                + aggregate
                + "(CAST(doc AS text), ';') FROM (SELECT doc FROM lossy WHERE "
                + where
                + " ORDER BY id) AS s"));
  }

  @OnEachDatabase
  void a_trigger_that_touches_other_columns_is_no_hindrance(TestDatabase database) {
    rows(database);
    if (sqlite(database)) {
      database.execute(
          """
          CREATE TRIGGER counts AFTER UPDATE OF doc ON lossy
          BEGIN UPDATE lossy SET seen = coalesce(seen, 0) + 1 WHERE id = new.id; END""");
    } else {
      database.execute(
          """
          CREATE FUNCTION counts() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN NEW.seen := coalesce(NEW.seen, 0) + 1; RETURN NEW; END'""",
          "CREATE TRIGGER counts BEFORE UPDATE ON lossy FOR EACH ROW EXECUTE FUNCTION counts()");
    }
    Transform spelt =
        transform(
            "doc",
            "if has(\"a\") then {b: .a} + del(.a) else . end",
            Map.of("at", new Program.Jq("\"07.50\"")));
    TransformReport report = run(of(database, spelt, "lossy"), batches(4, 1));
    assertThat(report.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(count(database, "lossy WHERE seen = 1 AND at = 7.5")).isEqualTo(10);
    DocumentRollback rollback = ColumnRuns.rollback(database, spelt, "lossy");
    DocumentRollbackReport back =
        rollback.run(
            rollback.plan(1, DocumentRollbackOptions.whole(), looked -> {}),
            Optional.empty(),
            ColumnRuns.SILENT);
    assertThat(back.run().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(count(database, "lossy WHERE seen = 2 AND at IS NULL")).isEqualTo(10);
  }

  @OnEachDatabase
  void what_a_trigger_makes_of_a_column_that_is_written_along_is_told(TestDatabase database) {
    rows(database);
    if (sqlite(database)) {
      database.execute(
          """
          CREATE TRIGGER rounds AFTER UPDATE OF at ON lossy WHEN new.id = 2 AND new.at <> 8
          BEGIN UPDATE lossy SET at = 8 WHERE id = new.id; END""");
    } else {
      database.execute(
          """
          CREATE FUNCTION rounds() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN IF NEW.id = 2 THEN NEW.at := 8; END IF; RETURN NEW; END'""",
          "CREATE TRIGGER rounds BEFORE UPDATE ON lossy FOR EACH ROW EXECUTE FUNCTION rounds()");
    }
    Transform spelt =
        transform(
            "doc",
            "if has(\"a\") then {b: .a} + del(.a) else . end",
            Map.of("at", new Program.Jq("\"07.50\"")));
    TransformReport report = run(of(database, spelt, "lossy"), batches(4, 1));
    assertThat(report.run().run().changed()).isEqualTo(9);
    assertThat(report.run().setAside())
        .extracting(SetAside::message)
        .containsExactly("a row trigger of lossy (rounds) makes something else of at");
  }

  @Test
  void a_trigger_that_waits_for_the_commit_is_seen_too() {
    try (TestDatabase database = TestDatabase.postgres()) {
      rows(database);
      database.execute(
          """
          CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
            IF NEW.id = 3 AND NEW.doc ? 'b' THEN
              UPDATE lossy SET doc = doc - 'b' WHERE id = 3; END IF;
            RETURN NULL; END$$""",
          """
          CREATE CONSTRAINT TRIGGER late AFTER UPDATE ON lossy DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION late()""");
      TransformReport report = run(of(database, RENAME, "lossy"), batches(4, 1));
      assertThat(report.run().run().changed()).isEqualTo(9);
      assertThat(report.run().setAside())
          .extracting(SetAside::key)
          .containsExactly(new Key(List.of("3")));
    }
  }

  @OnEachDatabase
  void a_rollback_restores_nothing_of_which_a_trigger_makes_something_else(TestDatabase database) {
    rows(database);
    String before = texts(database, "TRUE");
    TransformReport done = run(of(database, RENAME, "lossy"), batches(4, 1));
    assertThat(done.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    String after = texts(database, "id IN (3, 4, 5, 6)");
    losing(database, "a");
    DocumentRollback rollback = ColumnRuns.rollback(database, RENAME, "lossy");
    DocumentRollbackReport report =
        rollback.run(
            rollback.plan(1, DocumentRollbackOptions.whole(), looked -> {}),
            Optional.empty(),
            ColumnRuns.SILENT);
    assertThat(report.run().exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.restored()).isEqualTo(6);
    assertThat(report.left()).isEqualTo(4);
    assertThat(report.run().setAside())
        .extracting(SetAside::message)
        .contains("a row trigger of lossy (loses) makes another document of it, at a")
        .hasSize(4);
    assertThat(texts(database, "id IN (3, 4, 5, 6)")).isEqualTo(after);

    database.execute("DROP TRIGGER loses" + (sqlite(database) ? "" : " ON lossy"));
    DocumentRollbackReport resumed = rollback.resume(2, Optional.empty(), ColumnRuns.SILENT);
    assertThat(resumed.run().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(texts(database, "TRUE")).isEqualTo(before);
  }
}
