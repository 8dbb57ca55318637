package dev.plumbline.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.database.Session;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Sessions: reading ones cannot write, and every failure says what it means. */
abstract class SessionContract extends ChangeContract {
  @Test
  void a_failure_inside_an_attempt_spares_the_rest_of_the_transaction() {
    session.execute(Sql.of("CREATE TABLE t (id integer PRIMARY KEY, n integer CHECK (n < 10))"));
    session.transaction(
        () -> {
          session.execute(Sql.of("INSERT INTO t VALUES (1, 1)"));
          assertThat(
                  failure(
                      () ->
                          session.attempt(
                              () -> {
                                session.execute(Sql.of("INSERT INTO t VALUES (2, 2)"));
                                return session.execute(Sql.of("INSERT INTO t VALUES (3, 30)"));
                              })))
              .isEqualTo(FailureKind.DATA);
          return session.attempt(() -> session.execute(Sql.of("INSERT INTO t VALUES (4, 4)")));
        });
    assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly(row("1"), row("4"));
  }

  // --- read-only ------------------------------------------------------------------------------

  @Test
  void a_reading_session_cannot_write() {
    lessons();
    for (String write :
        List.of(
            "DELETE FROM course",
            "UPDATE course SET lessons = 1",
            "INSERT INTO course (id) VALUES (9)",
            "CREATE TABLE other (id integer)",
            "DROP TABLE course")) {
      try (Session reading = database.openForReading(SHORT)) {
        assertThat(failure(() -> reading.transaction(() -> reading.execute(Sql.of("{}", write)))))
            .as(write)
            .isIn(FailureKind.DEFINITION, FailureKind.PERMISSION);
        assertThat(failure(() -> reading.execute(Sql.of("{}", write))))
            .as(write)
            .isIn(FailureKind.DEFINITION, FailureKind.PERMISSION);
      }
    }
    assertThat(rows("SELECT id, lessons FROM course WHERE lessons IS NOT NULL ORDER BY id"))
        .containsExactly(row("1", "10"), row("3", "30"), row("4", "40"));
  }

  @Test
  void sql_that_ends_the_transaction_cannot_write_either() {
    lessons();
    for (String sql :
        List.of("SELECT 1; COMMIT; DELETE FROM course", "COMMIT; DELETE FROM course")) {
      try (Session reading = database.openForReading(SHORT)) {
        assertThat(
                failure(
                    () ->
                        reading.transaction(
                            () -> {
                              reading.execute(Sql.user(fragment(sql)));
                              return reading.execute(Sql.of("DELETE FROM course"));
                            })))
            .isIn(FailureKind.DEFINITION, FailureKind.PERMISSION);
      }
    }
    assertThat(rows("SELECT count(*) FROM course")).containsExactly(row("4"));
  }

  @Test
  void a_reading_transaction_sees_one_snapshot() {
    lessons();
    try (Session reading = database.openForReading(SHORT)) {
      reading.transaction(
          () -> {
            assertThat(count(reading, "course")).isEqualTo(4);
            writeBeside("INSERT INTO course VALUES (5, 50, 'e')");
            assertThat(count(reading, "course")).isEqualTo(4);
            return 0;
          });
      assertThat(count(reading, "course")).isEqualTo(expectedAfterWriteBeside());
    }
  }

  /** Tries to write while a reading transaction is open. */
  abstract void writeBeside(String sql);

  abstract long expectedAfterWriteBeside();

  // --- what failures mean ---------------------------------------------------------------------

  @Test
  void refused_data_is_the_datas_fault() {
    session.execute(
        Sql.of(
            "CREATE TABLE t (id integer PRIMARY KEY, n integer NOT NULL CHECK (n < 10), r integer"
                + " REFERENCES t (id))"));
    session.execute(Sql.of("INSERT INTO t VALUES (1, 1, NULL)"));
    for (String refused :
        List.of("(1, 2, NULL)", "(2, 20, NULL)", "(2, NULL, NULL)", "(2, 2, 7)")) {
      assertThat(failure(() -> session.execute(Sql.of("INSERT INTO t VALUES {}", refused))))
          .as(refused)
          .isEqualTo(FailureKind.DATA);
    }
  }

  @Test
  void a_trigger_that_raises_is_the_datas_fault() {
    session.execute(Sql.of("CREATE TABLE t (id integer PRIMARY KEY)"));
    raisingTrigger("t").forEach(s -> session.execute(Sql.of("{}", s)));
    DatabaseException refused =
        catchThrowableOfType(
            DatabaseException.class, () -> session.execute(Sql.of("INSERT INTO t VALUES (1)")));
    assertThat(refused.kind()).isEqualTo(FailureKind.DATA);
    assertThat(refused.databaseMessage()).contains("no rows today");
  }

  /** Statements that make an insert into the table fail with "no rows today". */
  abstract List<String> raisingTrigger(String table);

  @Test
  void wrong_sql_is_the_projects_fault_and_shown_where_the_user_wrote_it() {
    session.execute(Sql.of("CREATE TABLE t (id integer PRIMARY KEY)"));
    record Wrong(String sql, int line, int column) {}
    for (Wrong wrong :
        List.of(
            new Wrong("SELECT id\nFROM missing", 4, 6),
            new Wrong("SELECT id,\n  nothing FROM t", 4, 3),
            new Wrong("SELECT id FORM t WHERE", 3, 24))) {
      DatabaseException refused =
          catchThrowableOfType(
              DatabaseException.class,
              () ->
                  session.query(
                      Sql.of(
                          "SELECT {} FROM (\n{}) AS v WHERE {}",
                          Sql.user(fragment("'🙂' AS x")),
                          Sql.user(fragment(wrong.sql())),
                          Sql.user(fragment("TRUE"))),
                      row -> row.number(1)));
      assertThat(refused.kind()).as(wrong.sql()).isEqualTo(FailureKind.DEFINITION);
      assertThat(refused.problem().orElseThrow().position())
          .as(wrong.sql())
          .isEqualTo(new Position(Path.of("invariants/x.yaml"), wrong.line(), wrong.column()));
    }
  }

  @Test
  void a_lock_that_is_not_free_in_time_is_contention() {
    session.execute(Sql.of("CREATE TABLE t (id integer PRIMARY KEY, n integer)"));
    session.execute(Sql.of("INSERT INTO t VALUES (1, 1)"));
    try (Session other = database.openForWriting(SHORT)) {
      session.transaction(
          () -> {
            session.execute(Sql.of("UPDATE t SET n = 2"));
            assertThat(
                    failure(
                        () -> other.transaction(() -> other.execute(Sql.of("UPDATE t SET n = 3")))))
                .isEqualTo(FailureKind.CONTENTION);
            return 0;
          });
      // The session that gave way is whole: the same again succeeds.
      assertThat(other.<Long>transaction(() -> other.execute(Sql.of("UPDATE t SET n = 3"))))
          .isEqualTo(1);
    }
    assertThat(rows("SELECT n FROM t")).containsExactly(row("3"));
  }

  @Test
  void every_failure_says_what_is_safe_and_what_to_do() {
    DatabaseException refused =
        catchThrowableOfType(
            DatabaseException.class, () -> session.execute(Sql.of("SELECT FROM WHERE")));
    assertThat(List.of(refused.what(), refused.safe(), refused.next()))
        .allSatisfy(part -> assertThat(part.toLowerCase(Locale.ROOT)).isNotBlank());
  }
}
