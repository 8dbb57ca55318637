package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Case 2: two tables that must agree; each command a process of its own. */
class DualEnrollmentTest {
  private static final Map<String, Integer> VIOLATIONS =
      Map.of(
          "progress-has-enrollment", 37,
          "enrollment-has-progress", 22,
          "approved-request-has-both", 9,
          "no-stale-pending-request", 14);
  private static final JsonNode TOGETHER = Cases.expect("dual-enrollment", "together.json");
  private static final String[] REPAIR_ALL =
      Stream.of(Stream.of("repair"), order(), Stream.of("--commit"))
          .flatMap(words -> words)
          .toArray(String[]::new);

  /** Pairs of which the repair made a row, whose two rows differ. */
  private static final String UNEQUAL =
      """
      SELECT count(*) FROM enrollments e JOIN student_progress p
        ON p.student_id = e.user_id AND p.course_id = e.course_id
      WHERE e.progress <> p.total_progress
        AND (e.id > (SELECT max(id) - 42 FROM enrollments)
             OR p.id > (SELECT max(id) - 27 FROM student_progress))""";

  @AutoClose private final TestDatabase database = TestDatabase.postgres();
  private final Cli cli = Cli.of("dual-enrollment", database);

  private static Stream<String> order() {
    return TOGETHER.get("order").valueStream().map(JsonNode::asText);
  }

  @BeforeEach
  void load() {
    Cases.load(database, "dual-enrollment");
  }

  @Test
  void an_audit_prints_the_four_counts_and_every_record_and_json_says_the_same() {
    Map<String, JsonNode> found = Reports.invariants(cli.json(2, "audit", "--samples", "1000"));
    JavaProcess.Result text = cli.run("audit", "--samples", "1000");
    assertThat(text.exitCode()).isEqualTo(2);
    List<List<String>> printed =
        text.stdout().lines().map(line -> List.of(line.strip().split(" {2,}"))).toList();

    assertThat(found.keySet()).isEqualTo(VIOLATIONS.keySet());
    VIOLATIONS.forEach(
        (name, violations) -> {
          JsonNode invariant = found.get(name);
          assertThat(invariant.get("violations").asInt()).as(name).isEqualTo(violations);
          assertThat(invariant.get("samples")).as(name).hasSize(violations);
          assertThat(text.stdout()).contains("\n  " + violations + " of ");
          invariant
              .get("samples")
              .forEach(sample -> assertThat(printed).contains(cells(invariant, sample)));
        });

    JsonNode approved = found.get("approved-request-has-both").get("samples");
    assertThat(Reports.texts(approved, "progress_id").stream().filter("null"::equals)).hasSize(5);
    Set<String> both = new HashSet<>(pairs(approved));
    both.retainAll(pairs(found.get("progress-has-enrollment").get("samples")));
    assertThat(both).hasSize(4);
    assertThat(found.get("progress-has-enrollment").get("population").asInt() - 37)
        .as("pairs that are right")
        .isEqualTo(1500);
  }

  /** A record as the text prints it: the columns that it shows, NULL in words. */
  private static List<String> cells(JsonNode invariant, JsonNode sample) {
    return invariant
        .get("columns")
        .valueStream()
        .map(JsonNode::asText)
        .filter(column -> !column.equals("state"))
        .map(column -> sample.get(column).isNull() ? "NULL" : sample.get(column).asText())
        .toList();
  }

  private static Set<String> pairs(JsonNode samples) {
    return samples
        .valueStream()
        .map(s -> s.get("student_id").asText() + " in " + s.get("course_id").asText())
        .collect(Collectors.toSet());
  }

  @Test
  void all_are_repaired_in_order_once_and_each_repair_can_be_taken_back() {
    List<String> before = tables();
    JsonNode report = cli.json(0, REPAIR_ALL);
    assertRepaired(report);
    assertThat(database.queryValue(UNEQUAL)).as("progress comes with the row").isEqualTo("0");

    JsonNode again = cli.json(0, REPAIR_ALL);
    assertThat(again.get("runs"))
        .hasSize(4)
        .allSatisfy(run -> assertThat(run.get("changed").asInt()).isZero());

    IntStream.of(4, 3, 2, 1)
        .forEach(
            run -> {
              JsonNode back = Reports.run(cli.json(0, "rollback", String.valueOf(run), "--commit"));
              assertThat(back.get("changed").asInt())
                  .isEqualTo(report.get("runs").get(run - 1).get("changed").asInt());
            });
    assertThat(tables()).as("deleted requests included").isEqualTo(before);
  }

  private static void assertRepaired(JsonNode report) {
    Map<String, Integer> all = new TreeMap<>();
    for (JsonNode run : report.get("runs")) {
      JsonNode of = TOGETHER.get("runs").get(run.get("invariant").asText());
      assertThat(run.get("repaired").asInt()).isEqualTo(of.get("repaired").asInt());
      assertThat(Reports.changes(run)).isEqualTo(Reports.changes(of));
      Reports.changes(run).forEach((change, rows) -> all.merge(change, rows, Integer::sum));
    }
    assertThat(all)
        .isEqualTo(
            Map.of(
                "enrollments insert", 42,
                "student_progress insert", 27,
                "access_requests delete", 14));
    Map<String, JsonNode> after = Reports.invariants(report.get("audit"));
    TOGETHER
        .get("after")
        .properties()
        .forEach(
            entry -> {
              JsonNode found = after.get(entry.getKey());
              assertThat(found.get("violations").asInt()).as(entry.getKey()).isZero();
              assertThat(found.get("population").asInt())
                  .as(entry.getKey())
                  .isEqualTo(entry.getValue().get("population").asInt());
            });
  }

  private List<String> tables() {
    return Stream.of("enrollments", "student_progress", "access_requests")
        .map(table -> database.fingerprint(table, "id"))
        .toList();
  }
}
