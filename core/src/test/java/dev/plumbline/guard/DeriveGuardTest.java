package dev.plumbline.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guard keeps derived columns right, whatever sort of statement writes. */
class DeriveGuardTest {
  private static final String TOTALS =
      """
      table: course
      derive:
        lessons: count(*)
        minutes: sum(minutes)
      from: lesson
      by: {course_code: code}
      """;

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void tables() {
    database.execute(
        "CREATE TABLE course (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text,"
            + " title text, lessons integer NOT NULL DEFAULT 0, minutes bigint)",
        "CREATE TABLE lesson (id bigint PRIMARY KEY, course_code text, minutes integer, note json)",
        "CREATE INDEX ON lesson (course_code)",
        "CREATE INDEX ON course (code)");
  }

  private String rows() {
    return database.query("SELECT code, lessons, minutes FROM course ORDER BY id").toString();
  }

  @Test
  void follows_every_sort_of_write_to_the_source() {
    Guarding guarding = Guarding.installed(database, TOTALS);
    guarding.holdsAfter(
        "INSERT INTO course (code) VALUES ('a'), ('b'), ('c'), ('a'), (NULL)",
        "INSERT INTO lesson SELECT i, CASE i % 3 WHEN 0 THEN 'a' WHEN 1 THEN 'b' END, i FROM"
            + " generate_series(1, 100) i",
        "UPDATE lesson SET minutes = minutes + 1 WHERE id < 10",
        "UPDATE lesson SET course_code = 'c' WHERE id % 7 = 0",
        "UPDATE lesson SET course_code = NULL WHERE id = 3",
        "UPDATE lesson SET id = id + 1000",
        "DELETE FROM lesson WHERE id % 2 = 0",
        "INSERT INTO lesson VALUES (1001, 'b', 5), (5, 'a', 1)"
            + " ON CONFLICT (id) DO UPDATE SET course_code = excluded.course_code",
        "MERGE INTO lesson l USING (VALUES (5, 'c'), (9, 'c')) AS v (id, code) ON v.id = l.id"
            + " WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (v.id, v.code, 3)");
    assertThat(rows()).contains("[a, ").contains("[null, 0, null]");
    guarding.holdsAfter("TRUNCATE lesson");
    assertThat(rows())
        .isEqualTo("[[a, 0, null], [b, 0, null], [c, 0, null], [a, 0, null], [null, 0, null]]");
  }

  @Test
  void follows_every_sort_of_write_to_the_target() {
    Guarding guarding = Guarding.installed(database, TOTALS);
    database.execute(
        "INSERT INTO lesson SELECT i, CASE i % 3 WHEN 0 THEN 'a' ELSE 'b' END, i FROM"
            + " generate_series(1, 100) i");
    guarding.holdsAfter(
        "INSERT INTO course (code, lessons) VALUES ('a', 77)",
        "INSERT INTO course (code) SELECT 'b' FROM generate_series(1, 10)",
        "UPDATE course SET lessons = 5 WHERE id = 1",
        "UPDATE course SET code = 'c' WHERE id = 1",
        "UPDATE course SET code = NULL WHERE id = 2",
        "UPDATE course SET code = 'a', lessons = 1, minutes = NULL",
        "UPDATE course SET title = 'x'",
        "DELETE FROM course WHERE id < 3",
        "INSERT INTO course (code, lessons) VALUES ('d', 3)",
        "TRUNCATE course",
        "INSERT INTO course (code) VALUES ('b')");
    assertThat(rows()).isEqualTo("[[b, 67, 3367]]");
  }

  @Test
  void a_row_is_right_before_constraints_and_returning_look_at_it() {
    database.execute("INSERT INTO lesson VALUES (1, 'a', 5), (2, 'a', 6)");
    database.execute("ALTER TABLE course ADD CHECK (code <> 'a' OR lessons > 0)");
    Guarding.installed(database, TOTALS);
    assertThat(
            database.queryValue(
                "INSERT INTO course (code, lessons) VALUES ('a', NULL) RETURNING lessons"))
        .isEqualTo("2");
  }

  @Test
  void rows_outside_of_the_condition_are_left_alone() {
    Guarding guarding = Guarding.installed(database, TOTALS + "where: course.title IS NULL");
    guarding.holdsAfter(
        "INSERT INTO course (code, title, lessons) VALUES ('a', 'kept', 50), ('a', NULL, 60)",
        "INSERT INTO lesson VALUES (1, 'a', 5)");
    assertThat(rows()).isEqualTo("[[a, 50, null], [a, 1, 5]]");
    guarding.holdsAfter("UPDATE course SET title = NULL");
    assertThat(rows()).isEqualTo("[[a, 1, 5], [a, 1, 5]]");
    guarding.holdsAfter("UPDATE course SET title = 'kept', lessons = 9 WHERE id = 1");
    assertThat(rows()).isEqualTo("[[a, 9, 5], [a, 1, 5]]");
  }

  @Test
  void follows_a_query_and_the_value_stated_for_no_rows() {
    Guarding guarding =
        Guarding.installed(
            database,
            """
            table: course
            derive: {minutes: max(longest)}
            from: SELECT l.course_code AS code, l.minutes * 2 AS longest FROM lesson AS l WHERE minutes > 10 -- long ones
            by: code
            empty: {minutes: -1}
            """);
    guarding.holdsAfter(
        "INSERT INTO course (code) VALUES ('a'), ('b')",
        "INSERT INTO lesson VALUES (1, 'a', 5), (2, 'a', 20), (3, 'b', 1)");
    assertThat(rows()).isEqualTo("[[a, 0, 40], [b, 0, -1]]");
    guarding.holdsAfter(
        "UPDATE lesson SET minutes = 30 WHERE id = 3",
        "UPDATE lesson SET minutes = 6 WHERE id = 2",
        "UPDATE lesson SET course_code = 'a' WHERE id = 3",
        "DELETE FROM lesson",
        "INSERT INTO course (code) VALUES ('c')");
    assertThat(rows()).isEqualTo("[[a, 0, -1], [b, 0, -1], [c, 0, -1]]");
  }

