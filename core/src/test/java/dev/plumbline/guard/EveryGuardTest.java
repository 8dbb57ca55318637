package dev.plumbline.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ProjectException;
import dev.plumbline.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guard sees to it that each row of a query has its match, whichever side is written. */
class EveryGuardTest {
  static final String ENROLLED =
      """
      every: |
        SELECT gm.user_id AS student_id, g.course_id, u.email, c.title
        FROM group_members gm
        JOIN groups g ON g.id = gm.group_id
        JOIN users u ON u.id = gm.user_id
        JOIN courses c ON c.id = g.course_id
        WHERE gm.active
      has: course_enrollments
      match: [student_id, course_id]
      with: {active: true}
      insert: {origin: group}
      """;

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void tables() {
    EnrolledTables.make(database);
  }

  private String enrolled() {
    return database
        .query("SELECT student_id, course_id, active, origin FROM course_enrollments ORDER BY 1, 2")
        .toString();
  }

  @Test
  void watches_only_tables_whose_rows_decide() {
    GuardPlan plan = Guarding.of(database, ENROLLED).plan();
    assertThat(plan.watches().stream().map(w -> w.table() + " " + w.events()))
        .containsExactly(
            "group_members INSERT, UPDATE",
            "groups UPDATE",
            "course_enrollments INSERT, UPDATE, DELETE, TRUNCATE");
  }

  @Test
  void makes_what_the_source_asks_for() {
    Guarding guarding = Guarding.installed(database, ENROLLED);
    guarding.holdsAfter(
        "INSERT INTO course_enrollments (student_id, course_id, active) VALUES (1, 1, false)",
        "INSERT INTO group_members (group_id, user_id) VALUES (1, 1), (2, 1), (1, 2)",
        "INSERT INTO group_members (group_id, user_id, active) VALUES (3, 4, false)");
    assertThat(enrolled()).isEqualTo("[[1, 1, t, null], [1, 2, t, group], [2, 1, t, group]]");
    guarding.holdsAfter(
        "UPDATE group_members SET active = true",
        "UPDATE groups SET course_id = 3 WHERE id = 1",
        "UPDATE groups SET course_id = 6 - course_id",
        "DELETE FROM group_members WHERE user_id = 1",
        "TRUNCATE group_members");
    assertThat(enrolled()).contains("[4, 3, t, group]").contains("[1, 3, t, group]");
  }

  @Test
  void makes_again_what_is_still_asked_for() {
    Guarding guarding = Guarding.installed(database, ENROLLED);
    guarding.holdsAfter(
        "INSERT INTO group_members (group_id, user_id) VALUES (1, 1), (2, 1), (1, 2)",
        "DELETE FROM course_enrollments WHERE student_id = 1",
        "UPDATE course_enrollments SET active = false",
        "UPDATE course_enrollments SET student_id = 3 WHERE student_id = 2",
        "TRUNCATE course_enrollments");
    assertThat(enrolled()).isEqualTo("[[1, 1, t, group], [1, 2, t, group], [2, 1, t, group]]");
  }

  @Test
  void a_match_may_go_with_what_asks_for_it() throws SQLException {
    Guarding guarding = Guarding.installed(database, ENROLLED);
    guarding.holdsAfter(
        "INSERT INTO group_members (group_id, user_id) VALUES (1, 1), (2, 1), (1, 2)",
        "DELETE FROM users WHERE id = 1");
    assertThat(enrolled()).isEqualTo("[[2, 1, t, group]]");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("DELETE FROM course_enrollments WHERE student_id = 2");
      statement.execute("DELETE FROM group_members WHERE user_id = 2");
      connection.commit();
    }
    assertThat(enrolled()).isEqualTo("[]");
  }

  @Test
  void one_table_and_a_condition_will_do() {
    Guarding guarding =
        Guarding.installed(
            database,
            """
            every: SELECT user_id, group_id AS course FROM group_members
            where: course < 3
            has: course_enrollments
            match: {user_id: student_id, course: course_id}
            """);
    guarding.holdsAfter(
        "INSERT INTO group_members (group_id, user_id) VALUES (1, 1), (3, 1)",
        "UPDATE group_members SET group_id = group_id - 1 WHERE group_id > 1",
        "DELETE FROM course_enrollments");
    assertThat(enrolled()).isEqualTo("[[1, 1, t, null], [1, 2, t, null]]");
  }

  @Test
  void what_it_cannot_follow_is_refused() {
    assertRefused(ENROLLED.replace("JOIN groups", "LEFT JOIN groups"), "an outer join");
    assertRefused(
        ENROLLED.replace("WHERE gm.active", "WHERE NOT EXISTS (SELECT 1 FROM users)"),
        "cannot follow a subquery");
    assertRefused(ENROLLED.replace("origin: group", "origin: {sql: email}"), "columns of the key");
    database.execute("DROP INDEX once");
    assertRefused(ENROLLED, "no unique key over exactly");
  }

  @Test
  void a_column_that_a_new_match_must_have_and_nothing_fills_is_refused() {
    database.execute(
        "CREATE DOMAIN present AS text NOT NULL",
        "CREATE DOMAIN zero AS int NOT NULL DEFAULT 0",
        "ALTER TABLE course_enrollments ADD seen zero, ADD serial serial,"
            + " ADD doubled bigint NOT NULL GENERATED ALWAYS AS (course_id * 2) STORED,"
            + " ADD tenant int NOT NULL, ADD note present");
    assertThatThrownBy(Guarding.of(database, ENROLLED)::plan)
        .isInstanceOfSatisfying(
            ProjectException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.PROJECT);
              assertThat(e.problems().stream().map(p -> p.what() + "; " + p.suggestion().get()))
                  .containsExactly(
                      "course_enrollments.tenant is NOT NULL without a default, and the guard would"
                          + " insert no value: each write that asks for a new match would fail; say"
                          + " which: `insert: {tenant: …}`, or give the column a default",
                      "course_enrollments.note is NOT NULL without a default, and the guard would"
                          + " insert no value: each write that asks for a new match would fail; say"
                          + " which: `insert: {note: …}`, or give the column a default");
            });
    Guarding.installed(
            database, ENROLLED.replace("origin: group", "origin: group, tenant: 7, note: x"))
        .holdsAfter("INSERT INTO group_members (group_id, user_id) VALUES (1, 1)");
    assertThat(database.query("SELECT seen, serial, doubled, tenant FROM course_enrollments"))
        .hasToString("[[0, 1, 2, 7]]");
  }

  @Test
  void a_column_that_a_trigger_sets_is_left_to_it_and_noted() {
    database.execute(
        "ALTER TABLE course_enrollments ADD tenant int NOT NULL, ADD other int NOT NULL",
        "CREATE FUNCTION tenant() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN NEW.tenant := 7; RETURN NEW; END'",
        "CREATE TRIGGER tenant BEFORE INSERT ON course_enrollments"
            + " FOR EACH ROW EXECUTE FUNCTION tenant()");
    assertRefused(ENROLLED, "course_enrollments.other is NOT NULL");
    Guarding guarding =
        Guarding.of(database, ENROLLED.replace("origin: group", "origin: group, other: 1"));
    assertThat(guarding.plan().notes())
        .anySatisfy(n -> assertThat(n).contains("course_enrollments.tenant", "leaves it to a"));
    guarding.install();
    guarding.holdsAfter("INSERT INTO group_members (group_id, user_id) VALUES (1, 1)");
  }

  private void assertRefused(String yaml, String why) {
    Guarding guarding = Guarding.of(database, yaml);
    assertThatThrownBy(guarding::plan).hasMessageContaining(why);
  }
}
