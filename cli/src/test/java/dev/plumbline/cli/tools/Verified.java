package dev.plumbline.cli.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.cli.Cli;
import java.util.ArrayList;
import java.util.List;

/** What {@code plumb verify} says of the database of another tool's project. */
record Verified(JsonNode document) {

  /**
   * Verifies as a team would that has only made a {@code plumb.yaml} beside its migrations.
   *
   * @param exit the exit code with which it has to end
   */
  static Verified of(ToolProject project, int exit) {
    project.write("plumb.yaml", "project: shop\ndatabase: ${PLUMB_DATABASE_URL}\n");
    return new Verified(
        new Cli(project.folder(), project.database().url()).callJson(exit, "verify"));
  }

  /**
   * Says of migrations that are not written in SQL what they make: an index on the customers of
   * orders, and one on when they were placed.
   */
  static void declareIndexes(ToolProject project, String first, String second) {
    declare(project, first, "idx_orders_customer_id ON orders (customer_id)");
    declare(project, second, "idx_orders_placed_at ON orders (placed_at)");
  }

  private static void declare(ToolProject project, String revision, String index) {
    project.write(
        "invariants/" + index.substring(0, index.indexOf(' ')).replace('_', '-') + ".yaml",
        """
        says: The index of %s is there.
        revision: "%s"
        exist:
          - CREATE INDEX %s
        """
            .formatted(revision, revision, index));
  }

  /** Each as sort, revision, what it is about. */
  List<String> findings() {
    List<String> findings = new ArrayList<>();
    for (JsonNode finding : document.get("findings")) {
      findings.add(
          finding.get("sort").asText()
              + " "
              + finding.get("revision").asText()
              + ": "
              + finding.get("about").asText());
    }
    return findings;
  }

  /** What is said of the finding that begins so. */
  String what(String sort, String revision) {
    for (JsonNode finding : document.get("findings")) {
      if (finding.get("sort").asText().equals(sort)
          && finding.get("revision").asText().equals(revision)) {
        return finding.get("what").asText();
      }
    }
    throw new AssertionError("no " + sort + " of " + revision + " in " + findings());
  }

  /** The tool's migrations, each as revision and state. */
  List<String> states() {
    List<String> states = new ArrayList<>();
    for (JsonNode migration : tracker().get("migrations")) {
      states.add(migration.get("revision").asText() + " " + migration.get("state").asText());
    }
    return states;
  }

  /** What is said of the tool's lock, null if it is not held. */
  JsonNode lock() {
    return tracker().get("lock");
  }

  String tool() {
    return tracker().get("tool").asText();
  }

  private JsonNode tracker() {
    if (document.get("trackers").size() != 1) {
      throw new AssertionError("not one tracker: " + document.get("trackers"));
    }
    return document.get("trackers").get(0);
  }
}
