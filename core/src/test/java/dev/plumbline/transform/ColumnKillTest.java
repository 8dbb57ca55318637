package dev.plumbline.transform;

import static dev.plumbline.transform.ColumnRuns.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.Until;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code kill -9} at random moments of a transform of 40,000 documents, and of its rollback,
 * resumed each time; the documents are compared with what SQL makes of the same.
 */
class ColumnKillTest {
  private static final int DOCUMENTS = 40_000;
  private static final int BATCH = 500;
  private static final String EXPECTED =
      """
      SELECT count(*) FROM docs JOIN original USING (id)
      WHERE docs.doc = jsonb_build_object('v', 2, 'was', original.doc)""";
  private static final String RESTORED =
      "SELECT count(*) FROM docs JOIN original USING (id) WHERE docs.doc = original.doc";

  @AutoClose private final TestDatabase postgres = TestDatabase.postgres();

  private void load(boolean logged) {
    postgres.execute(
        "CREATE TABLE docs (id integer PRIMARY KEY, doc jsonb)",
        "INSERT INTO docs SELECT i, jsonb_build_object('n', i, 't', repeat('x', i % 300))"
            + " FROM generate_series(1, "
            + DOCUMENTS
            + ") AS i",
        "CREATE TABLE original AS SELECT * FROM docs",
        "VACUUM ANALYZE docs");
    if (logged) {
      postgres.execute(
          "CREATE TABLE changed (id integer)",
          """
          CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN INSERT INTO changed VALUES (NEW.id); RETURN NULL; END'\
          """,
          "CREATE TRIGGER log AFTER UPDATE ON docs FOR EACH ROW EXECUTE FUNCTION log()");
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 1, true", "1, 2, 2, false"})
  void a_killed_transform_and_its_rollback_resume_as_if_nothing_had_happened(
      int kills, int workers, long seed, boolean logged) {
    killAndCheck(kills, workers, seed, logged);
  }

  @Tag("torture")
  @ParameterizedTest
  @CsvSource({"10, 2, 11, true", "10, 3, 12, false"})
  void twenty_kills_there_and_twenty_back(int kills, int workers, long seed, boolean logged) {
    killAndCheck(kills, workers, seed, logged);
  }

  private void killAndCheck(int kills, int workers, long seed, boolean logged) {
    load(logged);
    Random random = new Random(seed);
    assertThat(killed("transform", kills, workers, random))
        .as("kills that met one")
        .isEqualTo(kills);
    assertThat(postgres.queryValue(EXPECTED)).isEqualTo(String.valueOf(DOCUMENTS));
    checkRun(1);
    assertThat(killed("rollback", kills, workers, random))
        .as("kills that met one")
        .isEqualTo(kills);
    assertThat(postgres.queryValue(RESTORED)).isEqualTo(String.valueOf(DOCUMENTS));
    checkRun(2);
    if (logged) {
      assertThat(count(postgres, "changed"))
          .as("each once, and once back")
          .isEqualTo(2 * DOCUMENTS);
    }
  }

  /** Every document is in it once, with what was there before. */
  private void checkRun(int run) {
    assertThat(postgres.queryValue("SELECT state FROM plumb.runs WHERE id = " + run))
        .isEqualTo("succeeded");
    assertThat(postgres.queryValue("SELECT changed FROM plumb.runs WHERE id = " + run))
        .isEqualTo(String.valueOf(DOCUMENTS));
    assertThat(
            count(
                postgres,
                "plumb.documents AS d JOIN original AS o ON d.id = '[\"' || o.id || '\"]' WHERE d.run = "
                    + run
                    + " AND CAST(CAST(d."
                    + (run == 1 ? "before" : "after")
                    + " AS json) ->> 'doc' AS jsonb) = o.doc"))
        .isEqualTo(DOCUMENTS);
    assertThat(count(postgres, "plumb.set_aside")).isZero();
  }

  /** Starts or resumes it so often, kills it each time, and lets it end. */
  private int killed(String mode, int kills, int workers, Random random) {
    String first = mode.equals("transform") ? "1" : "2";
    long before = batches();
    int struck = 0;
    for (int i = 0; i < kills; i++) {
      long done = batches() - before;
      long goal = done + random.nextLong(1 + Math.max(0, all(mode) - done) / (kills - i + 1));
      try (JavaProcess process = process(mode, first, workers).start()) {
        Until.holds(
            Duration.ofMinutes(2),
            "so many batches are committed",
            () -> begun(first) && batches() - before >= goal || !process.isAlive());
        if (process.isAlive() && process.kill9().exitCode() == 137) {
          struck++;
        }
      }
    }
    if (!"succeeded"
        .equals(postgres.queryValue("SELECT state FROM plumb.runs WHERE id = " + first))) {
      JavaProcess.Result end = process(mode, first, workers).run();
      assertThat(end.exitCode()).as(end.stderr()).isZero();
    }
    return struck;
  }

  /** A rollback finds the size of its batches by itself. */
  private static int all(String mode) {
    return mode.equals("transform") ? DOCUMENTS / BATCH : DOCUMENTS / 4_000;
  }

  private JavaMain process(String mode, String run, int workers) {
    return JavaMain.of(ColumnMain.class)
        .jvm("-Xmx128m")
        .arguments(
            postgres.url(),
            mode,
            begun(run) ? run : "new",
            String.valueOf(BATCH),
            String.valueOf(workers));
  }

  private boolean begun(String run) {
    return journal() && count(postgres, "plumb.runs WHERE id = " + run) == 1;
  }

  private long batches() {
    return journal() ? count(postgres, "plumb.batches") : 0;
  }

  private boolean journal() {
    return "t".equals(postgres.queryValue("SELECT to_regclass('plumb.documents') IS NOT NULL"));
  }

  @Test
  void a_killed_transform_resumes_on_sqlite() {
    try (TestDatabase sqlite = TestDatabase.sqlite()) {
      sqlite.execute(
          "CREATE TABLE docs (id INTEGER PRIMARY KEY, doc TEXT)",
          """
          INSERT INTO docs (id, doc)
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
          SELECT i, json_object('n', i) FROM n""",
          "CREATE TABLE original AS SELECT * FROM docs",
          "CREATE TABLE changed (id INTEGER)",
          """
          CREATE TRIGGER log AFTER UPDATE ON docs
          BEGIN INSERT INTO changed VALUES (NEW.id); END""");
      killOnSqlite(sqlite, "transform", "1");
      assertThat(
              count(
                  sqlite,
                  """
                  docs JOIN original USING (id)
                  WHERE docs.doc = json_object('v', 2, 'was', json(original.doc))"""))
          .isEqualTo(20_000);
      killOnSqlite(sqlite, "rollback", "2");
      assertThat(count(sqlite, "docs JOIN original USING (id) WHERE docs.doc = original.doc"))
          .isEqualTo(20_000);
      assertThat(count(sqlite, "changed")).isEqualTo(40_000);
    }
  }

  private static void killOnSqlite(TestDatabase sqlite, String mode, String run) {
    JavaMain first = JavaMain.of(ColumnMain.class).arguments(sqlite.url(), mode, "new", "200", "1");
    try (JavaProcess process = first.start()) {
      Until.holds(
          "some batches are committed",
          () -> batches(sqlite, run) >= (run.equals("1") ? 20 : 2) || !process.isAlive());
      assertThat(process.isAlive()).isTrue();
      process.kill9();
    }
    JavaProcess.Result end =
        JavaMain.of(ColumnMain.class).arguments(sqlite.url(), mode, run, "200", "1").run();
    assertThat(end.exitCode()).as(end.stderr()).isZero();
  }

  private static long batches(TestDatabase sqlite, String run) {
    return count(sqlite, "sqlite_schema WHERE name = 'plumb_documents'") == 0
        ? 0
        : count(sqlite, "plumb_batches WHERE run = " + run);
  }
}
