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

/** Whatever several clients do to both sides at once, each row of the query keeps its match. */
class EveryGuardTortureTest {
  private static final int ROUNDS = 6;
  private static final Duration LONG = Duration.ofSeconds(60);

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void tables() {
    EnrolledTables.make(database);
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
        guarding,
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
    return Guarding.installed(database, EveryGuardTest.ENROLLED);
  }

  private void torture(String isolation, int clients, BooleanSupplier enough)
      throws InterruptedException {
    Guarding guarding = installed();
    work(
        guarding,
        isolation,
        clients,
        enough,
        () -> assertThat(guarding.audit().violations()).isZero());
  }

  private void work(
      Guarding guarding, String isolation, int clients, BooleanSupplier enough, Runnable look)
      throws InterruptedException {
    Clients work = new Clients(database, isolation, EveryGuardTortureTest::statement);
    work.work(clients, enough, look);
    System.out.printf(
        "every, %s: %d clients, %d transactions, done again %s, %d pairs asked for%n",
        isolation,
        clients,
        work.transactions(),
        work.retried(),
        guarding.audit().population().orElse(0));
  }

  private static String statement(Random random) {
    int user = 1 + random.nextInt(9);
    int group = 1 + random.nextInt(5);
    int course = 1 + random.nextInt(5);
    return switch (random.nextInt(20)) {
      case 0, 1 -> "DELETE FROM group_members WHERE user_id = " + user;
      case 2 -> "DELETE FROM group_members WHERE group_id = " + group;
      case 3, 4 -> "UPDATE group_members SET active = NOT active WHERE user_id = " + user;
      case 5, 6 ->
          "UPDATE group_members SET group_id = %d WHERE user_id = %d".formatted(group, user);
      case 7, 8 -> "UPDATE groups SET course_id = %d WHERE id = %d".formatted(course, group);
      case 9, 10 -> "DELETE FROM course_enrollments WHERE student_id = " + user;
      case 11 -> "DELETE FROM course_enrollments WHERE course_id = " + course;
      case 12, 13 -> "UPDATE course_enrollments SET active = false WHERE student_id = " + user;
      case 14 ->
          "INSERT INTO course_enrollments (student_id, course_id, active) VALUES (%d, %d, false)"
                  .formatted(user, course)
              + " ON CONFLICT (course_id, student_id) DO UPDATE SET active = false";
      case 15 ->
          random.nextInt(4) == 0 ? "TRUNCATE course_enrollments" : "SELECT count(*) FROM groups";
      default ->
          "INSERT INTO group_members (group_id, user_id) VALUES (%d, %d)".formatted(group, user);
    };
  }
}
