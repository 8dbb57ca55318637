package dev.plumbline.repair;

import static dev.plumbline.repair.Repairs.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Settings;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.Faults;
import dev.plumbline.testkit.FaultyLink;
import dev.plumbline.testkit.TestDatabase;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network fails in the middle of a run, which goes on by itself and does no row twice. */
class OutageTest {
  private static final int ROWS = 20_000;
  private static final Invariant DOUBLED =
      Cases.invariant(
          """
          says: The double is twice the number.
          table: numbers
          derive: {doubled: id * 2}
          """);

  @AutoClose private final TestDatabase database = TestDatabase.postgres();
  @AutoClose private final FaultyLink link = FaultyLink.to(database);
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger retries = new AtomicInteger();

  /** A trigger writes down each change: a row that is done twice shows. */
  @BeforeEach
  void numbers() {
    database.execute(
        "CREATE TABLE numbers (id integer PRIMARY KEY, doubled integer)",
        "INSERT INTO numbers SELECT i, 0 FROM generate_series(1, " + ROWS + ") AS i",
        "CREATE TABLE changed (id integer)",
        """
        CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN INSERT INTO changed VALUES (NEW.id); RETURN NULL; END'""",
        "CREATE TRIGGER log AFTER UPDATE ON numbers FOR EACH ROW EXECUTE FUNCTION log()");
  }

  /** Repairs through the link; the fault is given the number of each commit and of each retry. */
  private RunReport repair(int workers, IntConsumer afterCommit, IntConsumer onRetry) {
    Repair repair = new Repair(Database.of(JdbcUrl.parse(link.url())), Settings.standard());
    return repair.run(
        repair.plan(DOUBLED, Repairs.batches(500, workers)),
        new Listener() {
          @Override
          public void committed(long rows, Duration took) {
            afterCommit.accept(commits.incrementAndGet());
          }

          @Override
          public void retrying(String why, Duration pause) {
            onRetry.accept(retries.incrementAndGet());
          }
        });
  }

  private void eachRowChangedOnce(RunReport report) {
    assertThat(report.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.run().changed()).isEqualTo(ROWS);
    assertThat(count(database, "changed")).isEqualTo(ROWS);
    assertThat(count(database, "(SELECT DISTINCT id FROM changed) AS d")).isEqualTo(ROWS);
    assertThat(count(database, "numbers WHERE doubled <> id * 2")).isZero();
    Repairs.imagesAreComplete(database, report, 1, ROWS);
  }

  private static void nothing(int number) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void connections_cut_in_the_middle_of_batches(int workers) {
    Random random = new Random(workers);
    RunReport report =
        repair(
            workers,
            commit -> {
              if (commit % 5 == 0) {
                link.cutAfter(random.nextInt(6_000));
              }
            },
            OutageTest::nothing);
    link.heal();
    eachRowChangedOnce(report);
    assertThat(link.struck()).isGreaterThan(3);
  }

  @Tag("torture")
  @Test
  void connections_cut_everywhere() {
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      int workers = 1 + round % 3;
      database.execute(
          "DROP SCHEMA IF EXISTS plumb CASCADE",
          "UPDATE numbers SET doubled = 0",
          "TRUNCATE changed");
      RunReport report =
          repair(workers, commit -> link.cutAfter(random.nextInt(20_000)), OutageTest::nothing);
      link.heal();
      eachRowChangedOnce(report);
    }
    assertThat(link.struck()).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void commits_whose_reply_is_lost(int workers) {
    RunReport report =
        repair(
            workers,
            commit -> {
              if (commit % 5 == 0) {
                link.loseReply("COMMIT");
              }
            },
            OutageTest::nothing);
    link.heal();
    eachRowChangedOnce(report);
    assertThat(link.struck()).isGreaterThan(3);
  }

  @Test
  void a_network_that_is_away_for_a_while() {
    RunReport report =
        repair(
            2,
            commit -> {
              if (commit == 7) {
                link.refuse();
                link.cut();
              }
            },
            retry -> {
              if (retry == 4) {
                link.heal();
              }
            });
    eachRowChangedOnce(report);
    assertThat(retries.get()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void backends_that_an_administrator_terminates() {
    RunReport report =
        repair(
            2,
            commit -> {
              if (commit == 7 || commit == 20) {
                Faults.killBackends(database);
              }
            },
            OutageTest::nothing);
    eachRowChangedOnce(report);
  }

  @Test
  void a_connection_lost_during_the_verification() {
    RunReport report =
        repair(
            1,
            commit -> {
              if (commit == ROWS / 500) {
                link.loseReply("count"); // what the audit asks first
                link.cutAfter(400);
              }
            },
            OutageTest::nothing);
    link.heal();
    eachRowChangedOnce(report);
    assertThat(link.struck()).isPositive();
  }
}
