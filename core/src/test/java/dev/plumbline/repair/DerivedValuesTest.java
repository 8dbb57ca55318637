package dev.plumbline.repair;

import static dev.plumbline.repair.Repairs.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.testkit.TestDatabase;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A derived column holds what its expression says, as the column would store it. */
class DerivedValuesTest {
  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  private RunReport repaired(String yaml, long changed) {
    RunReport report = Repairs.run(database, yaml);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(changed);
    assertThat(Repairs.plan(database, yaml).violations()).isZero();
    return report;
  }

  /**
   * Type, what is there, the expression, what must be there, and how many of the two rows violate:
   * one holds NULL, the other what is there.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "numeric(5,2) | 0 | 100.0 / 3 | 33.33 | 2",
        "numeric(5,2) | 33.33 | 100.0 / 3 | 33.33 | 1",
        "numeric | 1.50 | 1.5 | 1.50 | 1",
        "integer | 2 | 2.4 | 2 | 1",
        "real | 0.1 | 0.1 | 0.1 | 1",
        "double precision | 'NaN' | 'NaN' | NaN | 1",
        "double precision | '-0' | 0.0 | -0 | 1",
        "varchar(3) | 'abc' | 'abcdef' | abc | 1",
        "char(5) | 'ab' | 'ab   ' | ab    | 1",
        "text | '' | 'ä''\"\\?' | ä'\"\\? | 2",
        "text | 'A' | 'a' | a | 2",
        "text COLLATE loose | 'A' | 'a' | a | 2",
        "text COLLATE loose | 'a' | 'a' | a | 1",
        "mood | 'sad' | 'ok' | ok | 2",
        "integer[] | '{1,2}' | ARRAY[1, 2] | {1,2} | 1",
        "integer[] | '{}' | ARRAY[1, NULL] | {1,NULL} | 2",
        "text[] | '{NULL}' | ARRAY['NULL'] | {\"NULL\"} | 2",
        "jsonb | '{\"a\": 1.0}' | '{\"a\": 1.0, \"b\": 2}' | {\"a\": 1.0, \"b\": 2} | 2",
        "jsonb | '{\"b\":2,\"a\":1}' | '{\"a\":1,\"b\":2}' | {\"a\": 1, \"b\": 2} | 1",
        "json | '{\"b\":2,\"a\":1}' | '{\"a\":1,\"b\":2}' | {\"a\":1,\"b\":2} | 2",
        "json | '[1,2]' | '[1,2]' | [1,2] | 1",
        "xml | '<a/>' | '<b/>' | <b/> | 2",
        "point | '(1,2)' | '(1,3)' | (1,3) | 2",
        "boolean | true | 1 > 2 | false | 2",
        "date | '2024-02-29' | date '2024-02-28' + 1 | 2024-02-29 | 1",
        "timestamptz | '2024-01-01 00:00Z' | timestamptz '2024-01-01 01:00+01' AT TIME ZONE 'UTC'"
            + " AT TIME ZONE 'UTC' | 2024-01-01 00:00:00+00 | 1",
        "interval | '1 day' | interval '24 hours' | 1 day | 1",
        "bytea | '\\x00' | '\\x0001' | \\x0001 | 2",
        "uuid | '00000000-0000-0000-0000-000000000000' | '{00000000-0000-0000-0000-000000000001}' |"
            + " 00000000-0000-0000-0000-000000000001 | 2",
        "positive | 1 | 2 | 2 | 2",
        "int4range | '[1,4)' | '[1,3]' | [1,4) | 1",
        "tsvector | 'a' | to_tsvector('simple', 'b a') | 'a':2 'b':1 | 2",
        "money | 1 | 2 | $2.00 | 2",
        "bit(3) | B'001' | B'010' | 010 | 2",
        "inet | '10.0.0.1/32' | '10.0.0.1' | 10.0.0.1/32 | 1",
        "integer | 5 | NULL | null | 1",
      })
  void is_compared_and_stored_as_its_type_has_it(
      String type, String old, String expression, String stored, long violations) {
    database.execute(
        "CREATE TYPE mood AS ENUM ('sad', 'ok')",
        "CREATE DOMAIN positive AS integer CHECK (VALUE > 0)",
        "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
        "CREATE TABLE things (id integer PRIMARY KEY, value " + type + ")",
        "INSERT INTO things VALUES (1, NULL), (2, " + old + ")");
    String yaml =
        "says: The value is right.\ntable: things\nderive:\n  value: |\n    " + expression + "\n";
    RunReport report = repaired(yaml, violations);
    String value = type.equals("char(5)") ? "value || ''" : "CAST(value AS text)";
    assertThat(database.query("SELECT " + value + " FROM things WHERE id = 2"))
        .containsExactly(Collections.singletonList("null".equals(stored) ? null : stored.strip()));
    assertThat(database.query("SELECT CAST(a1 AS text) FROM plumb.image_1_1"))
        .as("before-images hold what was stored")
        .isEqualTo(
            database.query(
                "SELECT CAST(value AS text) FROM things WHERE id IN (SELECT k1 FROM"
                    + " plumb.image_1_1)"));
    assertThat(report.changes().getFirst().rows()).isEqualTo(violations);
  }

  @Test
  void a_value_that_the_type_cannot_hold_is_an_error_and_nothing_is_written() {
    database.execute(
        "CREATE TABLE things (id integer PRIMARY KEY, value numeric(3,1))",
        "INSERT INTO things VALUES (1, 1), (2, 2)");
    String yaml = "says: Too large.\ntable: things\nderive: {value: id * 1000}\n";
    assertThatThrownBy(() -> Repairs.run(database, yaml))
        .isInstanceOf(PlumblineException.class)
        .hasMessageContaining("numeric field overflow");
    assertThat(count(database, "things WHERE value = id")).isEqualTo(2);
  }

  // --- several columns, sources, empty --------------------------------------------------------

  private void courses() {
    database.execute(
        "CREATE TABLE lessons (id integer PRIMARY KEY, course integer, minutes integer)",
        "INSERT INTO lessons SELECT i, i % 4, i FROM generate_series(1, 20) AS i",
        "INSERT INTO lessons VALUES (100, NULL, 5), (101, 1, NULL)",
        """
        CREATE TABLE courses (id integer PRIMARY KEY, lessons integer, minutes integer,
          longest integer, hours numeric(6,2), open boolean DEFAULT true, parent integer)""",
        "INSERT INTO courses (id) SELECT generate_series(0, 5)",
        "INSERT INTO courses (id, open) VALUES (6, false)");
  }

  @Test
  void several_columns_from_one_source_keep_the_meaning_of_scalar_subqueries() {
    courses();
    repaired(
        """
        says: Courses know their lessons.
        table: courses
        derive:
          lessons: count(*)
          minutes: sum(minutes)
          longest: max(minutes)
          hours: coalesce(sum(minutes), 0) / 60.0
        from: lessons
        by: {course: id}
        where: open
        """,
        6);
    assertThat(
            count(
                database,
                """
                courses AS c WHERE open AND (lessons, hours) IS NOT DISTINCT FROM (
                  (SELECT count(*) FROM lessons l WHERE l.course = c.id),
                  (SELECT CAST(coalesce(sum(minutes), 0) / 60.0 AS numeric(6,2))
                   FROM lessons l WHERE l.course = c.id))
                AND minutes IS NOT DISTINCT FROM
                  (SELECT sum(minutes) FROM lessons l WHERE l.course = c.id)
                AND longest IS NOT DISTINCT FROM
                  (SELECT max(minutes) FROM lessons l WHERE l.course = c.id)"""))
        .isEqualTo(6);
    assertThat(database.query("SELECT lessons, minutes, longest, hours FROM courses WHERE id = 5"))
        .containsExactly(Arrays.asList("0", null, null, "0.00"));
    assertThat(database.query("SELECT lessons FROM courses WHERE NOT open"))
        .containsExactly(Collections.singletonList(null));
  }

  @Test
  void empty_says_what_holds_where_the_source_has_no_rows() {
    courses();
    repaired(
        """
        says: Courses know their minutes.
        table: courses
        derive: {minutes: sum(minutes), lessons: count(*)}
        from: SELECT * FROM lessons WHERE minutes IS NOT NULL
        by: {course: id}
        empty: {minutes: -1}
        """,
        7);
    assertThat(database.query("SELECT minutes, lessons FROM courses WHERE id IN (1, 5, 6)"))
        .containsExactlyInAnyOrder(List.of("45", "5"), List.of("-1", "0"), List.of("-1", "0"));
  }

  @Test
  void without_a_source_any_expression_of_the_row_will_do_a_subquery_included() {
    courses();
    repaired(
        """
        says: Courses know their minutes.
        table: courses
        derive:
          minutes: |
            (SELECT sum(l.minutes) FROM lessons l -- those of the course
             WHERE l.course = courses.id)
          open: id % 2 = 0
        """,
        6);
    assertThat(
            count(
                database,
                "courses WHERE minutes IS NOT DISTINCT FROM (SELECT sum(l.minutes) FROM lessons l"
                    + " WHERE l.course = courses.id) AND open = (id % 2 = 0)"))
        .isEqualTo(7);
  }

  @Test
  void a_source_that_is_the_table_itself() {
    courses();
    database.execute("UPDATE courses SET parent = id / 3 WHERE id > 0");
    repaired(
        """
        says: Courses know how many parts they have.
        table: courses
        derive: {lessons: count(*)}
        from: SELECT parent FROM courses
        by: {parent: id}
        """,
        7);
    assertThat(database.query("SELECT id, lessons FROM courses WHERE lessons > 0 ORDER BY id"))
        .containsExactly(List.of("0", "2"), List.of("1", "3"), List.of("2", "1"));
  }

  /** A NULL in the column that is joined by finds nothing, as in a scalar subquery. */
  @Test
  void nulls_in_the_joined_column_are_like_no_rows() {
    courses();
    repaired(
        """
        says: Courses know the lessons of their parent.
        table: courses
        derive: {lessons: count(*)}
        from: lessons
        by: {course: parent}
        """,
        7);
    assertThat(count(database, "courses WHERE lessons = 0")).isEqualTo(7);
  }

