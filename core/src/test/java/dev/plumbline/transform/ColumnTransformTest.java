package dev.plumbline.transform;

import static dev.plumbline.transform.ColumnRuns.WRAP;
import static dev.plumbline.transform.ColumnRuns.batches;
import static dev.plumbline.transform.ColumnRuns.count;
import static dev.plumbline.transform.ColumnRuns.journal;
import static dev.plumbline.transform.ColumnRuns.of;
import static dev.plumbline.transform.ColumnRuns.run;
import static dev.plumbline.transform.ColumnRuns.transform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.document.Program;
import dev.plumbline.document.Transform;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Position;
import dev.plumbline.execution.RunReport;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.SetAside;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a transform of a column promises, on the oldest and the newest PostgreSQL and on SQLite. */
class ColumnTransformTest {
  /** 60 documents: every third done already, every tenth without one. */
  static void documents(TestDatabase database, String type) {
    database.execute(
        "CREATE TABLE docs (id INTEGER PRIMARY KEY, doc " + type + ", note VARCHAR(40))",
        """
        INSERT INTO docs (id, doc)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
        SELECT i, CAST(CASE WHEN i %% 10 = 0 THEN NULL
          WHEN i %% 3 = 0 THEN '{"v":  2, "n": ' || i || '}'
          ELSE '{"n":  ' || i || ', "t": "Zoë"}' END AS %s) FROM n"""
            .formatted(type));
  }

  @OnEachDatabase
  void documents_are_written_each_once_with_their_images(TestDatabase database) {
    documents(database, "text");
    ColumnTransform transform = of(database, transform("doc", WRAP), "docs");
    TransformPlan plan = transform.plan(TransformOptions.all(), Optional.empty(), looked -> {});
    assertThat(plan.tally())
        .extracting(
            Tally::total, Tally::transformed, Tally::unchanged, Tally::skipped, Tally::failed)
        .containsExactly(60L, 36L, 18L, 6L, 0L);
    assertThat(count(database, "docs WHERE doc LIKE '%was%'")).isZero();

    TransformReport report = run(transform, batches(7, 1));
    assertThat(report.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.run().run().changed()).isEqualTo(36);
    assertThat(report.tally()).contains(plan.tally());
    assertThat(database.queryValue("SELECT doc FROM docs WHERE id = 1"))
        .isEqualTo("{\"v\":2,\"was\":{\"n\":1,\"t\":\"Zoë\"}}");
    assertThat(count(database, journal(database, "documents"))).isEqualTo(36);
    assertThat(count(database, journal(database, "batches"))).isGreaterThan(5);
    Image image = images(database, 1).getFirst();
    assertThat(image.id()).isEqualTo("[\"1\"]");
    assertThat(image.before()).containsEntry("doc", Optional.of("{\"n\":  1, \"t\": \"Zoë\"}"));
    assertThat(image.after())
        .containsEntry("doc", Optional.of("{\"v\":2,\"was\":{\"n\":1,\"t\":\"Zoë\"}}"));

    TransformReport again = run(transform, batches(100, 1));
    assertThat(again.run().run().changed()).isZero();
    assertThat(again.tally().orElseThrow())
        .extracting(Tally::total, Tally::transformed, Tally::unchanged)
        .containsExactly(60L, 0L, 54L);
  }

  private static List<Image> images(TestDatabase database, long run) {
    try (Session session = ColumnRuns.database(database).openForWriting(Timeouts.WRITING)) {
      return new DocumentImages(session, run).after(Optional.empty(), 1_000);
    }
  }

  @OnEachDatabase
  void names_and_keys_may_be_odd_and_other_columns_written_along(TestDatabase database) {
    database.execute(
        """
        CREATE TABLE "Do ""c"" s" ("group" varchar(40), "select" integer, "a'b" %s, "At" varchar(60),
          PRIMARY KEY ("group", "select"))"""
            .formatted(ColumnRuns.json(database)),
        """
        INSERT INTO "Do ""c"" s" ("group", "select", "a'b")
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
        SELECT 'g,"é ' || (i %% 4), i, CAST('{"n": ' || i || '}' AS %s) FROM n"""
            .formatted(ColumnRuns.json(database)));
    Transform transform =
        transform("a'b", WRAP, Map.of("At", new Program.Jq("\"n is \\(.was.n)\"")));
    TransformReport report = run(of(database, transform, "\"Do \"\"c\"\" s\""), batches(7, 2));
    assertThat(report.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.run().run().changed()).isEqualTo(60);
    assertThat(database.queryValue("SELECT \"At\" FROM \"Do \"\"c\"\" s\" WHERE \"select\" = 17"))
        .isEqualTo("n is 17");
    Image image = images(database, 1).getFirst();
    assertThat(image.before()).containsOnlyKeys("a'b", "At").containsEntry("At", Optional.empty());
  }

