package dev.plumbline.repair;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.project.InvariantReader;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The example cases, loaded into a test's database. */
public final class Cases {
  private static final Path EXAMPLES = Path.of("..", "examples");

  private Cases() {}

  public static void load(TestDatabase database, String name, int scale) {
    Path folder = EXAMPLES.resolve(name);
    Map<String, String> scaled = Map.of("scale", String.valueOf(scale));
    database.runScript(folder.resolve("schema.sql"), scaled);
    database.runScript(folder.resolve("data.sql"), scaled);
  }

  public static Invariant invariant(String example, String name) {
    Path file = EXAMPLES.resolve(example).resolve("invariants").resolve(name + ".yaml");
    try {
      return InvariantReader.read(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An invariant from text. */
  public static Invariant invariant(String yaml) {
    return InvariantReader.read(Path.of("test-invariant.yaml"), yaml);
  }

  public static Database database(TestDatabase database) {
    return Database.of(JdbcUrl.parse(database.url()));
  }
}
