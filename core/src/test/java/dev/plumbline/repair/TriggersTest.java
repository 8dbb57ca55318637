package dev.plumbline.repair;

import static dev.plumbline.repair.Repairs.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.journal.SetAside;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user's triggers fire as for any write; what they do to the row itself is not lost. */
class TriggersTest {
  private static final String DOUBLED =
      """
      says: The double is twice the number.
      table: numbers
      derive: {doubled: id * 2}
      """;

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void numbers() {
    database.execute(
        "CREATE TABLE numbers (id integer PRIMARY KEY, doubled integer, changed text)",
        "INSERT INTO numbers SELECT i, 0, 'never' FROM generate_series(1, 100) AS i");
  }

  private void trigger(String table, String when, String body) {
    database.execute(
        "CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN " + body + " END$$",
        "CREATE TRIGGER acting " + when + " ON " + table + " FOR EACH ROW EXECUTE FUNCTION act()");
  }

  @Test
  void what_a_trigger_changes_in_the_row_is_kept_before_and_after() {
    trigger("numbers", "BEFORE UPDATE", "NEW.changed := 'now'; RETURN NEW;");
    RepairPlan plan = Repairs.plan(database, DOUBLED);
    assertThat(plan.notes())
        .anySatisfy(note -> assertThat(note).contains("Triggers of numbers fire", "acting"));
    RunReport report = Repairs.run(database, DOUBLED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    Repairs.imagesAreComplete(database, report, 1, 100);
    assertThat(database.query("SELECT b1, b2, b3, a1, a2, a3 FROM plumb.image_1_1 WHERE k1 = 7"))
        .containsExactly(List.of("7", "0", "never", "7", "14", "now"));
  }

  @Test
  void a_trigger_of_inserted_and_deleted_rows_is_seen_in_their_images() {
    trigger("numbers", "BEFORE INSERT", "NEW.changed := 'inserted'; RETURN NEW;");
    RunReport report =
        Repairs.run(
            database,
            """
            says: Each number up to 150 is there.
            every: SELECT i AS id FROM generate_series(1, 150) AS i
            has: numbers
            match: [id]
            insert: {changed: asked}
            """);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.query("SELECT DISTINCT a3 FROM plumb.image_1_1"))
        .containsExactly(List.of("inserted"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"numbers", "odd"})
  void a_row_whose_change_a_trigger_suppresses_is_set_aside_and_the_trigger_named(String on) {
    database.execute(
        "DROP TABLE numbers",
        "CREATE TABLE numbers (id integer, doubled integer, changed text, odd boolean"
            + " DEFAULT false, PRIMARY KEY (odd, id)) PARTITION BY LIST (odd)",
        "CREATE TABLE even PARTITION OF numbers FOR VALUES IN (false)",
        "CREATE TABLE odd PARTITION OF numbers FOR VALUES IN (true)",
        "INSERT INTO numbers SELECT i, 0, '', i % 2 = 1 FROM generate_series(1, 100) AS i");
    trigger(on, "BEFORE UPDATE", "IF NEW.id = 7 THEN RETURN NULL; END IF; RETURN NEW;");

    RunReport report = Repairs.run(database, DOUBLED);

    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.setAside())
        .singleElement()
        .satisfies(
            aside -> {
              assertThat(aside.reason()).isEqualTo(SetAside.Reason.QUARANTINED);
              assertThat(aside.key().values()).containsExactly("true", "7");
              assertThat(aside.message()).contains("trigger", "acting");
            });
    assertThat(report.run().changed()).isEqualTo(99);
    assertThat(count(database, "plumb.image_1_1")).isEqualTo(99);
    assertThat(count(database, "numbers WHERE doubled = id * 2")).isEqualTo(99);
  }

  @Test
  void a_trigger_that_undoes_the_change_leaves_a_violation_that_is_reported() {
    trigger("numbers", "BEFORE UPDATE", "IF NEW.id = 7 THEN NEW.doubled := 0; END IF; RETURN NEW;");
    RunReport report = Repairs.run(database, DOUBLED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().remaining()).hasValue(1);
    assertThat(report.unrepairable()).isEqualTo(1);
    assertThat(report.setAside().getFirst().message()).contains("trigger", "acting");
    assertThat(count(database, "numbers WHERE doubled = id * 2")).isEqualTo(99);
  }

  @Test
  void a_row_whose_insert_a_trigger_suppresses_is_unrepairable_and_the_trigger_named() {
    trigger("numbers", "BEFORE INSERT", "IF NEW.id = 107 THEN RETURN NULL; END IF; RETURN NEW;");
    RunReport report =
        Repairs.run(
            database,
            """
            says: Each number up to 150 is there.
            every: SELECT i AS id FROM generate_series(1, 150) AS i
            has: numbers
            match: [id]
            """);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().changed()).isEqualTo(49);
    assertThat(report.setAside())
        .singleElement()
        .satisfies(
            aside -> {
              assertThat(aside.reason()).isEqualTo(SetAside.Reason.UNREPAIRABLE);
              assertThat(aside.key().values()).containsExactly("107");
              assertThat(aside.message()).contains("trigger", "acting");
            });
  }

  @Test
  void disabled_triggers_do_not_count() {
    trigger("numbers", "BEFORE UPDATE", "RETURN NULL;");
    database.execute("ALTER TABLE numbers DISABLE TRIGGER acting");
    assertThat(Repairs.plan(database, DOUBLED).notes()).isEmpty();
    assertThat(Repairs.run(database, DOUBLED).exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void a_rule_that_rewrites_the_update_is_refused_by_the_database_itself() {
    database.execute("CREATE RULE nothing AS ON UPDATE TO numbers DO INSTEAD NOTHING");
    assertThatThrownBy(() -> Repairs.run(database, DOUBLED))
        .hasMessageContaining("cannot perform UPDATE RETURNING on relation");
  }
}