  @Test
  void follows_cascades() {
    database.execute(
        "CREATE TABLE unit (id bigint PRIMARY KEY)",
        "ALTER TABLE lesson ADD unit_id bigint REFERENCES unit ON DELETE CASCADE ON UPDATE CASCADE",
        "INSERT INTO unit VALUES (1), (2)");
    Guarding guarding = Guarding.installed(database, TOTALS);
    guarding.holdsAfter(
        "INSERT INTO course (code) VALUES ('a'), ('b')",
        "INSERT INTO lesson (id, course_code, minutes, unit_id) SELECT i, 'a', i, 1 + i % 2 FROM"
            + " generate_series(1, 10) i",
        "DELETE FROM unit WHERE id = 1");
    assertThat(rows()).isEqualTo("[[a, 5, 25], [b, 0, null]]");
    guarding.holdsAfter("TRUNCATE unit CASCADE");
    assertThat(rows()).isEqualTo("[[a, 0, null], [b, 0, null]]");
  }

  @Test
  void follows_a_load_by_copy() throws SQLException {
    Guarding guarding = Guarding.installed(database, TOTALS);
    database.execute("INSERT INTO course (code) VALUES ('a'), ('b')");
    try (Connection connection = database.connect()) {
      new org.postgresql.copy.CopyManager(
              connection.unwrap(org.postgresql.core.BaseConnection.class))
          .copyIn(
              "COPY lesson (id, course_code, minutes) FROM STDIN",
              new java.io.StringReader("1\ta\t5\n2\tb\t6\n3\ta\t7\n4\t\\N\t1\n"));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    assertThat(guarding.audit().violations()).isZero();
    assertThat(rows()).isEqualTo("[[a, 2, 12], [b, 1, 6]]");
  }

  @Test
  void an_expression_of_the_row_is_set_before_it_is_written() {
    Guarding guarding =
        Guarding.installed(
            database,
            """
            table: course
            derive: {title: upper(course.code) || '?'}
            where: lessons < 10
            """);
    guarding.holdsAfter(
        "INSERT INTO course (code, title) VALUES ('a', 'wrong'), ('b', NULL)",
        "UPDATE course SET title = 'wrong'",
        "UPDATE course SET code = 'z' WHERE id = 1",
        "UPDATE course SET lessons = 20, title = 'kept' WHERE id = 2");
    assertThat(database.query("SELECT title FROM course ORDER BY id").toString())
        .isEqualTo("[[Z?], [kept]]");
  }

  @Test
  void a_writer_needs_no_rights_beyond_its_own_table() throws SQLException {
    Guarding guarding = Guarding.installed(database, TOTALS);
    database.execute("INSERT INTO course (code) VALUES ('a')");
    var role = database.role("INSERT ON lesson");
    try (Connection connection = java.sql.DriverManager.getConnection(role.url());
        Statement statement = connection.createStatement()) {
      // What such a role plants must not be found by the function, which has its owner's rights.
      statement.execute("CREATE TEMPORARY TABLE unnest (i int)");
      statement.execute("SET search_path = pg_temp, public");
      statement.execute("INSERT INTO public.lesson VALUES (1, 'a', 5)");
    }
    assertThat(guarding.audit().violations()).isZero();
  }

  @Test
  void stands_aside_where_a_session_says_so() throws SQLException {
    Guarding guarding = Guarding.installed(database, TOTALS);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET plumb.guards_aside = '|\"public\".\"course\"|'");
      statement.execute("INSERT INTO course (code, lessons) VALUES ('a', 4)");
      assertThat(guarding.audit().violations()).isEqualTo(1);
      statement.execute("RESET plumb.guards_aside");
      statement.execute("UPDATE course SET lessons = 5");
    }
    assertThat(guarding.audit().violations()).isZero();
  }

  /** A plan made for one row would read each of many rows once for each of the others. */
  @Test
  void a_load_is_planned_for_its_size_although_the_session_wrote_single_rows_before()
      throws SQLException {
    Guarding guarding = Guarding.installed(database, TOTALS);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 10; i++) {
        statement.execute("INSERT INTO course (code) VALUES ('c%d')".formatted(i));
        statement.execute("INSERT INTO lesson VALUES (%d, 'c%d', 1)".formatted(-i, i));
        statement.execute("UPDATE lesson SET minutes = 2 WHERE id = " + -i);
        statement.execute("UPDATE course SET lessons = 9 WHERE code = 'c%d'".formatted(i));
      }
      statement.execute("SET statement_timeout = '15s'");
      statement.execute(
          "INSERT INTO course (code) SELECT 'c' || i FROM generate_series(10, 20000) i");
      statement.execute(
          "INSERT INTO lesson SELECT i, 'c' || i % 20000, i % 7 FROM generate_series(1, 20000) i");
      statement.execute("UPDATE lesson SET minutes = minutes + 1");
      statement.execute("UPDATE course SET lessons = 99");
    }
    assertThat(guarding.audit().violations()).isZero();
  }
}
