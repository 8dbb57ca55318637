package dev.plumbline.rollback;

import static dev.plumbline.rollback.Repaired.SILENT;
import static dev.plumbline.rollback.Repaired.rollback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Requests;
import dev.plumbline.journal.Run;
import dev.plumbline.repair.Cases;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.Writers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A rollback among kills, pauses and other writers. */
class RollbackFaultsTest {
  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  private static final Invariant INVARIANT = Cases.invariant("{table: t, derive: {a: 5}}");

  /** A table of so many rows, repaired in batches of 20. */
  private long repaired(int rows) {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, a int, b int DEFAULT 0)",
        "INSERT INTO t SELECT i, CASE WHEN i % 3 = 0 THEN NULL ELSE -i END"
            + " FROM generate_series(1, "
            + rows
            + ") i");
    return Repaired.run(database, INVARIANT, 20);
  }

  private Run find(long run) {
    try (Session session = Repaired.database(database).openForReading(Timeouts.READING)) {
      return new Journal(session).find(run);
    }
  }

  private long lastRun() {
    return Long.parseLong(String.valueOf(database.queryValue("SELECT max(id) FROM plumb.runs")));
  }

  @Test
  void a_killed_rollback_is_resumed_without_doing_a_row_twice() {
    long run = repaired(400);
    try (JavaProcess process =
        JavaMain.of(RollbackProcess.class)
            .arguments(database.url(), String.valueOf(run), "7")
            .start()) {
      process.waitForOutput(text -> text.contains("stopped"));
      process.kill9();
    }
    long back = lastRun();
    assertThat(find(back).interrupted()).isTrue();
    assertThat(database.queryValue("SELECT count(*) FROM t WHERE a IS DISTINCT FROM 5"))
        .isEqualTo("140");
    assertThatThrownBy(() -> rollback(database).plan(back, RollbackOptions.whole()))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.what()).contains("is interrupted");
              assertThat(e.next()).contains("plumb resume " + back);
            });

    RunReport report = rollback(database).resume(back, SILENT);

    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(400);
    assertThat(database.queryValue("SELECT count(*) FROM plumb.image_" + back + "_1"))
        .isEqualTo("400");
    assertThat(
            database.queryValue(
                "SELECT count(*) FROM t WHERE a IS DISTINCT FROM CASE WHEN id % 3 <> 0 THEN -id END"))
        .isEqualTo("0");
  }

  @Test
  void a_rollback_pauses_at_a_batchs_end_and_goes_on() {
    long run = repaired(200);
    Rollback rollback = rollback(database);
    Listener stopping =
        new Listener() {
          @Override
          public void committed(long rows, Duration took) {
            rollback.stop();
          }
        };

    RunReport paused = rollback.run(rollback.plan(run, RollbackOptions.whole()), stopping);

    assertThat(paused.run().state()).isEqualTo(RunState.PAUSED);
    assertThat(paused.exitCode()).isEqualTo(ExitCode.BUSY);
    assertThat(paused.run().changed()).isEqualTo(20);
    // The last batch went back first.
    assertThat(database.query("SELECT min(id) FROM t WHERE a IS DISTINCT FROM 5"))
        .containsExactly(List.of("181"));
    RunReport resumed = rollback.resume(paused.run().id(), SILENT);
    assertThat(resumed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(resumed.run().changed()).isEqualTo(200);
  }

  @Test
  void a_run_that_has_not_ended_is_not_rolled_back() {
    long run = repaired(60);
    Rollback rollback = rollback(database);
    Listener stopping =
        new Listener() {
          @Override
          public void committed(long rows, Duration took) {
            // While this rollback runs, it cannot be taken back, nor can another one begin.
            assertThatThrownBy(() -> rollback(database).plan(lastRun(), RollbackOptions.whole()))
                .isInstanceOfSatisfying(
                    PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY));
            RollbackPlan other = rollback(database).plan(run, RollbackOptions.whole());
            assertThatThrownBy(() -> rollback(database).run(other, SILENT))
                .isInstanceOfSatisfying(
                    PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY));
            rollback.stop();
          }
        };
    long back = rollback.run(rollback.plan(run, RollbackOptions.whole()), stopping).run().id();

    assertThatThrownBy(() -> rollback.plan(back, RollbackOptions.whole()))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.what()).contains("is paused");
              assertThat(e.next()).contains("plumb cancel " + back);
            });
    assertThatThrownBy(() -> rollback.plan(4711, RollbackOptions.whole()))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));

    try (Session session = Repaired.database(database).openForWriting(Timeouts.WRITING)) {
      assertThat(new Requests(session).ask(back, RunState.CANCELLING))
          .isEqualTo(RunState.CANCELLED);
    }
    // What the cancelled rollback did can be taken back, and the rest of the run as well.
    assertThat(rollback.plan(back, RollbackOptions.whole()).restored()).isEqualTo(20);
    RollbackPlan rest = rollback.plan(run, RollbackOptions.whole());
    assertThat(rest.restored()).isEqualTo(40);
    assertThat(rest.already()).isEqualTo(20);
  }

  @Test
  void nobodys_write_is_lost_while_it_runs() throws Exception {
    long run = repaired(600);
    Map<Integer, Long> written = new ConcurrentHashMap<>();
    RunReport report;
    try (Writers writers = Writers.start(4, (writer, round) -> write(writer, round, written))) {
      writers.awaitRounds(20);
      Rollback rollback = rollback(database);
      report = rollback.run(rollback.plan(run, RollbackOptions.whole()), SILENT);
      writers.awaitRounds(4);
    }

    assertThat(report.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(written).isNotEmpty();
    for (List<String> row : database.query("SELECT id, a FROM t")) {
      int id = Integer.parseInt(row.get(0));
      Long mine = written.get(id);
      String expected =
          mine != null ? String.valueOf(mine) : id % 3 == 0 ? null : String.valueOf(-id);
      assertThat(row.get(1)).as("row %s", id).isEqualTo(expected);
    }
  }

  /** Each writer has rows of its own, and writes a number there that nobody else writes. */
  private void write(int writer, long round, Map<Integer, Long> written) throws Exception {
    int id = (int) ((round * 4 * 7) % 600) / 4 * 4 + writer + 1;
    long value = 1_000_000L * (writer + 1) + round;
    try (Connection connection = database.connect();
        PreparedStatement update = connection.prepareStatement("UPDATE t SET a = ? WHERE id = ?")) {
      update.setLong(1, value);
      update.setInt(2, id);
      assertThat(update.executeUpdate()).isEqualTo(1);
      written.put(id, value);
    }
  }
}
