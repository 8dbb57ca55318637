package dev.plumbline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.cli.demo.ExampleLoader;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;

/** The examples, loaded as the demo loads them. */
final class Cases {
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final JsonMapper JSON = new JsonMapper();

  private Cases() {}

  static Path project(String name) {
    return EXAMPLES.resolve(name);
  }

  static void load(TestDatabase database, String name) {
    try {
      ExampleLoader.load(project(name), database.url(), new Properties(), 1);
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
