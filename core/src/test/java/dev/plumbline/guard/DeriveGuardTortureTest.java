package dev.plumbline.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.TestDatabase;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever several clients do to parents and children at once, the guard keeps the counts right.
 */
class DeriveGuardTortureTest {
  private static final int ROUNDS = 10;
  private static final Duration LONG = Duration.ofSeconds(60);

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void tables() {
    database.execute(
        "CREATE TABLE course (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code integer,"
            + " archived boolean NOT NULL DEFAULT false, title text,"
            + " lessons integer NOT NULL DEFAULT 0, longest integer)",
        "CREATE TABLE lesson (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
            + " course_code bigint, minutes integer)",
        "CREATE INDEX ON lesson (course_code)",
        "CREATE INDEX ON course (code)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"READ COMMITTED", "REPEATABLE READ"})
  void four_clients_leave_no_violation(String isolation) throws InterruptedException {
    AtomicInteger left = new AtomicInteger(ROUNDS);
    torture(isolation, 4, () -> left.getAndDecrement() <= 0);
  }

  /** Shows that the others would find a guard whose writers do not take turns. */
  @ParameterizedTest
  @ValueSource(strings = {"READ COMMITTED", "REPEATABLE READ"})
  void without_turns_they_leave_violations(String isolation) throws InterruptedException {
    Guarding guarding = installed();
    guarding.loseTurns();
    long end = System.nanoTime() + LONG.toNanos();
    AtomicLong found = new AtomicLong();
    work(
        isolation,
        4,
        () -> found.get() > 0 || System.nanoTime() > end,
        () -> found.set(guarding.audit().violations()));
    assertThat(found).hasPositiveValue();
  }

  @Tag("torture")
  @ParameterizedTest
  @ValueSource(strings = {"READ COMMITTED", "REPEATABLE READ"})
  void eight_clients_for_a_minute_leave_no_violation(String isolation) throws InterruptedException {
    long end = System.nanoTime() + LONG.toNanos();
    torture(isolation, 8, () -> System.nanoTime() > end);
  }

  private Guarding installed() {
    return Guarding.installed(
        database,
        """
            table: course
            derive: {lessons: count(*), longest: max(minutes)}
            from: lesson
            by: {course_code: code}
            where: NOT archived
            """);
  }

  private void torture(String isolation, int clients, BooleanSupplier enough)
      throws InterruptedException {
    Guarding guarding = installed();
    work(isolation, clients, enough, () -> assertThat(guarding.audit().violations()).isZero());
  }

  private void work(String isolation, int clients, BooleanSupplier enough, Runnable look)
      throws InterruptedException {
    Clients work = new Clients(database, isolation, DeriveGuardTortureTest::statement);
    work.work(clients, enough, look);
    System.out.printf(
        "derive, %s: %d clients, %d transactions, done again %s, %s courses, %s lessons%n",
        isolation,
        clients,
        work.transactions(),
        work.retried(),
        database.queryValue("SELECT count(*) FROM course"),
        database.queryValue("SELECT count(*) FROM lesson"));
  }

  private static String statement(Random random) {
    int code = random.nextInt(12);
    int other = random.nextInt(12);
    int minutes = random.nextInt(50);
    return switch (random.nextInt(40)) {
      case 0, 1, 2, 3 -> "INSERT INTO course (code, lessons) VALUES (%d, 7)".formatted(code);
      case 4 -> "INSERT INTO course (code) VALUES (%d), (%d), (NULL)".formatted(code, other);
      case 5, 6 -> "DELETE FROM course WHERE code = %d".formatted(code);
      case 7, 8 -> "UPDATE course SET code = %d WHERE code = %d".formatted(other, code);
      case 9 -> "UPDATE course SET lessons = 99, title = 'x' WHERE code = %d".formatted(code);
      case 10 -> "UPDATE course SET archived = NOT archived WHERE code = %d".formatted(code);
      case 11 -> "UPDATE course SET title = 'y' WHERE code = %d".formatted(code);
      case 12 ->
          random.nextInt(5) == 0 ? "TRUNCATE lesson" : "DELETE FROM lesson WHERE minutes > 40";
      case 13 -> "DELETE FROM course WHERE code IS NULL";
      case 14, 15, 16 ->
          "INSERT INTO lesson (course_code, minutes) SELECT i %% 12, i FROM generate_series(%d, %d) i"
              .formatted(minutes, minutes + 5);
      case 17, 18, 19 ->
          "UPDATE lesson SET course_code = %d WHERE course_code = %d".formatted(other, code);
      case 20, 21 ->
          "UPDATE lesson SET minutes = %d WHERE course_code = %d".formatted(minutes, code);
      case 22, 23, 24 -> "DELETE FROM lesson WHERE course_code = %d".formatted(code);
      case 25 -> "UPDATE lesson SET course_code = NULL WHERE course_code = %d".formatted(code);
      case 26 -> random.nextInt(5) == 0 ? "TRUNCATE course" : "SELECT count(*) FROM course";
      default ->
          "INSERT INTO lesson (course_code, minutes) VALUES (%d, %d)".formatted(code, minutes);
    };
  }
}
