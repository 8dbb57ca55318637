package dev.plumbline.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Case 5: indexes that a migration is recorded to have made, and a ledger that lacks entries; each
 * command a process of its own.
 */
class PointsLedgerTest {
  private static final String INDEXES = "performance-indexes";
  private static final List<String> ELEVEN =
      List.of(
          "idx_daily_stats_date",
          "idx_daily_stats_user_date",
          "idx_daily_stats_user_id",
          "idx_diary_entry_entry_date",
          "idx_diary_entry_rating",
          "idx_diary_entry_user_date",
          "idx_diary_entry_user_id",
          "idx_goals_user_id",
          "idx_goals_user_status",
          "idx_goals_week_end",
          "idx_goals_week_start");

  @OnEachDatabase
  void the_eleven_indexes_are_made_each_on_its_own_and_a_rollback_drops_them(
      TestDatabase database) {
    Cli cli = loaded(database);
    JsonNode missing = audit(cli, 2, INDEXES);
    assertThat(Reports.texts(missing.get("samples"), "object"))
        .containsExactlyInAnyOrderElementsOf(ELEVEN);
    assertThat(missing.get("missing").asInt()).isEqualTo(11);

    JsonNode plan = cli.json(0, "repair", INDEXES).get("plans").get(0);
    assertThat(plan.get("violations").asInt()).isEqualTo(11);
    assertThat(plan.get("steps"))
        .hasSize(11)
        .allSatisfy(step -> assertThat(step.get("change").asText()).isEqualTo("create"));
    assertThat(indexes(database)).isEmpty();

    JsonNode done = Reports.run(cli.json(0, "repair", INDEXES, "--commit"));
    assertThat(done.get("repaired").asInt()).isEqualTo(11);
    assertThat(done.get("batches").asInt()).isEqualTo(11);
    assertThat(Reports.changes(done)).isEqualTo(Map.of("indexes create", 11));
    assertThat(done.get("after").get("violations").asInt()).isZero();
    assertThat(done.get("after").get("population").asInt()).isEqualTo(11);
    assertThat(indexes(database)).isEqualTo(ELEVEN);
    assertThat(Reports.run(cli.json(0, "repair", INDEXES, "--commit")).get("changed").asInt())
        .isZero();

    JsonNode back = Reports.run(cli.json(0, "rollback", "1", "--commit"));
    assertThat(Reports.changes(back)).isEqualTo(Map.of("indexes drop", 11));
    assertThat(indexes(database)).isEmpty();
    assertThat(audit(cli, 2, INDEXES).get("missing").asInt()).isEqualTo(11);
  }

  @OnEachDatabase
  void one_that_fails_stops_no_other_and_another_index_of_a_name_is_a_finding(
      TestDatabase database) {
    Cli cli = loaded(database);
    database.execute(
        "CREATE TABLE idx_goals_week_end (id INTEGER)", // takes the index's name
        "CREATE INDEX idx_goals_user_status ON goals (status, user_id)");
    JsonNode found = audit(cli, 2, INDEXES);
    assertThat(found.get("violations").asInt()).isEqualTo(11);
    assertThat(found.get("missing").asInt()).isEqualTo(10);
    assertThat(found.get("samples").toString()).contains("different", "(status, user_id)");

    JsonNode done = Reports.run(cli.json(2, "repair", INDEXES, "--commit"));
    assertThat(done.get("repaired").asInt()).isEqualTo(9);
    assertThat(Reports.changes(done)).isEqualTo(Map.of("indexes create", 9));
    assertThat(reasons(done))
        .isEqualTo(
            Map.of("idx_goals_week_end", "quarantined", "idx_goals_user_status", "unrepairable"));
    assertThat(done.get("after").get("violations").asInt()).isEqualTo(2);
    assertThat(indexes(database)).isEqualTo(without("idx_goals_week_end"));

    database.execute("DROP TABLE idx_goals_week_end", "DROP INDEX idx_goals_user_status");
    JsonNode resumed = Reports.run(cli.json(0, "resume", "1"));
    assertThat(Reports.changes(resumed)).isEqualTo(Map.of("indexes create", 11));
    assertThat(indexes(database)).isEqualTo(ELEVEN);
  }

