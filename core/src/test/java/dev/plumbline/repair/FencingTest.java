package dev.plumbline.repair;

import static dev.plumbline.repair.Repairs.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.Requests;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.Until;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes at one run: the second is refused, and the first that lost it cannot write. */
class FencingTest {
  private static final String YAML =
      """
      says: The double is twice the number.
      table: numbers
      derive: {doubled: id * 2}
      """;
  private static final Invariant DOUBLED = Cases.invariant(YAML);

  @AutoClose private final TestDatabase database = TestDatabase.postgres();
  @AutoClose private final Connection gate = database.connect();

  /** Row 1,500, in the second batch, waits in a trigger for a lock that the test holds. */
  @BeforeEach
  void numbers() throws SQLException {
    database.execute(
        "CREATE TABLE numbers (id integer PRIMARY KEY, doubled integer)",
        "INSERT INTO numbers SELECT i, 0 FROM generate_series(1, 5000) AS i",
        """
        CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql SET lock_timeout = 0 AS
        'BEGIN IF NEW.id = 1500 THEN PERFORM pg_advisory_xact_lock(1); END IF; RETURN NEW; END'""",
        "CREATE TRIGGER wait BEFORE UPDATE ON numbers FOR EACH ROW EXECUTE FUNCTION wait()");
    gate("SELECT pg_advisory_lock(1)");
  }

  private void gate(String sql) throws SQLException {
    try (Statement statement = gate.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first run, which stands in its second batch when this returns. */
  private CompletableFuture<RunReport> atTheGate() {
    CompletableFuture<RunReport> run =
        CompletableFuture.supplyAsync(() -> Repairs.run(database, YAML, Repairs.batches(1_000, 1)));
    Until.holds(
        "the second batch waits",
        () ->
            run.isDone()
                || count(database, "pg_locks WHERE locktype = 'advisory' AND NOT granted") == 1);
    assertThat(run).isNotDone();
    return run;
  }

  private JavaProcess.Result other(String run) {
    return JavaMain.of(RepairMain.class)
        .arguments(database.url(), run, "1000", "1")
        .input(YAML)
        .run();
  }

  @Test
  void a_second_process_is_told_that_it_is_busy() throws Exception {
    CompletableFuture<RunReport> first = atTheGate();
    JavaProcess.Result resumed = other("1");
    assertThat(resumed.exitCode()).isEqualTo(ExitCode.BUSY.status());
    assertThat(resumed.stderr()).contains("Run 1 is held by another process");
    JavaProcess.Result again = other("new");
    assertThat(again.exitCode()).isEqualTo(ExitCode.BUSY.status());
    assertThat(again.stderr())
        .contains("Another run of test-invariant is active: run 1 (repair) is running, held by");
    gate("SELECT pg_advisory_unlock(1)");
    assertThat(first.join().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(count(database, "plumb.runs")).isEqualTo(1);
  }

  @Test
  void one_who_lost_the_lease_in_the_middle_of_a_batch_does_not_commit_it() throws Exception {
    CompletableFuture<RunReport> first = atTheGate();
    database.execute("UPDATE plumb.runs SET lease_token = lease_token + 1"); // as a taker does
    gate("SELECT pg_advisory_unlock(1)");

    assertThatThrownBy(first::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY))
        .hasMessageContaining("Run 1 stopped: another process took its lease");
    assertThat(count(database, "numbers WHERE doubled <> 0")).isEqualTo(1_000);
    assertThat(count(database, "plumb.image_1_1")).isEqualTo(1_000);
    assertThat(Killing.state(database)).as("the taker's, untouched").isEqualTo("running");

    database.execute("UPDATE plumb.runs SET lease_until = NULL"); // the taker gives it back
    RunReport taker = Repairs.resume(database, 1, DOUBLED);
    assertThat(taker.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(taker.run().changed()).isEqualTo(5_000);
    Repairs.imagesAreComplete(database, taker, 1, 5_000);
  }

  @Test
  void a_pause_from_outside_is_granted_and_resumed() throws Exception {
    CompletableFuture<RunReport> first = atTheGate();
    assertThat(request(RunState.PAUSING)).isEqualTo(RunState.PAUSING);
    gate("SELECT pg_advisory_unlock(1)");
    RunReport paused = first.join();
    assertThat(paused.run().state()).isEqualTo(RunState.PAUSED);
    assertThat(paused.exitCode()).isEqualTo(ExitCode.BUSY);
    assertThat(count(database, "numbers WHERE doubled <> 0")).isEqualTo(2_000);
    assertThat(Repairs.resume(database, 1, DOUBLED).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(count(database, "numbers WHERE doubled = id * 2")).isEqualTo(5_000);
  }

  @Test
  void a_cancellation_from_outside_is_granted_and_final() throws Exception {
    CompletableFuture<RunReport> first = atTheGate();
    assertThat(request(RunState.CANCELLING)).isEqualTo(RunState.CANCELLING);
    gate("SELECT pg_advisory_unlock(1)");
    RunReport cancelled = first.join();
    assertThat(cancelled.run().state()).isEqualTo(RunState.CANCELLED);
    assertThat(cancelled.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(count(database, "numbers WHERE doubled <> 0")).isEqualTo(2_000);
    assertThatThrownBy(() -> Repairs.resume(database, 1, DOUBLED))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
    assertThat(Repairs.run(database, YAML).run().changed()).isEqualTo(3_000);
  }

  private RunState request(RunState wish) {
    try (Session session = Cases.database(database).openForWriting(Timeouts.WRITING)) {
      return new Requests(session).ask(1, wish);
    }
  }

  /** Somebody holds a row for longer than the run waits for a lock, and lets go. */
  @Test
  void a_row_that_is_locked_is_waited_for_and_nobody_is_made_a_victim() throws Exception {
    gate("SELECT pg_advisory_unlock(1)");
    gate("BEGIN");
    gate("UPDATE numbers SET doubled = -1 WHERE id = 1700");
    Repair repair = Repairs.of(database);
    RepairPlan plan = repair.plan(DOUBLED, Repairs.batches(1_000, 1));
    RunReport report =
        repair.run(
            plan,
            new Listener() {
              @Override
              public void retrying(String why, Duration pause) {
                try {
                  gate("COMMIT");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              }
            });
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.queryValue("SELECT b2 FROM plumb.image_1_1 WHERE k1 = 1700"))
        .as("the image holds what the other wrote")
        .isEqualTo("-1");
  }
}
