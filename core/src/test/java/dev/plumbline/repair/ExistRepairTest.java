package dev.plumbline.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.dialect.Key;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.ProjectException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Settings;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.journal.SetAside;
import dev.plumbline.rollback.Rollback;
import dev.plumbline.rollback.RollbackOptions;
import dev.plumbline.rollback.RollbackPlan;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.Until;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExistRepairTest {
  private static final String INDEXES =
      "SELECT indexname FROM pg_indexes WHERE tablename = 't' ORDER BY indexname";
  private static final String THREE =
      """
      exist:
        - CREATE INDEX t_a ON t (a)
        - CREATE UNIQUE INDEX t_b ON t (b)
        - CREATE INDEX CONCURRENTLY t_c ON t (lower(c)) WHERE a > 0
      """;

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void makes_a_table() {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, a int, b int, c text)",
        "INSERT INTO t SELECT i, i % 10, i, 'x' || i FROM generate_series(1, 500) i");
  }

  private Rollback rollback() {
    return new Rollback(Cases.database(database), Settings.standard());
  }

  private RunReport rolledBack(long run) {
    return rollback().run(rollback().plan(run, RollbackOptions.whole()), new Listener() {});
  }

  @Test
  void plans_without_making_anything() {
    database.execute("CREATE INDEX t_a ON t (a, b)");

    RepairPlan plan = Repairs.plan(database, THREE);

    assertThat(plan.violations()).isEqualTo(3);
    assertThat(plan.hopeless()).isEqualTo(1);
    assertThat(plan.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(plan.notes())
        .containsExactly(
            "t_a is there, but it is another one; it is left as it is:"
                + " CREATE INDEX t_a ON public.t USING btree (a, b)");
    assertThat(plan.steps())
        .extracting(s -> s.statements().getLast())
        .containsExactly(
            "CREATE UNIQUE INDEX t_b ON t (b)",
            "CREATE INDEX CONCURRENTLY t_c ON t (lower(c)) WHERE a > 0");
    assertThat(database.query(INDEXES)).containsExactly(List.of("t_a"), List.of("t_pkey"));
    assertThat(database.queryValue("SELECT to_regclass('plumb.runs')")).isNull();
  }

  @Test
  void makes_what_is_missing_and_a_rollback_drops_it() {
    RunReport report = Repairs.run(database, THREE);

    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(3);
    assertThat(report.after().orElseThrow().counts().orElseThrow().violations()).isZero();
    assertThat(report.changes()).extracting(c -> c.images().change()).containsOnly(Change.CREATE);
    assertThat(database.query(INDEXES)).hasSize(4);
    assertThat(Repairs.plan(database, THREE).steps()).isEmpty();

    RunReport back = rolledBack(report.run().id());
    assertThat(back.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.query(INDEXES)).containsExactly(List.of("t_pkey"));
    assertThat(rollback().plan(report.run().id(), RollbackOptions.whole()).nothingToDo()).isTrue();

    RunReport again = rolledBack(back.run().id());
    assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(Repairs.plan(database, THREE).steps()).isEmpty();
  }

  @Test
  void one_that_fails_does_not_stop_the_others() {
    database.execute("UPDATE t SET b = 7 WHERE id = 8");

    RunReport report = Repairs.run(database, THREE);

    assertThat(report.run().state()).isEqualTo(RunState.FAILED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().changed()).isEqualTo(2);
    assertThat(report.quarantined()).isEqualTo(1);
    SetAside aside = report.setAside().getFirst();
    assertThat(aside.key()).isEqualTo(new Key(List.of("t_b")));
    assertThat(aside.sqlState()).hasValue("23505");

    database.execute("UPDATE t SET b = 8 WHERE id = 8");
    RunReport resumed = Repairs.resume(database, report.run().id(), Cases.invariant(THREE));
    assertThat(resumed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(resumed.run().changed()).isEqualTo(3);
  }

  @Test
  void another_index_of_that_name_is_a_finding_and_stays() {
    database.execute("CREATE INDEX t_b ON t (b DESC, a)");
    String yaml = THREE.replace("CREATE UNIQUE INDEX t_b", "CREATE UNIQUE INDEX IF NOT EXISTS t_b");

    RunReport report = Repairs.run(database, yaml);

    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().changed()).isEqualTo(2);
    assertThat(report.unrepairable()).isEqualTo(1);
    assertThat(report.setAside().getFirst().message()).contains("(b DESC, a)");
    assertThat(database.queryValue("SELECT indexdef FROM pg_indexes WHERE indexname = 't_b'"))
        .contains("(b DESC, a)");
  }

  @Test
  void an_invalid_index_is_built_anew() {
    database.execute("UPDATE t SET b = 7 WHERE id = 8");
    assertThatThrownBy(() -> database.execute("CREATE UNIQUE INDEX CONCURRENTLY t_b ON t (b)"))
        .hasMessageContaining("could not create unique index");
    database.execute("UPDATE t SET b = 8 WHERE id = 8");
    assertThat(Repairs.plan(database, THREE).notes())
        .containsExactly(
            "t_b is invalid, left behind by a failed build: it is dropped and built anew. A"
                + " rollback drops the new one, and does not bring the invalid one back.");

    RunReport report = Repairs.run(database, THREE);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.queryValue("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
        .isEqualTo("0");
    assertThat(rolledBack(report.run().id()).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.query(INDEXES)).containsExactly(List.of("t_pkey"));
  }

  @Test
  void an_index_is_looked_for_and_made_in_the_schema_that_the_statement_names() {
    database.execute(
        "CREATE INDEX t_a ON t (a)", // of the same name, on a table of the same name
        "CREATE SCHEMA other",
        "CREATE TABLE other.t (id int PRIMARY KEY, a int)");
    String yaml = "exist: [CREATE INDEX t_a ON other.t (a)]";
    String there = "SELECT schemaname FROM pg_indexes WHERE indexname = 't_a' ORDER BY 1";
    assertThat(Repairs.plan(database, yaml).violations()).isEqualTo(1);

    RunReport report = Repairs.run(database, yaml);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(1);
    assertThat(database.query(there)).containsExactly(List.of("other"), List.of("public"));

    assertThat(rolledBack(report.run().id()).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.query(there)).containsExactly(List.of("public"));
    assertThatThrownBy(() -> Repairs.plan(database, "exist: [CREATE INDEX t_a ON gone.t (a)]"))
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining("gone.t");
  }

  @Test
  void a_concurrent_build_that_fails_leaves_nothing_behind() {
    database.execute("UPDATE t SET b = 7 WHERE id = 8");

    RunReport report =
        Repairs.run(database, "exist: [\"CREATE UNIQUE INDEX CONCURRENTLY t_b ON t (b)\"]");

    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.setAside().getFirst().sqlState()).hasValue("23505");
    assertThat(report.changes()).isEmpty();
    assertThat(database.query(INDEXES)).containsExactly(List.of("t_pkey"));
  }

  @Test
  void a_run_killed_in_the_middle_of_a_concurrent_build_is_resumed() throws Exception {
    String yaml = "exist: [CREATE INDEX CONCURRENTLY t_c ON t (c)]";
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("UPDATE t SET a = a WHERE id = 1"); // the build waits for its end
      try (JavaProcess process =
          JavaMain.of(ExistProcess.class).arguments(database.url(), yaml).start()) {
        Until.holds(
            "the build waits",
            () ->
                "1"
                    .equals(
                        database.queryValue(
                            """
                            SELECT count(*) FROM pg_stat_activity
                            WHERE query LIKE 'CREATE INDEX CONCURRENTLY%' AND wait_event_type = 'Lock'
                            """)));
        process.kill9();
      }
      other.rollback();
    }
    long run = Repairs.count(database, "plumb.runs");
    assertThat(run).isEqualTo(1);

    RunReport report = Repairs.resume(database, run, Cases.invariant(yaml));

    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.changes()).hasSize(1).allMatch(c -> c.rows() == 1);
    assertThat(database.queryValue("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
        .isEqualTo("0");
    assertThat(rolledBack(run).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.query(INDEXES)).containsExactly(List.of("t_pkey"));
  }

  @Test
  void a_rollback_keeps_what_somebody_has_made_otherwise() {
    long run = Repairs.run(database, THREE).run().id();
    database.execute("DROP INDEX t_a", "CREATE INDEX t_a ON t (a DESC)", "DROP INDEX t_b");

    RollbackPlan plan = rollback().plan(run, RollbackOptions.whole());
    assertThat(plan.restored()).isEqualTo(1);
    assertThat(plan.already()).isEqualTo(1);
    assertThat(plan.conflicts()).isEqualTo(1);
    RunReport back = rollback().run(plan, new Listener() {});

    assertThat(back.exitCode()).isEqualTo(ExitCode.WARNING);
    assertThat(back.setAside()).extracting(SetAside::message).containsExactly("t_a: changed since");
    assertThat(database.query(INDEXES)).containsExactly(List.of("t_a"), List.of("t_pkey"));
  }

  @Test
  void an_index_that_a_constraint_needs_by_now_is_reported() {
    long run = Repairs.run(database, THREE).run().id();
    database.execute("ALTER TABLE t ADD CONSTRAINT t_b UNIQUE USING INDEX t_b");

    RunReport back = rolledBack(run);

    assertThat(back.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(back.quarantined()).isEqualTo(1);
    assertThat(back.run().changed()).isEqualTo(2);
  }

  @Test
  void only_the_objects_asked_for() {
    RunReport report = Repairs.run(database, THREE, Repairs.keys(new Key(List.of("t_c"))));

    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.query(INDEXES)).containsExactly(List.of("t_c"), List.of("t_pkey"));
    assertThatThrownBy(() -> Repairs.plan(database, THREE, Repairs.keys(new Key(List.of("t_d")))))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
    assertThatThrownBy(() -> Repairs.plan(database, THREE, Repairs.where("a > 1")))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
  }
}
