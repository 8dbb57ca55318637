package dev.plumbline.repair;

import static dev.plumbline.repair.Repairs.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.Until;
import java.util.Random;

/** A large repair that is killed over and over, and what must be true of it in the end. */
enum Killing {
  /** Every row of a table is wrong: repaired in ranges of its key. */
  SCAN(
      """
      says: The double is twice the number.
      table: numbers
      derive: {doubled: id * 2}
      """),
  /** A table lacks every row: repaired from a list of keys. */
  WORKLIST(
      """
      says: Each number is listed.
      every: SELECT id, doubled FROM numbers
      has: listed
      match: [id]
      insert: {doubled: {sql: doubled}}
      """);

  static final int ROWS = 200_000;
  static final int BATCH = 2_000;

  private final String yaml;

  Killing(String yaml) {
    this.yaml = yaml;
  }

  /** The table that is repaired. */
  String table() {
    return this == SCAN ? "numbers" : "listed";
  }

  /** Loads the tables, and has a trigger write down each row that is changed. */
  void load(TestDatabase database) {
    database.execute(
        "CREATE TABLE numbers (id integer PRIMARY KEY, doubled integer, note text)",
        "INSERT INTO numbers SELECT i, i % 7, 'number ' || i FROM generate_series(1, "
            + ROWS
            + ") AS i",
        "CREATE TABLE original AS SELECT * FROM numbers",
        "CREATE TABLE listed (id integer PRIMARY KEY, doubled integer)",
        "VACUUM ANALYZE numbers");
  }

  void logChanges(TestDatabase database) {
    database.execute(
        "CREATE TABLE changed (id integer)",
        """
        CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN INSERT INTO changed VALUES (NEW.id); RETURN NULL; END'\
        """,
        "CREATE TRIGGER log AFTER INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION log()"
            .formatted(table()));
  }

  /** What the table must look like in the end, found out by a run that nobody disturbs. */
  String undisturbed() {
    try (TestDatabase database = TestDatabase.postgres()) {
      load(database);
      JavaProcess.Result end = process(database, "new", 10 * BATCH, 1).run();
      assertThat(end.exitCode()).as(end.stderr()).isZero();
      return database.fingerprint(table(), "id");
    }
  }

  JavaMain process(TestDatabase database, String run, int batch, int workers) {
    return JavaMain.of(RepairMain.class)
        .jvm("-Xmx128m")
        .arguments(database.url(), run, String.valueOf(batch), String.valueOf(workers))
        .input(yaml);
  }

  /** Starts the repair, or goes on with it. */
  JavaProcess start(TestDatabase database, int workers) {
    return process(database, run(database), BATCH, workers).start();
  }

  /**
   * Starts the repair, kills it at so many random moments, and lets it end.
   *
   * @return how often it was truly killed in the middle
   */
  int killed(TestDatabase database, int kills, int workers, Random random) {
    int struck = 0;
    for (int i = 0; i < kills; i++) {
      long goal = goal(batches(database), ROWS / BATCH, kills - i, random);
      try (JavaProcess process = start(database, workers)) {
        Until.holds(
            "so many batches are committed", () -> batches(database) >= goal || !process.isAlive());
        if (process.isAlive() && process.kill9().exitCode() == 137) {
          struck++;
        }
      }
    }
    if (!String.valueOf(state(database)).equals("succeeded")) {
      JavaProcess.Result end = process(database, run(database), BATCH, workers).run();
      assertThat(end.exitCode()).as(end.stderr()).isZero();
    }
    return struck;
  }

  /**
   * Takes the repair back, killing that at so many random moments, and lets it end.
   *
   * @return how often it was truly killed in the middle
   */
  int rolledBack(TestDatabase database, int kills, Random random) {
    int struck = 0;
    for (int i = 0; i < kills; i++) {
      long goal = goal(batches(database), 2 * ROWS / BATCH, kills - i, random);
      try (JavaProcess process = rollback(database).start()) {
        Until.holds(
            "so many batches are taken back",
            () -> batches(database) >= goal || !process.isAlive());
        if (process.isAlive() && process.kill9().exitCode() == 137) {
          struck++;
        }
      }
    }
    JavaProcess.Result end = rollback(database).run();
    assertThat(end.exitCode()).as(end.stderr()).isZero();
    return struck;
  }

