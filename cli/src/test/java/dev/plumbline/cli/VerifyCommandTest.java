package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Case 5.1: what Alembic has recorded against what is there; each command a process of its own. */
class VerifyCommandTest {
  private static final String TABLES = "c81e5d0f4a12";
  private static final String INDEXES = "5d2f8c1a9e37";
  private static final String LAST = "9b40e7d6c215";

  @OnEachDatabase
  void a_revision_is_recorded_of_which_no_index_is_there(TestDatabase database) {
    Cli cli = loaded(database);
    JsonNode found = cli.json(2, "verify");
    assertThat(found.get("claims").asInt()).isEqualTo(11);
    assertThat(found.get("wrong").asInt()).isEqualTo(11);
    assertThat(found.get("findings"))
        .hasSize(11)
        .allSatisfy(
            finding -> {
              assertThat(finding.get("sort").asText()).isEqualTo("false-claim");
              assertThat(finding.get("revision").asText()).isEqualTo(INDEXES);
              assertThat(finding.get("what").asText()).isEqualTo("missing");
            });
    assertThat(abouts(found))
        .contains("index idx_goals_user_status on goals")
        .doesNotHaveDuplicates();
    JsonNode alembic = found.get("trackers").get(0);
    assertThat(alembic.get("tool").asText()).isEqualTo("alembic");
    assertThat(states(alembic))
        .containsExactly(TABLES + " applied", INDEXES + " applied", LAST + " applied");
  }

  @OnEachDatabase
  void the_record_goes_back_to_what_is_true_and_forward_only_when_it_is(TestDatabase database) {
    Cli cli = loaded(database);
    assertThat(cli.call("verify", "--reset-to", LAST).exit()).isEqualTo(2);
    assertThat(cli.call("verify", "--reset-to", INDEXES).err())
        .contains("11 of the 11 claims of " + INDEXES)
        .contains("The last that is true is " + TABLES);
    assertThat(cli.call("verify", "--reset-to", "5d2f").exit()).isEqualTo(64);

    Cli.Result plan = cli.call("verify", "--reset-to", TABLES);
    assertThat(plan.exit()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("Nothing was written");
    assertThat(recorded(database)).isEqualTo(LAST);

    cli.json(0, "verify", "--reset-to", TABLES, "--commit");
    assertThat(recorded(database)).isEqualTo(TABLES);
    assertThat(cli.call("verify", "--reset-to", TABLES, "--commit").out())
        .contains("already: nothing is to be done");
    assertThat(states(cli.json(1, "verify").get("trackers").get(0)))
        .containsExactly(TABLES + " applied", INDEXES + " pending", LAST + " pending");

    assertThat(cli.call("verify", "--mark", INDEXES, "--commit").exit()).isEqualTo(2);
    assertThat(recorded(database)).isEqualTo(TABLES);
    cli.json(0, "repair", "performance-indexes", "--commit");
    cli.json(0, "verify", "--mark", INDEXES, "--commit");
    assertThat(recorded(database)).isEqualTo(INDEXES);
    assertThat(cli.json(0, "verify").get("wrong").asInt()).isZero();

    Cli.Result unproven = cli.call("verify", "--mark", LAST, "--commit");
    assertThat(unproven.exit()).isEqualTo(2);
    assertThat(unproven.err()).contains("it makes no claim");

    cli.json(0, "rollback", "3", "--commit");
    assertThat(recorded(database)).isEqualTo(TABLES);
    cli.json(0, "rollback", "1", "--commit");
    assertThat(recorded(database)).isEqualTo(LAST);
  }

  private static Cli loaded(TestDatabase database) {
    Cli cli = PointsLedgerTest.loaded(database);
    database.execute("INSERT INTO alembic_version (version_num) VALUES ('" + LAST + "')");
    return cli;
  }

  private static @Nullable String recorded(TestDatabase database) {
    return database.queryValue("SELECT version_num FROM alembic_version");
  }

  private static List<String> abouts(JsonNode found) {
    List<String> abouts = new ArrayList<>();
    found.get("findings").forEach(finding -> abouts.add(finding.get("about").asText()));
    return abouts;
  }

  private static List<String> states(JsonNode tracker) {
    List<String> states = new ArrayList<>();
    tracker
        .get("migrations")
        .forEach(m -> states.add(m.get("revision").asText() + " " + m.get("state").asText()));
    return states;
  }
}