  @Test
  void few_violations_among_many_rows_are_listed_and_repaired_in_batches() {
    database.execute(
        "CREATE TABLE things (id integer PRIMARY KEY, value integer)",
        "INSERT INTO things SELECT i, CASE WHEN i % 100 = 0 THEN 0 ELSE i END"
            + " FROM generate_series(1, 10000) AS i");
    String yaml = "says: The value is the id.\ntable: things\nderive: {value: id}\n";
    assertThat(Repairs.plan(database, yaml).strategy()).isEqualTo(Strategy.WORKLIST);
    RunReport report = Repairs.run(database, yaml, Repairs.batches(7, 2));
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    Repairs.imagesAreComplete(database, report, 1, 100);
    assertThat(report.totals().batches()).isEqualTo(15);
  }

  @Test
  void a_generated_column_cannot_be_derived_and_says_so() {
    database.execute(
        "CREATE TABLE things (id integer PRIMARY KEY,"
            + " value integer GENERATED ALWAYS AS (id * 2) STORED)");
    assertThatThrownBy(
            () -> Repairs.plan(database, "says: No.\ntable: things\nderive: {value: id * 2}\n"))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROJECT))
        .hasMessageContaining("generated");
  }

  /** Computed from the column that is repaired, and kept in whole-row images of inserts. */
  @Test
  void a_generated_column_beside_the_derived_one_follows_it() {
    database.execute(
        "CREATE TABLE things (id integer PRIMARY KEY, value integer,"
            + " twice integer GENERATED ALWAYS AS (value * 2) STORED)",
        "INSERT INTO things (id) SELECT generate_series(1, 10)");
    repaired("says: The value is the id.\ntable: things\nderive: {value: id}\n", 10);
    assertThat(count(database, "things WHERE twice = id * 2")).isEqualTo(10);
  }
}