  @OnEachDatabase
  void a_rollback_drops_only_what_the_run_made_and_nobody_changed(TestDatabase database) {
    Cli cli = loaded(database);
    database.execute("CREATE INDEX idx_goals_user_id ON goals (user_id)");
    JsonNode done = Reports.run(cli.json(0, "repair", INDEXES, "--commit"));
    assertThat(done.get("repaired").asInt()).isEqualTo(10);
    database.execute(
        "DROP INDEX idx_goals_week_end",
        "CREATE INDEX idx_goals_week_end ON goals (week_end, user_id)",
        "DROP INDEX idx_diary_entry_rating");

    JsonNode plan = cli.json(1, "rollback", "1").get("plan");
    assertThat(plan.get("restored").asInt()).isEqualTo(8);
    assertThat(plan.get("already").asInt()).isEqualTo(1);
    assertThat(plan.get("conflicts").asInt()).isEqualTo(1);
    JsonNode back = Reports.run(cli.json(1, "rollback", "1", "--commit"));
    assertThat(Reports.changes(back)).isEqualTo(Map.of("indexes drop", 8));
    assertThat(reasons(back)).isEqualTo(Map.of("idx_goals_week_end", "conflict"));
    assertThat(indexes(database)).containsExactly("idx_goals_user_id", "idx_goals_week_end");
  }

  @OnEachDatabase
  void an_audit_shows_both_sides_of_each_day_and_their_difference(TestDatabase database) {
    JsonNode days = audit(filled(database), 2, "points-agree");
    assertThat(days.get("population").asInt()).isEqualTo(70);
    assertThat(days.get("violations").asInt()).isEqualTo(20);
    assertThat(days.get("samples"))
        .hasSize(20)
        .allSatisfy(
            day ->
                assertThat(day.get("difference_points").asInt())
                    .isEqualTo(day.get("left_points").asInt() - day.get("right_points").asInt()));
    assertThat(
            days.get("samples")
                .valueStream()
                .filter(day -> day.get("difference_points").asInt() < 0)
                .map(JsonNode::toString))
        .containsExactly(
            "{\"user_id\":\"8\",\"date\":\"2025-06-04\",\"left_points\":\"15\","
                + "\"right_points\":\"20\",\"difference_points\":\"-5\"}");
  }

  @OnEachDatabase
  void entries_are_recovered_by_the_rules_once_and_taken_out_again(TestDatabase database) {
    recover(database, filled(database));
  }

  private static void recover(TestDatabase database, Cli cli) {
    String before = database.fingerprint("points_log", "id");
    assertThat(entries(database)).isEqualTo("336");
    JsonNode done = Reports.run(cli.json(2, "repair", "points-agree", "--commit"));
    assertThat(Reports.changes(done)).isEqualTo(Map.of("points_log insert", 57));
    assertThat(done.get("repaired").asInt()).isEqualTo(19);
    assertThat(done.get("unrepairable").asInt()).isEqualTo(1);
    assertThat(reasons(done)).isEqualTo(Map.of("8,2025-06-04", "unrepairable"));
    assertThat(entries(database)).isEqualTo("393");
    assertThat(
            database.query(
                "SELECT source_type, count(*) FROM points_log WHERE id > 336"
                    + " GROUP BY source_type ORDER BY source_type"))
        .containsExactly(
            List.of("diary_entry", "28"), List.of("goal", "5"), List.of("login", "24"));
    assertThat(
            database.query(
                "SELECT source_id FROM points_log WHERE source_id IS NOT NULL"
                    + " GROUP BY source_type, source_id HAVING count(*) > 1"))
        .as("no source is entered twice")
        .isEmpty();
    JsonNode again = Reports.run(cli.json(2, "repair", "points-agree", "--commit"));
    assertThat(again.get("changed").asInt()).isZero();

    JsonNode back = Reports.run(cli.json(0, "rollback", "1", "--commit"));
    assertThat(Reports.changes(back)).isEqualTo(Map.of("points_log delete", 57));
    assertThat(database.fingerprint("points_log", "id")).isEqualTo(before);
    settle(database, cli);
  }

