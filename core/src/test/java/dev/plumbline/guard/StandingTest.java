package dev.plumbline.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void what_a_derive_reads_and_is_no_longer_there_is_found() {
    database.execute("ALTER TABLE c ADD x int, ADD unread int", "ALTER TABLE p ADD unread int");
    Guarding guarding = Guarding.installed(database, COUNT.replace("count(*)", "sum(c.x)"));
    database.execute("ALTER TABLE c DROP unread", "ALTER TABLE p DROP unread");
    assertThat(findings(guarding)).isEmpty();

    database.execute("ALTER TABLE c RENAME x TO y", "ALTER TABLE p ALTER n TYPE bigint");
    assertThat(findings(guarding))
        .containsExactly(
            "MISSING column x on \"public\".\"c\"", "ALTERED column n on \"public\".\"p\"");
    assertThatThrownBy(() -> database.execute("INSERT INTO c VALUES (1, 1)"))
        .hasMessageContaining("does not exist");
    database.execute("ALTER TABLE c RENAME y TO x");
    assertThat(guarding.plan().state()).isEqualTo(GuardPlan.State.DAMAGED);
    guarding.install();
    assertThat(findings(guarding)).isEmpty();
  }

  @Test
  void what_a_derive_of_the_row_or_of_a_query_reads_is_found_missing() {
    database.execute("ALTER TABLE p ADD a int, ADD b int", "ALTER TABLE c ADD x int, ADD z int");
    Guarding row = Guarding.of(database, "row", "table: p\nderive: {n: p.a + 1}\n");
    Guarding query =
        Guarding.of(
            database,
            "query",
            "table: p\nderive: {b: sum(x)}\nfrom: SELECT * FROM c AS k WHERE k.z > 0\n"
                + "by: {p_id: id}\n");
    row.install();
    query.install();
    assertThat(row.standing().getLast().intact()).isTrue();
    assertThat(query.standing().getFirst().intact()).isTrue();
    database.execute("ALTER TABLE p DROP a", "ALTER TABLE c DROP x, DROP z");
    assertThat(row.standing().stream().flatMap(s -> s.findings().stream()))
        .filteredOn(f -> f.fault() == Fault.MISSING)
        .extracting(Standing.Finding::object)
        .containsExactlyInAnyOrder(
            "column x on \"public\".\"c\"",
            "column z on \"public\".\"c\"",
            "column a on \"public\".\"p\"");
  }

  @Test
  void what_an_every_reads_and_is_no_longer_there_is_found() {
    EnrolledTables.make(database);
    database.execute(
        "ALTER TABLE groups ADD unread int", "ALTER TABLE course_enrollments ADD unread int");
    Guarding guarding = Guarding.installed(database, EveryGuardTest.ENROLLED);
    database.execute(
        "ALTER TABLE groups DROP unread", "ALTER TABLE course_enrollments DROP unread");
    assertThat(findings(guarding)).isEmpty();

    database.execute(
        "ALTER TABLE courses RENAME TO lectures",
        "ALTER TABLE users DROP email",
        "ALTER TABLE course_enrollments RENAME origin TO source");
    assertThat(findings(guarding))
        .containsExactlyInAnyOrder(
            "MISSING table \"public\".\"courses\"",
            "MISSING column email on \"public\".\"users\"",
            "MISSING column origin on \"public\".\"course_enrollments\"");
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
