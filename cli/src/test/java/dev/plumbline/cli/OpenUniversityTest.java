package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Case 0: faults that real data has by nature, repaired; each command a process of its own. */
class OpenUniversityTest {
  private static final JsonNode EXPECTED = Cases.expect("open-university", "expect.json");

  static Stream<Named<Supplier<TestDatabase>>> databases() {
    return Stream.of(
        Named.of("PostgreSQL", TestDatabase::postgres), Named.of("SQLite", TestDatabase::sqlite));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void what_nothing_tells_stays_and_is_named_and_what_is_told_is_set_and_taken_back(
      Supplier<TestDatabase> made) {
    try (TestDatabase database = made.get()) {
      Cases.load(database, "open-university");
      Cli cli = Cli.of("open-university", database);
      String infos = database.fingerprint("student_info");
      String registrations = database.fingerprint("student_registration");
      nothingTellsTheDay(cli);
      assertThat(database.fingerprint("student_registration")).isEqualTo(registrations);
      aDateMeansWithdrawn(cli, database, infos);
    }
  }

  private static void nothingTellsTheDay(Cli cli) {
    JsonNode plan = cli.json(2, "repair", "withdrawn-has-date").get("plans").get(0);
    assertThat(plan.get("violations").asInt()).isEqualTo(93);
    assertThat(plan.get("hopeless").asInt()).isEqualTo(93);
    JsonNode run = Reports.run(cli.json(2, "repair", "withdrawn-has-date", "--commit"));
    assertThat(run.get("state").asText()).isEqualTo("failed");
    assertThat(run.get("repaired").asInt()).isZero();
    assertThat(run.get("unrepairable").asInt()).isEqualTo(93);
    assertThat(Reports.changes(run)).isEmpty();
    assertThat(keys(run.get("set_aside")))
        .as("all 93 are named, each once")
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            violating(cli.json(2, "audit", "withdrawn-has-date", "--samples", "1000")));
  }

  private static void aDateMeansWithdrawn(Cli cli, TestDatabase database, String before) {
    JsonNode plan = cli.json(0, "repair", "date-means-withdrawn").get("plans").get(0);
    assertThat(plan.get("rows").asInt()).isEqualTo(9);
    JsonNode run = Reports.run(cli.json(0, "repair", "date-means-withdrawn", "--commit"));
    assertThat(run.get("repaired").asInt()).isEqualTo(9);
    assertThat(Reports.changes(run)).isEqualTo(Map.of("student_info update", 9));
    assertThat(run.get("after").get("violations").asInt()).isZero();
    assertThat(changed(cli, run)).containsExactlyInAnyOrderElementsOf(nine());
    assertThat(database.fingerprint("student_info")).isNotEqualTo(before);

    JsonNode back = Reports.run(cli.json(0, "rollback", run.get("run").asText(), "--commit"));
    assertThat(Reports.changes(back)).isEqualTo(Map.of("student_info update", 9));
    assertThat(database.fingerprint("student_info")).as("byte for byte").isEqualTo(before);
    assertThat(violating(cli.json(2, "audit", "date-means-withdrawn", "--samples", "1000")))
        .containsExactlyInAnyOrderElementsOf(nine());
  }

  private static List<List<String>> nine() {
    return EXPECTED
        .get("date-means-withdrawn")
        .get("keys")
        .valueStream()
        .map(OpenUniversityTest::texts)
        .toList();
  }

  private static List<List<String>> changed(Cli cli, JsonNode run) {
    return cli.json(0, "show", run.get("run").asText())
        .get("run")
        .get("changed_keys")
        .get(0)
        .get("keys")
        .valueStream()
        .map(OpenUniversityTest::texts)
        .toList();
  }

  private static List<List<String>> keys(JsonNode setAside) {
    return setAside.valueStream().map(aside -> texts(aside.get("key"))).toList();
  }

  private static List<List<String>> violating(JsonNode audit) {
    JsonNode invariant = audit.get("invariants").get(0);
    return invariant
        .get("samples")
        .valueStream()
        .map(
            sample ->
                invariant
                    .get("key")
                    .valueStream()
                    .map(column -> sample.get(column.asText()).asText())
                    .toList())
        .toList();
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }
}
