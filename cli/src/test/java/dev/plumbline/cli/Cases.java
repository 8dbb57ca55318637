package dev.plumbline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.cli.demo.ExampleLoader;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** The examples, loaded as the demo loads them. */
final class Cases {
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final JsonMapper JSON = new JsonMapper();

  private static final Properties AS_THE_DEMO_CONNECTS = new Properties();

  static {
    AS_THE_DEMO_CONNECTS.setProperty("stringtype", "unspecified");
    AS_THE_DEMO_CONNECTS.setProperty("reWriteBatchedInserts", "true");
  }

  private Cases() {}

  static Path project(String name) {
    return EXAMPLES.resolve(name);
  }

  static void load(TestDatabase database, String name) {
    load(database, name, 1);
  }

  /** With so many times the data, faults included. */
  static void load(TestDatabase database, String name, int scale) {
    try (Connection connection =
        DriverManager.getConnection(database.url(), AS_THE_DEMO_CONNECTS)) {
      ExampleLoader.load(project(name), connection, scale);
    } catch (IOException | SQLException e) {
      throw new AssertionError("the example " + name + " does not load", e);
    }
  }

  /** The numbers that its audits and repairs must come to. */
  static JsonNode expect(String name, String file) {
    try {
      return JSON.readTree(project(name).resolve(file).toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("no JSON document: " + text, e);
    }
  }
}