  @OnEachDatabase
  void what_cannot_be_transformed_is_set_aside_and_the_rest_goes_on(TestDatabase database) {
    documents(database, "text");
    database.execute(
        "UPDATE docs SET doc = '{\"n\":' WHERE id = 7",
        "UPDATE docs SET doc = '{\"m\": 1}' WHERE id = 8",
        "UPDATE docs SET doc = '' WHERE id = 11");
    ColumnTransform transform = of(database, transform("doc", WRAP), "docs");
    assertThat(
            transform.plan(TransformOptions.all(), Optional.empty(), looked -> {}).tally().failed())
        .isEqualTo(2);
    TransformReport report = run(transform, batches(7, 1));
    assertThat(report.run().run().state()).isEqualTo(RunState.FAILED);
    assertThat(report.run().quarantined()).isEqualTo(2);
    assertThat(report.problems()).extracting(Problem::id).containsExactlyInAnyOrder("7", "8");
    assertThat(report.tally().orElseThrow())
        .extracting(Tally::total, Tally::transformed, Tally::skipped, Tally::failed)
        .containsExactly(60L, 33L, 7L, 2L);

    database.execute(
        "UPDATE docs SET doc = '{\"n\": 7}' WHERE id = 7",
        "UPDATE docs SET doc = '{\"v\": 2}' WHERE id = 8");
    TransformReport resumed = transform.run(1, "1", Optional.empty(), ColumnRuns.SILENT);
    assertThat(resumed.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(resumed.run().run().changed()).isEqualTo(34);
    assertThat(resumed.run().quarantined()).isZero();
  }

  @OnEachDatabase
  void what_the_table_refuses_stands_alone(TestDatabase database) {
    documents(database, "varchar(48)");
    database.execute(
        "CREATE UNIQUE INDEX one_note ON docs (note)",
        "UPDATE docs SET note = 'n is 5' WHERE id = 60");
    Transform transform =
        transform("doc", WRAP, Map.of("note", new Program.Jq("\"n is \\(.was.n)\"")));
    TransformReport report = run(of(database, transform, "docs"), batches(20, 1));
    RunReport run = report.run();
    assertThat(run.run().state()).isEqualTo(RunState.FAILED);
    assertThat(run.quarantined()).isEqualTo(1);
    assertThat(run.setAside()).extracting(SetAside::key).hasToString("[5]");
    assertThat(run.run().changed()).isEqualTo(35);
    assertThat(report.tally().orElseThrow())
        .extracting(Tally::total, Tally::transformed, Tally::failed)
        .containsExactly(60L, 35L, 1L);
  }

  @OnEachDatabase
  void a_number_of_rows_takes_those_along_that_fail(TestDatabase database) {
    documents(database, "text");
    database.execute("UPDATE docs SET doc = '{}' WHERE id = 4");
    ColumnTransform transform = of(database, transform("doc", WRAP), "docs");
    TransformOptions limit =
        new TransformOptions(
            List.of(), Optional.empty(), OptionalLong.of(10), OptionalInt.of(3), 1);
    TransformPlan plan = transform.plan(limit, Optional.empty(), looked -> {});
    TransformReport report = run(transform, limit);
    assertThat(report.run().run().changed()).isEqualTo(10);
    assertThat(report.tally().orElseThrow())
        .extracting(Tally::transformed, Tally::failed)
        .containsExactly(10L, 1L)
        .containsExactly(plan.tally().transformed(), plan.tally().failed());
    assertThat(report.problems()).isEqualTo(plan.problems());
    assertThat(report.run().run().state()).isEqualTo(RunState.FAILED);
  }

  @OnEachDatabase
  void some_rows_or_a_condition_or_a_number_are_a_run_of_their_own(TestDatabase database) {
    documents(database, "text");
    Transform wrap = transform("doc", WRAP);
    TransformReport some = run(of(database, wrap, "docs"), ColumnRuns.ids("1", "3", "[\"10\"]"));
    assertThat(some.run().run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(some.run().run().changed()).isEqualTo(1);
    TransformReport where =
        run(of(database, wrap, "docs", Optional.of("id BETWEEN 2 AND 5 -- few")), batches(2, 1));
    assertThat(where.run().run().changed()).isEqualTo(3);
    TransformOptions limit =
        new TransformOptions(
            List.of(), Optional.of("40"), OptionalLong.of(5), OptionalInt.empty(), 1);
    assertThat(run(of(database, wrap, "docs"), limit).run().run().changed()).isEqualTo(5);
    assertThat(count(database, "docs WHERE id > 40 AND doc LIKE '%was%'")).isEqualTo(5);
    TransformOptions from =
        new TransformOptions(
            List.of(), Optional.of("50"), OptionalLong.empty(), OptionalInt.of(2), 1);
    assertThat(run(of(database, wrap, "docs"), from).run().run().changed()).isEqualTo(6);
    assertThat(count(database, "docs WHERE id <= 40 AND doc LIKE '%was%'")).isEqualTo(4);
    ColumnTransform lower = of(database, wrap, "docs", Optional.of("id < 50"));
    for (String id : List.of("99", "no number", "1,2", "[\"1")) {
      assertUsage(() -> run(of(database, wrap, "docs"), ColumnRuns.ids(id)));
      assertUsage(() -> run(lower, ColumnRuns.ids(id)));
    }
    for (String place : List.of("no number", "1,2", "[\"1", "")) {
      TransformOptions after =
          new TransformOptions(
              List.of(), Optional.of(place), OptionalLong.empty(), OptionalInt.empty(), 1);
      assertUsage(() -> lower.plan(after, Optional.empty(), looked -> {}));
      assertUsage(() -> lower.begin(after));
    }
  }

  @OnEachDatabase
  void a_row_that_the_condition_leaves_out_is_told_from_one_that_is_not_there(
      TestDatabase database) {
    documents(database, "text");
    ColumnTransform few = of(database, transform("doc", WRAP), "docs", Optional.of("id <> 3"));
    assertThatThrownBy(() -> few.plan(ColumnRuns.ids("3"), Optional.empty(), looked -> {}))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.what())
                  .isEqualTo(
                      "The transform's `where` leaves row `3` of the column doc of docs out.");
            });
    assertThatThrownBy(() -> few.plan(ColumnRuns.ids("99"), Optional.empty(), looked -> {}))
        .hasMessageContaining("There is no row `99`");
  }

  @OnEachDatabase
  void a_key_with_a_comma_is_listed_as_it_is_asked_for(TestDatabase database) {
    database.execute(
        "CREATE TABLE pairs (k varchar(9) NOT NULL, n integer NOT NULL, doc text, PRIMARY KEY (k, n))",
        "INSERT INTO pairs VALUES ('a,b', 1, '{\"n\":1}'), ('c', 2, '{\"m\":1}'), ('d,', 3, '{\"m\":1}')");
    ColumnTransform transform = of(database, transform("doc", WRAP), "pairs");
    TransformPlan plan = transform.plan(TransformOptions.all(), Optional.empty(), looked -> {});
    assertThat(plan.samples())
        .extracting(TransformPlan.Sample::id)
        .containsExactly("[\"a,b\",\"1\"]");
    assertThat(plan.problems())
        .extracting(Problem::id)
        .containsExactlyInAnyOrder("c,2", "[\"d,\",\"3\"]");
    String listed = plan.samples().getFirst().id();
    assertThat(run(transform, ColumnRuns.ids(listed)).run().run().changed()).isEqualTo(1);
  }

  @Test
  void a_row_whose_key_holds_null_is_named_and_the_others_go_on() {
    try (TestDatabase database = TestDatabase.sqlite()) {
      database.execute(
          "CREATE TABLE pairs (k TEXT, n INTEGER, doc TEXT, PRIMARY KEY (k, n))",
          """
          INSERT INTO pairs VALUES (NULL, 1, '{"n":1}'), ('a', 1, '{"n":1}'), ('b', NULL, '{"n":2}'),
            ('c', NULL, '{"v":2}'), ('d', NULL, NULL), ('e', 5, '{"n":5}'), (NULL, NULL, NULL)""");
      ColumnTransform transform = of(database, transform("doc", WRAP), "pairs");
      String why = "its key holds NULL, so it cannot be told from others";
      TransformPlan plan = transform.plan(TransformOptions.all(), Optional.empty(), looked -> {});
      assertThat(plan.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(plan.problems())
          .containsExactlyInAnyOrder(Problem.failed("null,1", why), Problem.failed("b,null", why));

      TransformReport report = run(transform, batches(1, 1));
      assertThat(report.run().run().state()).isEqualTo(RunState.FAILED);
      assertThat(report.run().exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(report.run().run().changed()).isEqualTo(2);
      assertThat(report.problems()).containsExactlyInAnyOrderElementsOf(plan.problems());
      assertThat(report.run().setAside()).extracting(SetAside::message).containsExactly(why, why);
      for (Tally tally : List.of(plan.tally(), report.tally().orElseThrow())) {
        assertThat(tally)
            .extracting(
                Tally::total, Tally::transformed, Tally::unchanged, Tally::skipped, Tally::failed)
            .containsExactly(7L, 2L, 1L, 2L, 2L);
      }

      database.execute("UPDATE pairs SET k = 'z', n = rowid WHERE k IS NULL OR n IS NULL");
      TransformReport resumed = transform.run(1, "1", Optional.empty(), ColumnRuns.SILENT);
      assertThat(resumed.run().run().state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(resumed.run().run().changed()).isEqualTo(4);
    }
  }

  private static void assertUsage(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
  }

  @OnEachDatabase
  void what_the_file_says_wrong_is_told(TestDatabase database) {
    documents(database, "text");
    database.execute("CREATE TABLE keyless (doc text)");
    assertRefused(database, "dics", "doc", "Did you mean `docs`?");
    assertRefused(database, "docs", "dok", "Did you mean `doc`?");
    assertRefused(database, "docs", "nothing_like_it", "It has id, ");
    assertRefused(database, "\"Dics\"", "doc", "Did you mean `\"docs\"`?");
    assertRefused(database, "app.dics", "doc", "Did you mean `docs`?");
    assertRefused(database, "docs", "\"Dok\"", "Did you mean `\"doc\"`?");
    assertRefused(database, "docs", "id", "holds no documents");
    assertRefused(database, "keyless", "doc", "no key");
  }

  @OnEachDatabase
  void a_wrong_condition_is_told_where_it_stands(TestDatabase database) {
    documents(database, "text");
    ColumnTransform wrong =
        of(database, transform("doc", WRAP), "docs", Optional.of("id > 0\n  AND nope = 1"));
    for (ThrowingCallable look :
        List.<ThrowingCallable>of(
            () -> wrong.plan(TransformOptions.all(), Optional.empty(), looked -> {}),
            () -> wrong.begin(TransformOptions.all()))) {
      assertThatThrownBy(look)
          .isInstanceOfSatisfying(
              DatabaseException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.PROJECT);
                assertThat(e.problem().orElseThrow().position())
                    .isEqualTo(new Position(Path.of("transforms", "wrap.yaml"), 5, 16));
                assertThat(e.what())
                    .startsWith("transforms/wrap.yaml:5:16: ")
                    .contains("nope")
                    .doesNotContain("on the data");
                assertThat(e.safe()).isEqualTo("Nothing was changed by this statement.");
              });
    }
  }

  @OnEachDatabase
  void a_run_writes_no_key_and_no_column_twice(TestDatabase database) {
    documents(database, "text");
    for (Map<String, Program.Jq> also :
        List.of(
            Map.of("ID", new Program.Jq("1")),
            Map.of("NOTE", new Program.Jq("1"), "note", new Program.Jq("2")))) {
      assertThatThrownBy(
              () ->
                  of(database, transform("doc", WRAP, also), "docs")
                      .plan(TransformOptions.all(), Optional.empty(), looked -> {}))
          .isInstanceOfSatisfying(
              PlumblineException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.PROJECT);
                assertThat(e.what())
                    .matches(".*belongs to the key.*|.*are the same column, note\\.");
              });
    }
  }

  @OnEachDatabase
  void a_view_is_told_from_a_table_that_is_not_there(TestDatabase database) {
    documents(database, "text");
    database.execute("CREATE VIEW shown AS SELECT id, doc FROM docs");
    assertRefused(database, "shown", "doc", "`shown` is a view");
  }

  private static void assertRefused(
      TestDatabase database, String table, String property, String words) {
    assertThatThrownBy(
            () ->
                of(database, transform(property, WRAP), table)
                    .plan(TransformOptions.all(), Optional.empty(), looked -> {}))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.PROJECT);
              assertThat(e.what() + e.next()).contains(words);
            });
  }
}
