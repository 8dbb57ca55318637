package dev.plumbline.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same promise on SQLite, for `derive`: after any write the columns are right. */
class SqliteGuardTest {
  private static final int WRITES = 400;
  private static final String TOTALS =
      """
      table: course
      derive: {lessons: count(*), longest: max(minutes)}
      from: lesson
      by: {course_code: code}
      where: NOT archived
      """;

  @AutoClose private final TestDatabase database = TestDatabase.sqlite();

  @BeforeEach
  void tables() {
    database.execute(
        "CREATE TABLE course (id INTEGER PRIMARY KEY, code TEXT, archived INTEGER NOT NULL DEFAULT"
            + " 0, lessons INTEGER NOT NULL DEFAULT 0, longest INTEGER)",
        "CREATE TABLE lesson (id INTEGER PRIMARY KEY, course_code TEXT, minutes INTEGER)");
  }

  @Test
  void holds_after_each_of_many_random_writes() throws SQLException {
    Guarding guarding = Guarding.installed(database, TOTALS);
    Random random = new Random(1);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < WRITES; i++) {
        String sql = write(random);
        statement.execute(sql);
        if (i % 10 == 0) {
          assertThat(guarding.audit().violations()).as("after %s", sql).isZero();
        }
      }
    }
    assertThat(guarding.audit().violations()).isZero();
    assertThat(database.queryValue("SELECT max(lessons) > 0 FROM course")).isEqualTo("1");
  }

  private static String write(Random random) {
    String code = "'c" + random.nextInt(6) + "'";
    String other = random.nextInt(8) == 0 ? "NULL" : "'c" + random.nextInt(6) + "'";
    int n = random.nextInt(40);
    return switch (random.nextInt(12)) {
      case 0 -> "INSERT INTO course (code, lessons) VALUES (%s, 9), (NULL, 9)".formatted(code);
      case 1 -> "UPDATE course SET code = %s WHERE code = %s".formatted(other, code);
      case 2 -> "UPDATE course SET lessons = 77 WHERE code = " + code;
      case 3 -> "UPDATE course SET archived = NOT archived WHERE code = " + code;
      case 4 -> "DELETE FROM course WHERE id % 7 = " + n % 7;
      case 5 -> "UPDATE lesson SET course_code = %s WHERE course_code = %s".formatted(other, code);
      case 6 -> "UPDATE lesson SET minutes = %d WHERE course_code = %s".formatted(n, code);
      case 7 -> n < 5 ? "DELETE FROM lesson" : "DELETE FROM lesson WHERE minutes = " + n;
      case 8 ->
          "INSERT INTO lesson VALUES (%d, %s, %d) ON CONFLICT (id) DO UPDATE SET course_code = %s"
              .formatted(n, code, n, other);
      default ->
          "INSERT INTO lesson (course_code, minutes) VALUES (%s, %d), (%s, 3)"
              .formatted(code, n, other);
    };
  }

  @Test
  void an_expression_of_the_row_is_kept() {
    Guarding guarding =
        Guarding.installed(database, "table: course\nderive: {longest: lessons * 2}\n");
    guarding.holdsAfter(
        "INSERT INTO course (lessons, longest) VALUES (4, 1), (5, NULL)",
        "UPDATE course SET lessons = lessons + 1",
        "UPDATE course SET longest = 0");
    guarding.drop();
    assertThat(database.queryValue("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"))
        .isEqualTo("0");
  }

  @Test
  void a_guard_that_was_altered_is_found() {
    Guarding guarding = Guarding.installed(database, TOTALS);
    assertThat(guarding.plan().state()).isEqualTo(GuardPlan.State.STANDS);
    database.execute("DROP TRIGGER \"plumb_guard_test-invariant_source_delete\"");
    assertThat(guarding.standing().getFirst().findings())
        .extracting(Standing.Finding::fault)
        .containsExactly(Standing.Fault.MISSING);
    guarding.install();
    guarding.holdsAfter("INSERT INTO course (code) VALUES ('a')", "DELETE FROM lesson");
  }

  @Test
  void what_no_trigger_can_follow_is_refused() {
    assertRefused("derive: {lessons: (SELECT count(*) FROM lesson)}", "cannot follow a subquery");
    assertRefused("derive: {lessons: abs(random())}", "random may give another");
    assertRefused("derive: {code: datetime('now')}", "datetime may give another");
    assertRefused(
        "derive: {lessons: count(*)}\nfrom: SELECT course_code FROM lesson\nby: {course_code: code}",
        "not a query");
  }

  private void assertRefused(String yaml, String why) {
    Guarding guarding = Guarding.of(database, "table: course\n" + yaml + "\n");
    assertThatThrownBy(guarding::plan).hasMessageContaining(why);
  }
}
