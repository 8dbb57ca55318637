package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of the cases, as the process {@code plumb} prints them. */
class ExpectedNumbersTest {
  private static final List<String> COUNTS =
      List.of("population", "rows", "violations", "missing", "inactive", "recent", "coverage");

  @ParameterizedTest
  @ValueSource(strings = {"open-university", "total-lessons", "dual-enrollment", "course-coverage"})
  void an_audit_finds_the_faults_in_their_numbers(String example) {
    try (TestDatabase database = TestDatabase.postgres()) {
      assertNumbers(example, database);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"open-university", "points-ledger"})
  void an_audit_finds_them_on_sqlite(String example) {
    try (TestDatabase database = TestDatabase.sqlite()) {
      assertNumbers(example, database);
    }
  }

  private static void assertNumbers(String example, TestDatabase database) {
    Cases.load(database, example);
    JavaProcess.Result result =
        Cli.of(example, database).run("audit", "--format", "json", "--samples", "1000");

    assertThat(result.stderr()).isEmpty();
    JsonNode report = Cases.json(result.stdout());
    JsonNode expected = Cases.expect(example, "expect.json");
    assertThat(result.exitCode()).isEqualTo(worst(expected)).isEqualTo(report.get("exit").asInt());
    assertThat(report.get("invariants")).hasSize(expected.size());
    expected
        .properties()
        .forEach(
            entry -> assertCounts(entry.getKey(), entry.getValue(), Reports.invariants(report)));
  }

  private static int worst(JsonNode expected) {
    int worst = 0;
    for (JsonNode invariant : expected) {
      worst = Math.max(worst, invariant.get("exit").asInt());
    }
    return worst;
  }

  private static void assertCounts(
      String name, JsonNode expected, Map<String, JsonNode> invariants) {
    JsonNode found = invariants.get(name);
    assertThat(found).as(name).isNotNull();
    assertThat(found.get("kind").asText()).as(name).isEqualTo(expected.get("kind").asText());
    assertThat(found.get("exit").asInt()).as(name).isEqualTo(expected.get("exit").asInt());
    assertSame(name, expected, found);
    if (expected.has("segments")) {
      assertSegments(name, expected.get("segments"), found.get("segments"));
    }
    if (expected.has("keys")) {
      assertThat(keys(found)).as(name).containsExactlyInAnyOrderElementsOf(texts(expected));
    }
  }

  private static void assertSame(String name, JsonNode expected, JsonNode found) {
    for (String count : COUNTS) {
      if (expected.has(count)) {
        assertThat(found.get(count).asDouble())
            .as("%s: %s", name, count)
            .isEqualTo(expected.get(count).asDouble());
      }
    }
  }

  private static void assertSegments(String name, JsonNode expected, JsonNode found) {
    Map<String, JsonNode> byValue = new HashMap<>();
    found.forEach(segment -> byValue.put(segment.get("value").asText(), segment));
    assertThat(byValue).as(name).hasSize(expected.size());
    for (JsonNode segment : expected) {
      String value = segment.get("segment").asText();
      assertThat(byValue).as(name).containsKey(value);
      assertSame(name + " in " + value, segment, byValue.get(value));
    }
  }

  private static List<List<String>> texts(JsonNode expected) {
    List<List<String>> keys = new ArrayList<>();
    for (JsonNode key : expected.get("keys")) {
      List<String> values = new ArrayList<>();
      (key.isArray() ? key : List.of(key)).forEach(value -> values.add(value.asText()));
      keys.add(values);
    }
    return keys;
  }

  private static List<List<String>> keys(JsonNode found) {
    List<List<String>> keys = new ArrayList<>();
    for (JsonNode sample : found.get("samples")) {
      List<String> values = new ArrayList<>();
      found.get("key").forEach(column -> values.add(sample.get(column.asText()).asText()));
      keys.add(values);
    }
    return keys;
  }
}
