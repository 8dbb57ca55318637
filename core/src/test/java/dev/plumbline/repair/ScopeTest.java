package dev.plumbline.repair;

import static dev.plumbline.repair.Repairs.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.dialect.Key;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A part of an invariant: repaired, and verified in just that part. */
class ScopeTest {
  private static final String DOUBLED =
      """
      says: The double is twice the number.
      table: numbers
      derive: {doubled: id * 2}
      """;
  private static final String LISTED =
      """
      says: Each number is listed.
      every: SELECT id, kind FROM numbers
      has: listed
      match: [id]
      """;

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void numbers() {
    database.execute(
        "CREATE TABLE numbers (id integer PRIMARY KEY, doubled integer, kind text)",
        "INSERT INTO numbers SELECT i, 0, CASE WHEN i % 2 = 0 THEN 'even' ELSE 'odd' END"
            + " FROM generate_series(1, 1000) AS i",
        "CREATE TABLE listed (id integer PRIMARY KEY)");
  }

  private static Key key(int id) {
    return new Key(List.of(String.valueOf(id)));
  }

  @Test
  void the_invariant_s_own_where_may_name_any_column_of_the_table() {
    for (String condition :
        List.of("id > 900", "doubled = 0 AND id <= 100", "kind = 'odd' AND id < 500")) {
      RunReport report = Repairs.run(database, DOUBLED + "where: \"" + condition + "\"\n");
      assertThat(report.exitCode()).as(condition).isEqualTo(ExitCode.OK);
    }
    assertThat(count(database, "numbers WHERE doubled <> 0")).isEqualTo(100 + 100 + 200);
  }

  @Test
  void where_repairs_only_what_it_is_about() {
    RepairOptions even = Repairs.where("kind = 'even' AND doubled = 0");
    assertThat(Repairs.plan(database, DOUBLED, even).strategy()).isEqualTo(Strategy.WORKLIST);
    RunReport report = Repairs.run(database, DOUBLED, even);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(500);
    assertThat(report.run().remaining()).hasValue(0);
    assertThat(count(database, "numbers WHERE doubled = id * 2 AND kind = 'even'")).isEqualTo(500);
    assertThat(count(database, "numbers WHERE doubled = 0 AND kind = 'odd'")).isEqualTo(500);
  }

  @Test
  void a_row_that_leaves_the_scope_without_being_right_is_not_lost_sight_of() {
    database.execute(
        """
        CREATE FUNCTION ninety_nine() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN NEW.doubled := 99; RETURN NEW; END'""",
        "CREATE TRIGGER ninety_nine BEFORE UPDATE ON numbers FOR EACH ROW WHEN (OLD.id = 4)"
            + " EXECUTE FUNCTION ninety_nine()");
    RunReport report =
        Repairs.run(database, DOUBLED, Repairs.where("doubled = 0 AND kind = 'even' AND id < 10"));
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().remaining()).hasValue(1);
    assertThat(report.unrepairable()).isEqualTo(1);
    assertThat(report.setAside().getFirst().key()).isEqualTo(key(4));
    assertThat(count(database, "numbers WHERE doubled = id * 2")).isEqualTo(3);
  }

  @Test
  void without_a_trigger_a_further_pass_finds_such_a_row() {
    database.execute("CREATE TABLE pairs (id integer PRIMARY KEY, a integer, b integer)");
    database.execute("INSERT INTO pairs VALUES (1, 0, 1), (2, 0, 0)");
    String swapping =
        "says: Each is one more than the other.\ntable: pairs\nderive: {a: b + 1, b: a + 1}\n";
    RunReport report = Repairs.run(database, swapping, Repairs.where("a = 0"));
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.unrepairable()).isEqualTo(2);
  }

  @Test
  void a_key_that_no_row_has_is_refused() {
    assertThatThrownBy(() -> Repairs.plan(database, DOUBLED, Repairs.keys(key(5), key(5_000))))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.what()).contains("`5000` is the key of no row");
            });
  }

  @Test
  void keys_are_repaired_and_no_others() {
    database.execute("UPDATE numbers SET doubled = 18 WHERE id = 9");
    RepairOptions three = Repairs.keys(key(5), key(7), key(9));
    assertThat(Repairs.plan(database, DOUBLED, three).violations()).isEqualTo(2);
    RunReport report = Repairs.run(database, DOUBLED, three);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(2);
    assertThat(database.query("SELECT id, doubled FROM numbers WHERE doubled <> 0 ORDER BY 1"))
        .containsExactly(List.of("5", "10"), List.of("7", "14"), List.of("9", "18"));
  }

  @Test
  void a_limit_is_verified_by_the_keys_that_were_taken() {
    RunReport report = Repairs.run(database, DOUBLED, Repairs.limit(30));
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(30);
    assertThat(report.run().remaining()).hasValue(0);
    assertThat(count(database, "numbers WHERE doubled <> 0")).isEqualTo(30);
    RunReport next = Repairs.run(database, DOUBLED, Repairs.limit(5_000));
    assertThat(next.run().changed()).isEqualTo(970);
  }

  @Test
  void a_limit_does_not_hide_what_could_not_be_repaired() {
    database.execute("ALTER TABLE numbers ADD CHECK (doubled <> 20) NOT VALID");
    RunReport report = Repairs.run(database, DOUBLED, Repairs.limit(30));
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().changed()).isEqualTo(29);
    assertThat(report.run().remaining()).hasValue(1);
  }

  @Test
  void all_three_together() {
    Scope scope =
        new Scope(
            Optional.of("kind = 'odd'"),
            List.of(key(1), key(2), key(3), key(5)),
            OptionalLong.of(2));
    RunReport report = Repairs.run(database, DOUBLED, Repairs.options(scope));
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.query("SELECT id FROM numbers WHERE doubled <> 0 ORDER BY 1"))
        .containsExactly(List.of("1"), List.of("3"));
  }

  @Test
  void of_every_the_scope_is_over_the_rows_of_its_query() {
    assertThat(Repairs.run(database, LISTED, Repairs.where("kind = 'even'")).run().changed())
        .isEqualTo(500);
    assertThat(Repairs.run(database, LISTED, Repairs.keys(key(1), key(2))).run().changed())
        .isEqualTo(1);
    assertThat(Repairs.run(database, LISTED, Repairs.limit(10)).run().changed()).isEqualTo(10);
    assertThat(count(database, "listed")).isEqualTo(511);
  }

  @Test
  void nothing_in_scope_is_a_run_that_succeeds() {
    RunReport report = Repairs.run(database, DOUBLED, Repairs.where("id > 5000"));
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isZero();
  }

  @Test
  void a_condition_that_is_no_sql_is_an_error_of_the_command_line() {
    assertThatThrownBy(() -> Repairs.plan(database, DOUBLED, Repairs.where("knd = 'even'")))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROJECT))
        .hasMessageContaining("--where:1:1")
        .hasMessageContaining("column \"knd\" does not exist");
  }

  @Test
  void a_condition_cannot_break_out_of_its_place() {
    for (String trick : List.of("id < 0) OR (TRUE", "TRUE; DELETE FROM numbers", "(TRUE", "")) {
      assertThatThrownBy(() -> Repairs.run(database, DOUBLED, Repairs.where(trick)))
          .as(trick)
          .isInstanceOfSatisfying(
              PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROJECT));
    }
    assertThat(count(database, "numbers WHERE doubled = 0")).isEqualTo(1_000);
    assertThat(Repairs.run(database, DOUBLED, Repairs.where("id < 3 -- two")).run().changed())
        .isEqualTo(2);
  }
}
