package dev.plumbline.repair;

import static dev.plumbline.repair.Repairs.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Settings;
import dev.plumbline.rollback.Rollback;
import dev.plumbline.rollback.RollbackOptions;
import dev.plumbline.rollback.RollbackPlan;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.Writers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Eight writers change the same rows, and the rows that these are derived from, while repairs run
 * and are taken back.
 *
 * <p>The books are kept by double entry. For each row, every value that anybody wrote into the
 * derived column (the load, a writer, a run by its before-images) must later have been overwritten
 * by somebody who saw it, or still be there. A write that was lost, or a value that nobody wrote,
 * leaves the books unbalanced.
 */
class WritersTest {
  private static final int ROWS = 4_000;
  private static final int COURSES = 200;
  private static final String TOTALS =
      """
      says: Every enrollment carries the number of lessons in its course.
      table: enrollments
      derive: {total: count(*)}
      from: lessons
      by: {course: course}
      """;

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  /** Row and value, to the number of times it was written less those it was overwritten. */
  private final Map<String, Integer> books = new ConcurrentHashMap<>();

  private final Map<Integer, Integer> increments = new ConcurrentHashMap<>();
  private long takenBack;
  private final AtomicInteger tokens = new AtomicInteger(-1_000_000);

  @BeforeEach
  void enrollments() {
    database.execute(
        "CREATE TABLE lessons (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, course integer)",
        "INSERT INTO lessons (course) SELECT i % 200 FROM generate_series(1, 2000) AS i",
        "CREATE INDEX ON lessons (course)",
        "CREATE TABLE enrollments (id integer PRIMARY KEY, course integer, total integer,"
            + " visits integer NOT NULL DEFAULT 0)",
        "INSERT INTO enrollments SELECT i, i % 200, -i FROM generate_series(1, " + ROWS + ") AS i");
    for (int id = 1; id <= ROWS; id++) {
      written(id, -id);
    }
  }

  private void written(int id, int value) {
    books.merge(id + " = " + value, 1, Integer::sum);
  }

  private void overwritten(int id, int value) {
    books.merge(id + " = " + value, -1, Integer::sum);
  }

  @Test
  void no_write_is_lost_and_nothing_appears_that_nobody_wrote() {
    repairAmongWriters(2_000);
  }

  @Tag("torture")
  @Test
  void a_hundred_thousand_rounds() {
    repairAmongWriters(100_000);
  }

  private void repairAmongWriters(long rounds) {
    int runs = 0;
    try (Connections connections = new Connections(database, 8);
        Writers writers =
            Writers.start(8, (writer, round) -> write(connections.of(writer), round))) {
      writers.awaitRounds(100);
      while (writers.rounds() < rounds || runs < 3) {
        RunReport report = Repairs.run(database, TOTALS, Repairs.batches(200, 1 + runs % 2));
        assertThat(report.run().state()).isIn(RunState.SUCCEEDED, RunState.FAILED);
        assertThat(report.quarantined()).isZero();
        runs++;
        runs += runs % 3 == 0 ? takeBack(report) : 0;
      }
      assertThat(writers.stop()).as("errors of the writers: the repair gives way").isEmpty();
    }
    assertThat(takenBack).as("rows taken back among writers").isPositive();
    RunReport last = Repairs.run(database, TOTALS);
    assertThat(last.exitCode()).isEqualTo(ExitCode.OK);
    balance(runs + 1);
  }

  /**
   * Takes a repair back; what others have changed since it keeps. Returns how many runs that is.
   */
  private int takeBack(RunReport repair) {
    Rollback rollback = new Rollback(Cases.database(database), Settings.standard());
    RollbackPlan plan = rollback.plan(repair.run().id(), RollbackOptions.whole());
    if (plan.nothingToDo()) {
      return 0;
    }
    RunReport report = rollback.run(plan, new Listener() {});
    assertThat(report.run().state()).isEqualTo(RunState.SUCCEEDED);
    takenBack += report.run().changed();
    return 1;
  }

  /** One round: by turns a visit, a wrong total, two rows at once against the order, a lesson. */
  private void write(Session session, long round) throws SQLException {
    int id = 1 + session.random.nextInt(ROWS);
    switch ((int) (round % 5)) {
      case 0, 1 -> {
        session.execute("UPDATE enrollments SET visits = visits + 1 WHERE id = " + id);
        increments.merge(id, 1, Integer::sum);
      }
      case 2 -> overwrite(session, id);
      case 3 -> {
        int other = 1 + session.random.nextInt(ROWS);
        session.execute("BEGIN");
        overwrite(session, Math.max(id, other));
        if (id != other) {
          overwrite(session, Math.min(id, other));
        }
        session.execute("COMMIT");
      }
      default -> {
        int course = session.random.nextInt(COURSES);
        session.execute(
            session.random.nextBoolean()
                ? "INSERT INTO lessons (course) VALUES (" + course + ")"
                : "DELETE FROM lessons WHERE id = (SELECT min(id) FROM lessons WHERE course = "
                    + course
                    + ")");
      }
    }
  }

  private void overwrite(Session session, int id) throws SQLException {
    int token = tokens.decrementAndGet();
    int old =
        session.value(
            "UPDATE enrollments SET total = "
                + token
                + " WHERE id = "
                + id
                + " RETURNING old.total");
    overwritten(id, old);
    written(id, token);
  }

  private void balance(int runs) {
    for (int run = 1; run <= runs; run++) {
      for (List<@Nullable String> image :
          database.query("SELECT k1, b1, a1 FROM plumb.image_" + run + "_1")) {
        int id = number(image.get(0));
        overwritten(id, number(image.get(1)));
        written(id, number(image.get(2)));
      }
    }
    for (List<@Nullable String> row : database.query("SELECT id, total FROM enrollments")) {
      overwritten(number(row.get(0)), number(row.get(1)));
    }
    books.values().removeIf(times -> times == 0);
    assertThat(books).as("written more often, or less, than overwritten").isEmpty();
    for (List<@Nullable String> row : database.query("SELECT id, visits FROM enrollments")) {
      assertThat(number(row.get(1)))
          .as("visits of " + row.get(0))
          .isEqualTo(increments.getOrDefault(number(row.get(0)), 0));
    }
    assertThat(count(database, "plumb.runs")).isEqualTo(runs);
  }

  private static int number(@Nullable String text) {
    return Integer.parseInt(String.valueOf(text));
  }

  /** A connection for each writer, with a random sequence of its own. */
  private static final class Connections implements AutoCloseable {
    private final List<Session> sessions;

    Connections(TestDatabase database, int number) {
      sessions =
          IntStream.range(0, number)
              .mapToObj(i -> new Session(database.connect(), new Random(i)))
              .toList();
    }

    Session of(int writer) {
      return sessions.get(writer);
    }

    @Override
    public void close() {
      sessions.forEach(Session::close);
    }
  }

  private record Session(Connection connection, Random random) {
    void execute(String sql) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.execute();
      }
    }

    int value(String sql) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql);
          ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }

    void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
