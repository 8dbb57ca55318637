package dev.plumbline.repair;

import static dev.plumbline.repair.Repairs.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.dialect.Key;
import dev.plumbline.error.ExitCode;
import dev.plumbline.execution.RunReport;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.journal.SetAside;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One bad row stops itself, not the run. */
class PoisonRowsTest {
  private static final String DOUBLED =
      """
      says: The double is twice the number.
      table: numbers
      derive: {doubled: id * 2}
      """;
  private static final List<Integer> POISON = List.of(1, 777, 778, 4_999, 5_000, 9_999, 10_000);

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  /** Ten thousand wrong rows, and so many right ones that their list or a scan is the cheaper. */
  private void numbers(Strategy strategy) {
    database.execute(
        "CREATE TABLE numbers (id integer PRIMARY KEY, doubled integer)",
        "INSERT INTO numbers SELECT i, 0 FROM generate_series(1, 10000) AS i",
        strategy == Strategy.SCAN
            ? "SELECT 1"
            : "INSERT INTO numbers SELECT i, i * 2 FROM generate_series(10001, 60000) AS i");
  }

  private void refuse() {
    database.execute(
        "ALTER TABLE numbers ADD CONSTRAINT not_these CHECK (doubled NOT IN"
            + " (2, 1554, 1556, 9998, 10000, 19998, 20000)) NOT VALID");
  }

