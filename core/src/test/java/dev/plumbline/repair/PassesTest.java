package dev.plumbline.repair;

import static dev.plumbline.repair.Repairs.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.TestDatabase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Done means verified: what appears while a run is at work is repaired in further passes. */
class PassesTest {
  private static final String DOUBLED =
      """
      says: The double is twice the number.
      table: numbers
      derive: {doubled: id * 2}
      """;

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void numbers() {
    database.execute(
        "CREATE TABLE numbers (id integer PRIMARY KEY, doubled integer)",
        "INSERT INTO numbers SELECT i, 0 FROM generate_series(1001, 2000) AS i");
  }

  private RunReport run(Listener listener) {
    Repair repair = Repairs.of(database);
    return repair.run(repair.plan(Cases.invariant(DOUBLED), Repairs.batches(100, 1)), listener);
  }

  @Test
  void rows_inserted_behind_the_cursor_are_repaired_in_a_further_pass() {
    AtomicInteger batches = new AtomicInteger();
    RunReport report =
        run(
            new Listener() {
              @Override
              public void committed(long rows, Duration took) {
                if (batches.incrementAndGet() == 5) {
                  database.execute(
                      "INSERT INTO numbers SELECT i, 0 FROM generate_series(1, 30) AS i",
                      "UPDATE numbers SET doubled = 1 WHERE id = 1001");
                }
              }
            });
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().pass()).isEqualTo(1);
    assertThat(report.run().changed()).isEqualTo(1_031);
    assertThat(count(database, "numbers WHERE doubled = id * 2")).isEqualTo(1_030);
    assertThat(count(database, "plumb.image_1_1 WHERE k1 = 1001"))
        .as("changed twice, each time with its image")
        .isEqualTo(2);
  }

  @Test
  void rows_that_appear_in_every_pass_end_the_run_as_failed() {
    AtomicInteger next = new AtomicInteger();
    RunReport report =
        run(
            new Listener() {
              @Override
              public void state(RunState state) {
                if (state == RunState.VERIFYING) {
                  database.execute(
                      "INSERT INTO numbers VALUES (" + next.incrementAndGet() + ", 0)");
                }
              }
            });
    assertThat(report.run().state()).isEqualTo(RunState.FAILED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().pass()).isEqualTo(3);
    assertThat(report.run().changed()).isEqualTo(1_003);
    assertThat(report.run().remaining()).hasValue(1);
    assertThat(report.unrepairable()).isZero();
    assertThat(Repairs.resume(database, 1, Cases.invariant(DOUBLED)).exitCode())
        .isEqualTo(ExitCode.OK);
    assertThat(count(database, "numbers WHERE doubled = id * 2")).isEqualTo(1_004);
  }

  @Test
  void rows_that_are_right_again_or_gone_when_their_batch_comes_are_left_alone() {
    database.execute("INSERT INTO numbers SELECT i, i * 2 FROM generate_series(3001, 9000) AS i");
    AtomicInteger batches = new AtomicInteger();
    RunReport report =
        run(
            new Listener() {
              @Override
              public void committed(long rows, Duration took) {
                if (batches.incrementAndGet() == 1) {
                  database.execute(
                      "UPDATE numbers SET doubled = id * 2 WHERE id BETWEEN 1500 AND 1599",
                      "DELETE FROM numbers WHERE id BETWEEN 1900 AND 1909");
                }
              }
            });
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(1_000 - 100 - 10);
    assertThat(count(database, "plumb.image_1_1 WHERE k1 BETWEEN 1500 AND 1599")).isZero();
  }
}