  private static JavaMain rollback(TestDatabase database) {
    String last = String.valueOf(database.queryValue("SELECT max(id) FROM plumb.runs"));
    return JavaMain.of(RollbackMain.class)
        .jvm("-Xmx128m")
        .arguments(database.url(), last.equals("1") ? "new" : "resume", last);
  }

  /** As if there had been neither: the original, and each row taken back once. */
  void checkOriginal(TestDatabase database) {
    assertThat(state(database)).isEqualTo("succeeded");
    assertThat(count(database, "plumb.runs")).isEqualTo(2);
    assertThat(database.queryValue("SELECT changed FROM plumb.runs WHERE id = 2"))
        .isEqualTo(String.valueOf(ROWS));
    assertThat(count(database, "plumb.image_2_1")).isEqualTo(ROWS);
    switch (this) {
      case SCAN ->
          assertThat(database.fingerprint("numbers", "id"))
              .isEqualTo(database.fingerprint("original", "id"));
      case WORKLIST -> assertThat(count(database, "listed")).isZero();
    }
  }

  /** At how many batches to strike next, so that enough are left for the strikes after it. */
  private static long goal(long done, long all, int strikes, Random random) {
    return done + random.nextLong(1 + (all - done) / (strikes + 1));
  }

  /** The run to resume, or a new one where the first was killed before it was entered. */
  private static String run(TestDatabase database) {
    String run =
        journal(database)
            ? database.queryValue("SELECT coalesce(CAST(max(id) AS text), 'new') FROM plumb.runs")
            : "new";
    return String.valueOf(run);
  }

  static String state(TestDatabase database) {
    return String.valueOf(
        database.queryValue("SELECT state FROM plumb.runs ORDER BY id DESC LIMIT 1"));
  }

  static long batches(TestDatabase database) {
    return journal(database) ? count(database, "plumb.batches") : 0;
  }

  private static boolean journal(TestDatabase database) {
    return "t".equals(database.queryValue("SELECT to_regclass('plumb.images') IS NOT NULL"));
  }

  /** As if nothing had happened: the same rows, each changed once, each before-image there. */
  void checkEnd(TestDatabase database, String undisturbed, boolean logged) {
    assertThat(state(database)).isEqualTo("succeeded");
    assertThat(count(database, "plumb.runs")).isEqualTo(1);
    assertThat(database.fingerprint(table(), "id")).isEqualTo(undisturbed);
    assertThat(database.queryValue("SELECT changed FROM plumb.runs"))
        .isEqualTo(String.valueOf(ROWS));
    assertThat(database.queryValue("SELECT sum(rows) FROM plumb.batches"))
        .isEqualTo(String.valueOf(ROWS));
    assertThat(count(database, "plumb.set_aside")).isZero();
    String images = "plumb.image_1_1";
    assertThat(count(database, images)).isEqualTo(ROWS);
    assertThat(count(database, "(SELECT DISTINCT k1 FROM " + images + ") AS d")).isEqualTo(ROWS);
    assertThat(
            count(
                database, images + " AS i JOIN original AS o ON o.id = i.k1 WHERE " + kept(logged)))
        .as("images that hold what was there before")
        .isEqualTo(ROWS);
    if (logged) {
      assertThat(count(database, "changed")).isEqualTo(ROWS);
      assertThat(count(database, "(SELECT DISTINCT id FROM changed) AS d")).isEqualTo(ROWS);
    }
  }

  private String kept(boolean wholeRow) {
    return switch (this) {
      case SCAN ->
          wholeRow
              ? "(i.b1, i.b2, i.b3) = (o.id, o.doubled, o.note) AND (i.a1, i.a3) = (o.id, o.note)"
                  + " AND i.a2 = 2 * o.id"
              : "i.b1 = o.doubled AND i.a1 = 2 * o.id";
      case WORKLIST -> "(i.a1, i.a2) = (o.id, o.doubled)";
    };
  }
}