  @ParameterizedTest
  @CsvSource({"SCAN, 1", "SCAN, 2", "WORKLIST, 1", "WORKLIST, 2"})
  void seven_of_ten_thousand_are_set_aside_and_repaired_once_the_cause_is_gone(
      Strategy strategy, int workers) {
    numbers(strategy);
    refuse();
    Invariant invariant = Cases.invariant(DOUBLED);
    RepairPlan plan = Repairs.plan(database, DOUBLED, Repairs.batches(1_000, workers));
    assertThat(plan.strategy()).isEqualTo(strategy);

    RunReport report = Repairs.run(database, DOUBLED, Repairs.batches(1_000, workers));

    assertThat(report.run().state()).isEqualTo(RunState.FAILED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().changed()).isEqualTo(9_993);
    assertThat(report.run().remaining()).hasValue(7);
    assertThat(report.quarantined()).isEqualTo(7);
    assertThat(report.unrepairable()).isZero();
    assertThat(report.setAside().stream().map(SetAside::key))
        .containsExactlyInAnyOrderElementsOf(
            POISON.stream().map(id -> new Key(List.of(String.valueOf(id)))).toList());
    assertThat(report.setAside())
        .allSatisfy(
            aside -> {
              assertThat(aside.reason()).isEqualTo(SetAside.Reason.QUARANTINED);
              assertThat(aside.sqlState()).hasValue("23514");
              assertThat(aside.message())
                  .startsWith(
                      "new row for relation \"numbers\" violates check constraint \"not_these\"");
            });
    assertThat(count(database, "numbers WHERE doubled = 0")).isEqualTo(7);
    Repairs.imagesAreComplete(database, report, 1, 9_993);

    database.execute("ALTER TABLE numbers DROP CONSTRAINT not_these");
    RunReport resumed = Repairs.resume(database, report.run().id(), invariant);

    assertThat(resumed.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(resumed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(resumed.run().changed()).isEqualTo(10_000);
    assertThat(resumed.quarantined()).isZero();
    assertThat(count(database, "numbers WHERE doubled <> id * 2")).isZero();
    Repairs.imagesAreComplete(database, resumed, 1, 10_000);
  }

  @Test
  void resumed_while_the_cause_is_still_there_it_fails_again_with_the_same_rows() {
    numbers(Strategy.SCAN);
    refuse();
    long run = Repairs.run(database, DOUBLED).run().id();
    RunReport again = Repairs.resume(database, run, Cases.invariant(DOUBLED));
    assertThat(again.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(again.quarantined()).isEqualTo(7);
    assertThat(again.run().changed()).isEqualTo(9_993);
    Repairs.imagesAreComplete(database, again, 1, 9_993);
  }

  @Test
  void an_error_that_a_trigger_raises_sets_its_row_aside_with_the_trigger_s_words() {
    numbers(Strategy.SCAN);
    database.execute(
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN IF NEW.id % 2500 = 0 THEN RAISE EXCEPTION ''not number %'', NEW.id; END IF;
         RETURN NEW; END'\
        """,
        "CREATE TRIGGER refuse BEFORE UPDATE ON numbers FOR EACH ROW EXECUTE FUNCTION refuse()");
    RunReport report = Repairs.run(database, DOUBLED, Repairs.batches(1_000, 1));
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.setAside().stream().map(SetAside::message))
        .containsExactlyInAnyOrder(
            "not number 2500", "not number 5000", "not number 7500", "not number 10000");
    assertThat(report.setAside().stream().map(s -> s.sqlState().orElseThrow()))
        .containsOnly("P0001");
    Repairs.imagesAreComplete(database, report, 1, 9_996);
  }

  /** A deferred constraint speaks up only at the batch's commit. */
  @Test
  void a_row_that_fails_at_commit_is_set_aside_too() {
    numbers(Strategy.SCAN);
    database.execute(
        "CREATE TABLE allowed (doubled integer PRIMARY KEY)",
        "INSERT INTO allowed SELECT i * 2 FROM generate_series(0, 10000) AS i WHERE i <> 4321",
        "ALTER TABLE numbers ADD CONSTRAINT known FOREIGN KEY (doubled) REFERENCES allowed"
            + " DEFERRABLE INITIALLY DEFERRED");
    RunReport report = Repairs.run(database, DOUBLED);
    assertThat(report.setAside())
        .singleElement()
        .satisfies(
            aside -> {
              assertThat(aside.key()).isEqualTo(new Key(List.of("4321")));
              assertThat(aside.sqlState()).hasValue("23503");
            });
    assertThat(report.run().changed()).isEqualTo(9_999);
  }

  @Test
  void rows_with_composite_keys_are_set_aside_once_and_not_tried_in_a_further_pass() {
    database.execute(
        "CREATE TABLE cells (a integer, b text, doubled integer, PRIMARY KEY (a, b))",
        "INSERT INTO cells SELECT i / 10, 'b' || i % 10, 0 FROM generate_series(1, 1000) AS i",
        "ALTER TABLE cells ADD CHECK (doubled <> 84) NOT VALID");
    String yaml =
        """
        says: The double is twice a.
        table: cells
        derive: {doubled: a * 2}
        """;
    RunReport report = Repairs.run(database, yaml, Repairs.batches(100, 1));
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.quarantined()).isEqualTo(10);
    assertThat(report.run().pass()).as("no further pass tries them again").isZero();
    assertThat(report.run().changed()).isEqualTo(981);
  }

  @Test
  void inserts_that_fail_are_set_aside_too() {
    database.execute(
        "CREATE TABLE wanted (id integer PRIMARY KEY)",
        "INSERT INTO wanted SELECT generate_series(1, 1000)",
        "CREATE TABLE present (id integer PRIMARY KEY CHECK (id % 300 <> 0))");
    String yaml =
        """
        says: What is wanted is present.
        every: SELECT id FROM wanted
        has: present
        match: [id]
        """;
    RunReport report = Repairs.run(database, yaml, Repairs.batches(100, 2));
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.setAside().stream().map(s -> s.key().toString()))
        .containsExactlyInAnyOrder("300", "600", "900");
    assertThat(count(database, "present")).isEqualTo(997);
    database.execute("ALTER TABLE present DROP CONSTRAINT present_id_check");
    RunReport resumed = Repairs.resume(database, report.run().id(), Cases.invariant(yaml));
    assertThat(resumed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(count(database, "present")).isEqualTo(1_000);
    Repairs.imagesAreComplete(database, resumed, 1, 1_000);
  }
}