  private static void settle(TestDatabase database, Cli cli) {
    cli.json(2, "repair", "points-agree", "--commit");
    database.execute(
        "DELETE FROM points_log WHERE source_type = 'diary_entry'"
            + " AND source_id NOT IN (SELECT id FROM diary_entry)");
    JsonNode settled = audit(cli, 0, "points-agree");
    assertThat(settled.get("violations").asInt()).isZero();
    assertThat(settled.get("population").asInt()).isEqualTo(70);
  }

  @Test
  void a_flag_that_one_of_several_does_not_take_is_refused_before_anything_is_done() {
    try (TestDatabase database = TestDatabase.sqlite()) {
      Cases.load(database, "points-ledger");
      Cli cli = Cli.of("points-ledger", database);
      String[] repair = {"repair", "points-agree", INDEXES, "--key", "4,2025-06-21", "--commit"};
      assertThat(cli.json(64, repair).get("error").get("what").asText()).contains(INDEXES);
      assertThat(entries(database)).isEqualTo("336");
    }
  }

  /** The ledger is SQLite's; its schema without the data does for PostgreSQL as well. */
  static Cli loaded(TestDatabase database) {
    try {
      String schema = Files.readString(Cases.project("points-ledger").resolve("schema.sql"));
      boolean sqlite = database.url().startsWith("jdbc:sqlite:");
      database.runScript(sqlite ? schema : schema.replace("DATETIME", "TIMESTAMP"), Map.of());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Cli.of("points-ledger", database);
  }

  /** With its data, which only SQLite can make: PostgreSQL gets it from there, row by row. */
  private static Cli filled(TestDatabase database) {
    if (database.url().startsWith("jdbc:sqlite:")) {
      Cases.load(database, "points-ledger");
      return Cli.of("points-ledger", database);
    }
    Cli cli = loaded(database);
    try (TestDatabase made = TestDatabase.sqlite()) {
      Cases.load(made, "points-ledger");
      for (String table : List.of("users", "diary_entry", "goals", "daily_stats", "points_log")) {
        database.execute(
            made.query("SELECT * FROM " + table).stream()
                .map(row -> row.stream().map(PointsLedgerTest::literal).collect(joining(", ")))
                .map(row -> "INSERT INTO " + table + " VALUES (" + row + ")")
                .toArray(String[]::new));
      }
    }
    database.execute(
        "ALTER TABLE points_log ALTER id ADD GENERATED BY DEFAULT AS IDENTITY (START WITH 337)");
    return cli;
  }

  private static String literal(@Nullable String value) {
    return value == null ? "NULL" : "'" + value.replace("'", "''") + "'";
  }

  private static JsonNode audit(Cli cli, int exit, String invariant) {
    return Reports.invariants(cli.json(exit, "audit", invariant, "--samples", "100"))
        .get(invariant);
  }

  private static String entries(TestDatabase database) {
    return String.valueOf(database.queryValue("SELECT count(*) FROM points_log"));
  }

  /** Why each key was left as it is. */
  private static Map<String, String> reasons(JsonNode run) {
    Map<String, String> reasons = new TreeMap<>();
    for (JsonNode aside : run.get("set_aside")) {
      List<String> key = aside.get("key").valueStream().map(JsonNode::asText).toList();
      reasons.put(String.join(",", key), aside.get("reason").asText());
    }
    return reasons;
  }

  private static List<String> without(String name) {
    return ELEVEN.stream().filter(index -> !index.equals(name)).toList();
  }

  /** Those on the tables that the eleven are for. */
  private static List<String> indexes(TestDatabase database) {
    String catalogue =
        database.url().startsWith("jdbc:sqlite:")
            ? "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name <> 'points_log'"
            : "SELECT indexname AS name FROM pg_indexes"
                + " WHERE schemaname = 'public' AND tablename <> 'points_log'";
    return database
        .query("SELECT name FROM (" + catalogue + ") AS i WHERE name LIKE 'idx%' ORDER BY name")
        .stream()
        .map(row -> String.valueOf(row.getFirst()))
        .toList();
  }
}
