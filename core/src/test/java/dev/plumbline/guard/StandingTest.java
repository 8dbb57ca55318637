package dev.plumbline.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.guard.Standing.Fault;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An installed guard is a claim: what is not as it was installed is found and named. */
class StandingTest {
  private static final String COUNT = "table: p\nderive: {n: count(*)}\nfrom: c\nby: {p_id: id}\n";

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void tables() {
    database.execute(
        "CREATE TABLE p (id int PRIMARY KEY, n int)",
        "CREATE TABLE c (id int PRIMARY KEY, p_id int)");
  }

  private static List<String> findings(Guarding guarding) {
    return guarding.standing().getFirst().findings().stream()
        .map(f -> f.fault() + " " + f.object())
        .toList();
  }

  @Test
  void nothing_stands_before() {
    assertThat(Guarding.of(database, COUNT).standing()).isEmpty();
  }

  @Test
  void is_intact_after_its_installation_and_again_after_each_mending() {
    Guarding guarding = Guarding.installed(database, COUNT);
    assertThat(guarding.standing().getFirst().intact()).isTrue();
    assertThat(guarding.plan().state()).isEqualTo(GuardPlan.State.STANDS);

    database.execute("ALTER TABLE c DISABLE TRIGGER \"plumb_guard_test-invariant_source_insert\"");
    assertThat(findings(guarding))
        .containsExactly(
            "DISABLED trigger plumb_guard_test-invariant_source_insert on \"public\".\"c\"");
    database.execute("DROP TRIGGER \"plumb_guard_test-invariant_source_update\" ON c");
    database.execute(
        "CREATE OR REPLACE FUNCTION plumb.\"guard_test-invariant_fill\"() RETURNS trigger"
            + " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
    assertThat(guarding.standing().getFirst().findings().stream().map(Standing.Finding::fault))
        .containsExactlyInAnyOrder(Fault.DISABLED, Fault.MISSING, Fault.ALTERED);
    assertThat(guarding.plan().state()).isEqualTo(GuardPlan.State.DAMAGED);

    guarding.install();
    assertThat(guarding.standing().getFirst().intact()).isTrue();
    guarding.holdsAfter("INSERT INTO p VALUES (1, 5)", "INSERT INTO c VALUES (1, 1)");
  }

  @Test
  void is_outdated_when_the_invariant_has_changed_and_then_replaced() {
    Guarding.installed(database, COUNT);
    Guarding changed = Guarding.of(database, COUNT.replace("count(*)", "2 * count(*)"));
    assertThat(findings(changed)).containsExactly("OUTDATED invariant test-invariant");
    assertThat(changed.plan().state()).isEqualTo(GuardPlan.State.OUTDATED);
    changed.install();
    changed.holdsAfter("INSERT INTO p VALUES (1, 5)", "INSERT INTO c VALUES (1, 1), (2, 1)");
    assertThat(database.queryValue("SELECT n FROM p")).isEqualTo("4");
  }

  @Test
  void can_be_dropped_and_made_again_after_its_tables_and_triggers_were_renamed() {
    Guarding guarding = Guarding.installed(database, COUNT);
    database.execute(
        "CREATE SCHEMA \"el se\"",
        "ALTER TABLE c RENAME TO \"d \"\"1\"\"\"",
        "ALTER TABLE \"d \"\"1\"\"\" SET SCHEMA \"el se\"",
        "ALTER TRIGGER \"plumb_guard_test-invariant_target_insert\" ON p RENAME TO other",
        "CREATE TABLE c (id int PRIMARY KEY, p_id int)");
    guarding.install();
    assertThat(guarding.plan().state()).isEqualTo(GuardPlan.State.STANDS);
    guarding.holdsAfter("INSERT INTO p VALUES (1, 5)", "INSERT INTO c VALUES (1, 1)");
    assertThat(database.queryValue("SELECT count(*) FROM pg_trigger WHERE tgname = 'other'"))
        .isEqualTo("0");

    database.execute("ALTER TABLE c RENAME TO e");
    guarding.drop();
    assertThat(guarding.standing()).isEmpty();
    database.execute(
        "INSERT INTO e VALUES (2, 1)", "INSERT INTO \"el se\".\"d \"\"1\"\"\" VALUES (1, 1)");
    assertThat(database.queryValue("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"))
        .isEqualTo("0");
  }

  @Test
  void names_of_any_sort_are_cut_and_told_apart() {
    String name = "how-many-" + "x".repeat(80);
    Guarding one = Guarding.of(database, name + "1", COUNT);
    Guarding other = Guarding.of(database, name + "2", COUNT);
    one.install();
    other.install();
    assertThat(one.plan().state()).isEqualTo(GuardPlan.State.STANDS);
    one.holdsAfter("INSERT INTO p VALUES (1, 5)", "INSERT INTO c VALUES (1, 1)");
    one.drop();
    other.holdsAfter("INSERT INTO c VALUES (2, 1)");
    other.drop();
    assertThat(other.standing()).isEmpty();
    assertThat(database.queryValue("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"))
        .isEqualTo("0");
  }
}
