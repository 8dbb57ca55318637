package dev.plumbline.repair;

import static dev.plumbline.repair.Repairs.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.Until;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code kill -9} in the middle of a repair and of its rollback, on SQLite. */
class SqliteKillTest {
  private static final int ROWS = 50_000;
  private static final int BATCH = 500;
  private static final String DOUBLED =
      """
      says: The double is twice the number.
      table: numbers
      derive: {doubled: id * 2}
      """;

  @AutoClose private final TestDatabase database = TestDatabase.sqlite();

  @BeforeEach
  void load() {
    database.execute(
        "CREATE TABLE numbers (id INTEGER PRIMARY KEY, doubled INTEGER, note TEXT)",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + ROWS
            + ") INSERT INTO numbers SELECT i, i % 7, 'number ' || i FROM n",
        "CREATE TABLE original AS SELECT * FROM numbers");
  }

  @Test
  void it_resumes_as_if_nothing_had_happened() {
    killed(1, 1, 41);
  }

  @Tag("torture")
  @Test
  void ten_kills() {
    killed(6, 4, 42);
  }

  private void killed(int kills, int killsBack, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < kills; i++) {
      kill(repair(), 1 + random.nextInt(ROWS / BATCH / (kills + 1)));
    }
    ends(repair());
    assertThat(count(database, "numbers WHERE doubled <> 2 * id OR note <> 'number ' || id"))
        .isZero();
    assertThat(count(database, "plumb_image_1_1")).isEqualTo(ROWS);
    assertThat(
            count(
                database,
                "plumb_image_1_1 AS i JOIN original AS o ON o.id = i.k1"
                    + " WHERE i.b1 = o.doubled AND i.a1 = 2 * o.id"))
        .isEqualTo(ROWS);
    for (int i = 0; i < killsBack; i++) {
      kill(rollback(), 1 + random.nextInt(ROWS / BATCH / (killsBack + 1)));
    }
    ends(rollback());
    assertThat(count(database, "(SELECT * FROM numbers EXCEPT SELECT * FROM original)")).isZero();
    assertThat(count(database, "numbers")).isEqualTo(ROWS);
    assertThat(count(database, "plumb_image_2_1")).isEqualTo(ROWS);
    assertThat(database.query("SELECT state, changed FROM plumb_runs ORDER BY id").toString())
        .isEqualTo("[[succeeded, %d], [succeeded, %d]]".formatted(ROWS, ROWS));
  }

  private void kill(JavaMain main, int more) {
    try (JavaProcess process = main.start()) {
      long goal = batches() + more;
      Until.holds("so many batches are committed", () -> batches() >= goal || !process.isAlive());
      assertThat(process.isAlive()).as(process.stderr()).isTrue();
      assertThat(process.kill9().exitCode()).isEqualTo(137);
    }
  }

  private static void ends(JavaMain main) {
    JavaProcess.Result end = main.run();
    assertThat(end.exitCode()).as(end.stderr()).isZero();
  }

  private JavaMain repair() {
    String run = journal() ? lastRun() : "new";
    return JavaMain.of(RepairMain.class)
        .jvm("-Xmx128m")
        .arguments(database.url(), run, String.valueOf(BATCH), "1")
        .input(DOUBLED);
  }

  private JavaMain rollback() {
    String last = lastRun();
    return JavaMain.of(RollbackMain.class)
        .jvm("-Xmx128m")
        .arguments(database.url(), last.equals("1") ? "new" : "resume", last);
  }

  private String lastRun() {
    return String.valueOf(
        database.queryValue("SELECT coalesce(CAST(max(id) AS text), 'new') FROM plumb_runs"));
  }

  private long batches() {
    return journal() ? count(database, "plumb_batches") : 0;
  }

  private boolean journal() {
    return count(database, "sqlite_schema WHERE name = 'plumb_batches'") == 1;
  }
}
