package dev.plumbline.repair;

import static dev.plumbline.repair.Repairs.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.audit.Counts;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.project.InvariantReader;
import dev.plumbline.run.Listener;
import dev.plumbline.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Each row of a query gets its match. */
class EveryTest {
  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  private void membership() {
    database.execute(
        "CREATE TABLE members (person integer, club integer, role text, active boolean, since date)",
        """
        INSERT INTO members VALUES
          (1, 10, 'lead', true, '2024-01-01'),
          (2, 10, 'plain', true, '2024-01-02'),
          (2, 10, 'plain', true, '2024-01-02'),
          (3, 10, 'plain', false, '2024-01-03'),
          (4, 10, 'plain', true, '2024-01-04'),
          (5, 10, 'lead', true, '2024-01-05'),
          (5, 10, 'plain', true, '2024-01-06'),
          (6, NULL, 'plain', true, NULL),
          (NULL, 10, 'plain', true, NULL),
          (7, 10, 'lead', true, NULL),
          (7, 10, 'lead', true, NULL)""",
        """
        CREATE TABLE cards (person integer NOT NULL, club integer NOT NULL, valid boolean NOT NULL,
          title text, issued timestamptz DEFAULT now(), note text, PRIMARY KEY (club, person))""",
        "INSERT INTO cards VALUES (1, 10, true, 'old', now(), NULL), (4, 10, false, 'x', now(), 'n')");
  }

  private static final String CARDS =
      """
      says: Every active member has a valid card.
      every: SELECT person, club, role, since FROM members WHERE active
      has: cards
      match: [person, club]
      with: {valid: true}
      insert:
        title: {sql: upper(role)}
        note: "it's \\"new\\""
      """;

  @Test
  void missing_inactive_ambiguous_and_null_keys_are_told_apart() {
    membership();
    RepairPlan plan = Repairs.plan(database, CARDS);
    Counts counts = plan.before().counts().orElseThrow();
    assertThat(counts.missing()).as("persons 2 and 7").isEqualTo(2);
    assertThat(counts.inactive()).as("person 4").isEqualTo(1);
    assertThat(counts.ambiguous()).as("person 5 has two roles").isEqualTo(1);
    assertThat(counts.nullKeys()).isEqualTo(2);
    assertThat(counts.population()).hasValue(7);
    assertThat(plan.exitCode()).as("it knows already that some remain").isEqualTo(ExitCode.FAILED);

    RunReport report = Repairs.run(database, CARDS);

    assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(report.run().changed()).isEqualTo(3);
    assertThat(report.run().remaining()).hasValue(3);
    assertThat(report.quarantined()).isZero();
    assertThat(database.query("SELECT person, valid, title, note FROM cards ORDER BY person"))
        .containsExactly(
            Arrays.asList("1", "t", "old", null),
            List.of("2", "t", "PLAIN", "it's \"new\""),
            List.of("4", "t", "x", "n"),
            List.of("7", "t", "LEAD", "it's \"new\""));
  }

  @Test
  void what_can_be_repaired_is_and_the_run_succeeds_when_nothing_else_is_there() {
    membership();
    database.execute("DELETE FROM members WHERE person = 5 OR person IS NULL OR club IS NULL");
    RunReport report = Repairs.run(database, CARDS, Repairs.batches(1, 2));
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(3);
    assertThat(report.changes().stream().map(c -> c.rows())).containsExactly(2L, 1L);
  }

  @Test
  void with_may_be_an_expression_where_the_match_is_unique() {
    membership();
    database.execute("DELETE FROM members WHERE person = 5 OR person IS NULL OR club IS NULL");
    RunReport report =
        Repairs.run(
            database,
            """
            says: Every card bears the role.
            every: SELECT DISTINCT person, club, role FROM members WHERE active
            has: cards
            match: {person: person, club: club}
            with: {title: {sql: role}, valid: true}
            """);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(count(database, "cards WHERE title IN ('lead', 'plain') AND valid")).isEqualTo(4);
  }

