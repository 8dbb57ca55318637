package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What tests read out of the JSON of a command. */
final class Reports {
  private Reports() {}

  /** The one run of a repair, a rollback or a resumption. */
  static JsonNode run(JsonNode report) {
    assertThat(report.get("runs")).hasSize(1);
    return report.get("runs").get(0);
  }

  /** The invariants of an audit by their names. */
  static Map<String, JsonNode> invariants(JsonNode audit) {
    Map<String, JsonNode> byName = new HashMap<>();
    audit.get("invariants").forEach(found -> byName.put(found.get("name").asText(), found));
    return byName;
  }

  /** Such as {@code course_enrollments insert: 310}; without what did not happen. */
  static Map<String, Integer> changes(JsonNode run) {
    Map<String, Integer> changes = new TreeMap<>();
    run.get("changes")
        .properties()
        .forEach(
            table ->
                table
                    .getValue()
                    .properties()
                    .forEach(
                        change ->
                            changes.merge(
                                table.getKey() + " " + change.getKey(),
                                change.getValue().asInt(),
                                Integer::sum)));
    changes.values().removeIf(rows -> rows == 0);
    return changes;
  }

  /** A column of each row of a list, as text; {@code null} for NULL. */
  static List<String> texts(JsonNode list, String column) {
    return list.valueStream().map(row -> row.get(column).asText()).toList();
  }
}
