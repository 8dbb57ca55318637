package dev.plumbline.repair;

import static dev.plumbline.repair.Repairs.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.journal.SetAside;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The declared steps of a repair: insert, update, delete, each with its before-images. */
class StepsTest {
  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void requests() {
    database.execute(
        "CREATE TABLE requests (id integer PRIMARY KEY, student integer, status text)",
        "INSERT INTO requests SELECT i, i, 'pending' FROM generate_series(1, 100) AS i",
        "CREATE TABLE enrollments (student integer PRIMARY KEY, n integer DEFAULT 0)",
        "INSERT INTO enrollments SELECT i FROM generate_series(1, 10) AS i",
        "CREATE TABLE log (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, request integer,"
            + " what text)");
  }

  private static final String PENDING =
      """
      says: No request is pending for a student who is enrolled.
      none: |
        SELECT r.id, r.student FROM requests r JOIN enrollments e ON e.student = r.student
        WHERE r.status = 'pending'
      key: id
      of: requests
      repair:
      """;

  private static void isProjectError(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROJECT));
  }

  private void refused(ThrowingCallable plan, String... reasons) {
    assertThatThrownBy(plan).satisfies(StepsTest::isProjectError).hasMessageContainingAll(reasons);
  }

  @Test
  void delete_keeps_the_whole_rows() {
    RunReport report =
        Repairs.run(
            database,
            PENDING
                + """
                  - delete from: requests
                    where: id IN (SELECT id FROM violation)
                """,
            Repairs.batches(3, 2));
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(count(database, "requests")).isEqualTo(90);
    Repairs.imagesAreComplete(database, report, 1, 10);
    assertThat(database.query("SELECT b1, b2, b3 FROM plumb.image_1_1 WHERE k1 = 4"))
        .containsExactly(List.of("4", "4", "pending"));
  }

  /** The first step makes the violation go away; the second still sees it. */
  @Test
  void all_steps_see_the_same_violations_in_the_order_written() {
    RunReport report =
        Repairs.run(
            database,
            PENDING
                + """
                  - update: requests
                    set: {status: void}
                    where: id IN (SELECT id FROM violation)
                  - insert into: log
                    columns: [request, what]
                    select: SELECT id, 'voided' FROM violation
                  - update: enrollments
                    set: {n: {sql: "n + (SELECT count(*) FROM violation v WHERE v.student = enrollments.student)"}}
                    where: student IN (SELECT student FROM violation)
                """,
            Repairs.batches(4, 1));
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(30);
    assertThat(count(database, "requests WHERE status = 'void'")).isEqualTo(10);
    assertThat(count(database, "log WHERE what = 'voided'")).isEqualTo(10);
    assertThat(count(database, "enrollments WHERE n = 1")).isEqualTo(10);
    assertThat(report.changes().stream().map(c -> c.rows())).containsExactly(10L, 10L, 10L);
  }

  @Test
  void a_step_that_changes_nothing_leaves_its_keys_unrepairable_and_the_others_repaired() {
    RunReport report =
        Repairs.run(
            database,
            PENDING
                + """
                  - delete from: requests
                    where: id IN (SELECT id FROM violation) AND id <> 5
                """);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().changed()).isEqualTo(9);
    assertThat(report.unrepairable()).isEqualTo(1);
    assertThat(report.setAside())
        .singleElement()
        .satisfies(
            aside -> {
              assertThat(aside.reason()).isEqualTo(SetAside.Reason.UNREPAIRABLE);
              assertThat(aside.key().values()).containsExactly("5");
            });
    assertThat(report.run().pass()).isZero();
  }

  @Test
  void a_plan_that_changes_nothing_knows_that_it_fails() {
    RepairPlan plan =
        Repairs.plan(
            database,
            PENDING
                + """
                  - delete from: requests
                    where: id IN (SELECT id FROM violation) AND FALSE
                """);
    assertThat(plan.rows()).isZero();
    assertThat(plan.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void the_key_of_a_row_cannot_be_set() {
    refused(
        () ->
            Repairs.plan(
                database,
                PENDING
                    + """
                      - update: requests
                        set: {id: {sql: id + 1000}}
                        where: id IN (SELECT id FROM violation)
                    """),
        "a repair cannot change the key of a row");
  }

  @Test
  void everything_that_is_not_there_is_named_at_once() {
    refused(
        () ->
            Repairs.plan(
                database,
                PENDING
                    + """
                      - update: requests
                        set: {statu: void}
                        where: id IN (SELECT id FROM violation)
                      - delete from: enrolments
                        where: student IN (SELECT student FROM violation)
                    """),
        "there is no column `statu` in requests",
        "did you mean `status`?",
        "there is no table `enrolments`",
        "did you mean `enrollments`?");
  }

  // --- cascades -------------------------------------------------------------------------------

  private static final String DELETE =
      PENDING
          + """
            - delete from: requests
              where: id IN (SELECT id FROM violation)
          """;

  private void children(String onDelete) {
    database.execute(
        "CREATE TABLE notes (id integer PRIMARY KEY, request integer REFERENCES requests "
            + onDelete
            + ")",
        "INSERT INTO notes SELECT i, i % 20 + 1 FROM generate_series(1, 100) AS i");
  }

  @Test
  void a_cascade_is_refused_unless_the_step_names_the_table() {
    children("ON DELETE CASCADE");
    refused(
        () -> Repairs.plan(database, DELETE),
        "deleting from requests deletes rows of",
        "notes by cascade",
        "cascades: [");
    RunReport report = Repairs.run(database, DELETE + "    cascades: [notes]\n");
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(count(database, "notes")).isEqualTo(50);
    assertThat(count(database, "requests")).isEqualTo(90);
    assertThat(count(database, "plumb.image_1_1")).as("notes").isEqualTo(50);
    assertThat(count(database, "plumb.image_1_2")).as("requests").isEqualTo(10);
  }

  @Test
  void a_cascade_of_a_cascade_is_named_too() {
    children("ON DELETE CASCADE");
    database.execute(
        "CREATE TABLE marks (id integer PRIMARY KEY, note integer REFERENCES notes ON DELETE CASCADE)",
        "INSERT INTO marks SELECT i, i FROM generate_series(1, 100) AS i");
    refused(
        () -> Repairs.plan(database, DELETE + "    cascades: [notes]\n"),
        "deletes rows of",
        "marks by cascade");
    RunReport report = Repairs.run(database, DELETE + "    cascades: [notes, marks]\n");
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(count(database, "marks")).isEqualTo(50);
    assertThat(report.changes().stream().map(c -> c.rows())).containsExactly(50L, 50L, 10L);
  }

  @Test
  void a_delete_that_sets_other_columns_is_refused() {
    children("ON DELETE SET NULL");
    refused(() -> Repairs.plan(database, DELETE), "changes rows of", "notes (ON DELETE SET)");
  }

  @Test
  void a_delete_that_the_database_refuses_sets_the_row_aside() {
    children("");
    database.execute("DELETE FROM notes WHERE request <> 4");
    RunReport report = Repairs.run(database, DELETE);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.setAside())
        .singleElement()
        .satisfies(
            aside -> {
              assertThat(aside.key().values()).containsExactly("4");
              assertThat(aside.sqlState()).hasValue("23503");
            });
    assertThat(count(database, "requests")).isEqualTo(91);
  }

  /** Rows that refer to rows of their own table, three deep: each has its image. */
  @Test
  void a_cascade_within_one_table_keeps_every_row_that_goes() {
    database.execute(
        "ALTER TABLE requests ADD parent integer REFERENCES requests ON DELETE CASCADE",
        "UPDATE requests SET parent = id - 30 WHERE id > 30");
    refused(() -> Repairs.plan(database, DELETE), "requests by cascade");
    RunReport report = Repairs.run(database, DELETE + "    cascades: [requests]\n");
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(count(database, "requests")).isEqualTo(100 - 40);
    Repairs.imagesAreComplete(database, report, 1, 40);
  }

  @Test
  void a_cascade_to_a_partitioned_table_is_one_cascade() {
    database.execute(
        "CREATE TABLE notes (id integer, request integer REFERENCES requests ON DELETE CASCADE,"
            + " PRIMARY KEY (id)) PARTITION BY HASH (id)",
        "CREATE TABLE notes_0 PARTITION OF notes FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
        "CREATE TABLE notes_1 PARTITION OF notes FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
        "INSERT INTO notes SELECT i, i FROM generate_series(1, 100) AS i");
    RunReport report = Repairs.run(database, DELETE + "    cascades: [notes]\n");
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.changes().stream().map(c -> c.rows())).containsExactly(10L, 10L);
  }

  @Test
  void a_circle_of_cascades_is_refused() {
    database.execute(
        "ALTER TABLE requests ADD note integer",
        "CREATE TABLE notes (id integer PRIMARY KEY, request integer REFERENCES requests"
            + " ON DELETE CASCADE)",
        "ALTER TABLE requests ADD FOREIGN KEY (note) REFERENCES notes ON DELETE CASCADE");
    refused(
        () -> Repairs.plan(database, DELETE + "    cascades: [notes, requests]\n"), "in a circle");
  }

  // --- none and agree -------------------------------------------------------------------------

  @Test
  void without_steps_none_and_agree_cannot_be_repaired() {
    refused(
        () -> Repairs.plan(database, "says: None.\nnone: SELECT id FROM requests\nkey: id\n"),
        "does not say how it is repaired");
  }

  @Test
  void a_key_of_none_that_is_not_unique_is_an_error_with_an_example() {
    refused(
        () ->
            Repairs.plan(
                database,
                """
                says: None.
                none: SELECT status, id FROM requests WHERE id < 3
                key: status
                repair:
                  - delete from: requests
                    where: id IN (SELECT id FROM violation)
                """),
        "the key of `none` is not unique",
        "pending");
  }

  private static final String AGREE =
      """
      says: The daily total is the sum of the log.
      agree:
        left: SELECT day, points FROM days WHERE points > 0
        right: SELECT day, sum(points) AS points FROM points GROUP BY day
        by: [day]
      """;

  private void days() {
    database.execute(
        "CREATE TABLE days (day date, points integer)",
        "INSERT INTO days SELECT date '2024-01-01' + i, i FROM generate_series(1, 30) AS i",
        "CREATE TABLE points (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, day date,"
            + " points integer)",
        "INSERT INTO points (day, points) SELECT day, points FROM days WHERE points <= 20",
        "INSERT INTO points (day, points) SELECT day, 1 FROM days WHERE points > 20",
        "INSERT INTO points (day, points) VALUES ('2024-01-04', 100), ('2025-01-01', 5)");
  }

  @Test
  void agree_is_repaired_by_its_steps_and_the_rest_is_named() {
    days();
    RepairPlan plan = Repairs.plan(database, AGREE + LACKING);
    assertThat(plan.violations()).isEqualTo(12);
    RunReport report = Repairs.run(database, AGREE + LACKING, Repairs.batches(5, 2));
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().changed()).isEqualTo(10);
    assertThat(report.unrepairable()).isEqualTo(2);
    assertThat(report.setAside().stream().map(s -> s.key().toString()))
        .containsExactlyInAnyOrder("2024-01-04", "2025-01-01");
    assertThat(report.run().remaining()).hasValue(2);
  }

  private static final String LACKING =
      """
      repair:
        - insert into: points
          select: |
            SELECT v.day, v.left_points - coalesce(v.right_points, 0) AS points
            FROM violation v WHERE v.left_points > coalesce(v.right_points, 0)
      """;

  @Test
  void a_key_that_comes_twice_from_one_side_is_an_error_with_an_example() {
    days();
    database.execute("INSERT INTO days VALUES ('2024-01-09', 1)");
    refused(
        () -> Repairs.plan(database, AGREE + LACKING),
        "a key of `by` comes more than once from the left query",
        "2024-01-09");
  }

  @Test
  void a_null_in_by_is_reported_and_never_repaired() {
    days();
    database.execute(
        "INSERT INTO days VALUES (NULL, 7)",
        "DELETE FROM points WHERE points = 100",
        "DELETE FROM points WHERE day = '2025-01-01'");
    RepairPlan plan = Repairs.plan(database, AGREE + LACKING);
    assertThat(plan.before().counts().orElseThrow().nullKeys()).isEqualTo(1);
    assertThat(plan.exitCode()).isEqualTo(ExitCode.FAILED);
    RunReport report = Repairs.run(database, AGREE + LACKING);
    assertThat(report.run().changed()).isEqualTo(10);
    assertThat(report.run().remaining()).hasValue(1);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
  }
}
