package dev.plumbline.bench;

import dev.plumbline.database.Database;
import dev.plumbline.execution.Settings;
import dev.plumbline.guard.Guards;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.project.InvariantReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a guard adds to each write, against the bare write: with and without it in turn, on one
 * table, and a Markdown table of the medians.
 */
final class GuardCost {
  private static final int ROUNDS = 5;
  private static final int WRITES = 1_000;
  private static final int LOADED = 100_000;

  private static final String INVARIANT =
      """
      says: Every enrolment carries the number of lessons in its course.
      table: enrolments
      derive: {total_lessons: count(*)}
      from: lessons
      by: course_id
      """;

  /** A write, given the number of the round's repetition. */
  private interface Write {
    String sql(int n);
  }

  private final Database database;
  private final Connection connection;

  private GuardCost(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  static void run(Database database, Connection connection) throws SQLException {
    new GuardCost(database, connection).run();
  }

  private void run() throws SQLException {
    execute(
        "CREATE TABLE enrolments (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
            + " course_id bigint NOT NULL, total_lessons integer NOT NULL DEFAULT 0, progress int)");
    execute(
        "CREATE TABLE lessons (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
            + " course_id bigint NOT NULL)");
    execute("CREATE INDEX ON enrolments (course_id)");
    execute("CREATE INDEX ON lessons (course_id)");
    System.out.printf(
        "%n| one statement, one transaction | bare | with the guard | ratio |%n| --- | --- | --- | --- |%n");
    measure("a lesson into a course without enrolments", n -> lesson(2_000 + n % 500), WRITES);
    measure("a lesson into a course with 20 enrolments", n -> lesson(1 + n % 1_000), WRITES);
    measure(
        "the same, and the 20 enrolments updated by hand",
        n -> lesson(1 + n % 1_000),
        n -> lesson(1 + n % 1_000) + "; " + byHand(1 + n % 1_000),
        WRITES);
    measure("an enrolment", n -> enrolment(1 + n % 1_000), WRITES);
    measure(
        "a column of an enrolment that does not matter",
        n -> "UPDATE enrolments SET progress = " + n + " WHERE id = " + (1 + n),
        WRITES);
    measure(
        "100,000 lessons over 1,000 courses",
        n ->
            "INSERT INTO lessons (course_id) SELECT 1 + i % 1000 FROM generate_series(1, "
                + LOADED
                + ") i",
        1);
    measure(
        "100,000 enrolments over 1,000 courses",
        n ->
            "INSERT INTO enrolments (course_id) SELECT 1 + i % 1000 FROM generate_series(1, "
                + LOADED
                + ") i",
        1);
  }

  private static String lesson(int course) {
    return "INSERT INTO lessons (course_id) VALUES (" + course + ")";
  }

  private static String enrolment(int course) {
    return "INSERT INTO enrolments (course_id) VALUES (" + course + ")";
  }

  private static String byHand(int course) {
    return "UPDATE enrolments SET total_lessons = (SELECT count(*) FROM lessons WHERE course_id = "
        + course
        + ") WHERE course_id = "
        + course;
  }

  private void measure(String what, Write write, int times) throws SQLException {
    measure(what, write, write, times);
  }

  private void measure(String what, Write guarded, Write bare, int times) throws SQLException {
    List<Double> alone = new ArrayList<>();
    List<Double> kept = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      fresh(false);
      alone.add(milliseconds(bare, times));
      fresh(true);
      kept.add(milliseconds(guarded, times));
    }
    double without = Bench.median(alone);
    double with = Bench.median(kept);
    System.out.printf(
        Locale.ROOT, "| %s | %.2f ms | %.2f ms | %.1f |%n", what, without, with, with / without);
  }

  /** 1,000 courses with 20 enrolments and 10 lessons each, always right. */
  private void fresh(boolean guard) throws SQLException {
    Guards guards = new Guards(database, Settings.standard());
    Invariant invariant = InvariantReader.read(Path.of("bench-guard.yaml"), INVARIANT);
    guards.drop(guards.planDrop(invariant.name()));
    execute("TRUNCATE lessons, enrolments RESTART IDENTITY");
    execute("INSERT INTO lessons (course_id) SELECT 1 + i % 1000 FROM generate_series(1, 10000) i");
    execute(
        "INSERT INTO enrolments (course_id, total_lessons)"
            + " SELECT 1 + i % 1000, 10 FROM generate_series(1, 20000) i");
    execute("VACUUM ANALYZE lessons, enrolments");
    execute("CHECKPOINT");
    if (guard) {
      guards.install(guards.plan(invariant));
    }
  }

  private double milliseconds(Write write, int times) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long start = System.nanoTime();
      for (int n = 0; n < times; n++) {
        statement.execute(write.sql(n));
      }
      return (System.nanoTime() - start) / 1e6 / times;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