  @Test
  void with_as_an_expression_is_refused_where_the_match_is_not_unique() {
    membership();
    database.execute("ALTER TABLE cards DROP CONSTRAINT cards_pkey, ADD id serial PRIMARY KEY");
    assertThatThrownBy(
            () ->
                Repairs.plan(
                    database,
                    CARDS
                        .replace("with: {valid: true}", "with: {title: {sql: role}}")
                        .replace("  title: {sql: upper(role)}\n", "")))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROJECT))
        .hasMessageContaining("no unique key of cards covers");
  }

  /** Several matching rows without a unique key: one that is as it must be is enough. */
  @Test
  void without_a_unique_key_one_good_row_is_enough_and_none_is_inserted_twice() {
    membership();
    database.execute(
        "ALTER TABLE cards DROP CONSTRAINT cards_pkey, ADD id serial PRIMARY KEY",
        "DELETE FROM members WHERE person = 5 OR person IS NULL OR club IS NULL",
        "INSERT INTO cards (person, club, valid) VALUES (4, 10, false), (1, 10, false)");
    RunReport report = Repairs.run(database, CARDS);
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(count(database, "cards WHERE person = 1 AND NOT valid")).isEqualTo(1);
    assertThat(count(database, "cards WHERE person = 4 AND valid")).isEqualTo(2);
    assertThat(count(database, "cards WHERE person IN (2, 7)")).isEqualTo(2);
  }

  @Test
  void two_repairs_at_once_insert_nothing_twice() {
    database.execute(
        "CREATE TABLE wanted (id integer)",
        "INSERT INTO wanted SELECT generate_series(1, 500)",
        "CREATE TABLE present (n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id integer)");
    List<CompletableFuture<RunReport>> runs =
        List.of("one", "two").stream()
            .map(name -> CompletableFuture.supplyAsync(() -> insertWanted(name)))
            .toList();
    List<RunReport> reports = runs.stream().map(CompletableFuture::join).toList();
    assertThat(reports).allMatch(report -> report.exitCode() == ExitCode.OK);
    assertThat(reports.stream().mapToLong(report -> report.run().changed()).sum()).isEqualTo(500);
    assertThat(count(database, "present")).isEqualTo(500);
    assertThat(count(database, "(SELECT DISTINCT id FROM present) AS d")).isEqualTo(500);
  }

  private RunReport insertWanted(String name) {
    Invariant invariant =
        InvariantReader.read(
            Path.of(name + ".yaml"),
            "says: What is wanted is present.\nevery: SELECT id FROM wanted\nhas: present\n"
                + "match: [id]\n");
    Repair repair = Repairs.of(database);
    return repair.run(repair.plan(invariant, Repairs.batches(50, 2)), new Listener() {});
  }

  /** Somebody inserts the row between the batch's look and its write. */
  @Test
  void a_row_that_has_appeared_meanwhile_is_left_alone() {
    database.execute(
        "CREATE TABLE wanted (id integer PRIMARY KEY)",
        "INSERT INTO wanted SELECT generate_series(1, 100)",
        "CREATE TABLE present (id integer PRIMARY KEY, by text DEFAULT 'the run')",
        """
        CREATE FUNCTION overtake() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN
           IF NEW.id = 20 THEN
             INSERT INTO present VALUES (25, ''somebody'') ON CONFLICT DO NOTHING;
           END IF;
           RETURN NEW;
         END'""",
        "CREATE TRIGGER overtake BEFORE INSERT ON present FOR EACH ROW EXECUTE FUNCTION overtake()");
    RunReport report =
        Repairs.run(
            database,
            "says: All there.\nevery: SELECT id FROM wanted\nhas: present\nmatch: [id]\n");
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(report.run().changed()).isEqualTo(99);
    assertThat(count(database, "present WHERE by = 'somebody'")).isEqualTo(1);
    assertThat(count(database, "plumb.image_1_1 WHERE k1 = 25")).isZero();
  }

  @Test
  void identity_columns_defaults_and_generated_columns_are_the_database_s_affair() {
    database.execute(
        "CREATE TABLE wanted (id integer)",
        "INSERT INTO wanted VALUES (1), (2)",
        """
        CREATE TABLE present (n integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id integer UNIQUE,
          twice integer GENERATED ALWAYS AS (id * 2) STORED, made text DEFAULT 'by default')""");
    String yaml = "says: There.\nevery: SELECT id FROM wanted\nhas: present\nmatch: [id]\n";
    assertThat(Repairs.run(database, yaml).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(database.query("SELECT k1, a1, a2, a3, a4 FROM plumb.image_1_1 ORDER BY k1"))
        .containsExactly(
            List.of("1", "1", "1", "2", "by default"), List.of("2", "2", "2", "4", "by default"));
    assertThatThrownBy(() -> Repairs.plan(database, yaml + "insert: {twice: 3}\n"))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROJECT))
        .hasMessageContaining("`twice` is generated by the database");
  }
}
