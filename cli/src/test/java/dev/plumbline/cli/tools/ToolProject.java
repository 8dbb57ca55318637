package dev.plumbline.cli.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A project of another tool, and the database that the tool migrates. Its files come in stages,
 * each laid over the ones before.
 */
record ToolProject(Path stages, Path folder, TestDatabase database) {

  /**
   * @param tool its folder in {@code src/test/tools}
   * @param below where its files go; what is installed there is found by them
   */
  static ToolProject of(String tool, Path below, TestDatabase database) {
    Path folder = below.resolve("work").resolve(tool + "-" + database.name());
    return new ToolProject(Path.of("src", "test", "tools", tool), folder, database);
  }

  /** Lays the files of a stage over what is there. */
  ToolProject lay(String stage) {
    Path from = stages.resolve(stage);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve(from.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ToolProject without(String file) {
    try {
      Files.delete(folder.resolve(file));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ToolProject write(String file, String text) {
    try {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the tool; it has to end with that exit code. */
  void run(int exit, String... command) {
    Program.Result result = Program.run(folder, environment(), List.of(command));
    assertThat(result.exit()).as(result.output()).isEqualTo(exit);
  }

  private Map<String, String> environment() {
    String url = database.url();
    return url.startsWith("jdbc:sqlite:")
        ? Map.of("DATABASE_FILE", url.substring("jdbc:sqlite:".length()))
        : Map.of("DATABASE_URL", libpq(url));
  }

  /** The URL as tools outside of Java want it. */
  private static String libpq(String url) {
    URI jdbc = URI.create(url.substring("jdbc:".length()));
    Map<String, String> parameters =
        Stream.of(jdbc.getRawQuery().split("&"))
            .map(parameter -> parameter.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    return "postgres://%s:%s@%s%s?sslmode=disable"
        .formatted(
            parameters.get("user"),
            parameters.get("password"),
            jdbc.getAuthority(),
            jdbc.getPath());
  }

  /** What nobody should do, after the tables are there: two customers of one name. */
  void twoOfOneName() {
    database.execute(
        "INSERT INTO customers (email, name) VALUES ('ada@example.org', 'Ada')",
        "INSERT INTO customers (email, name) VALUES ('ada@example.com', 'Ada')");
  }

  /** An index of the name that a migration is about to make, over another column. */
  void indexOverAnotherColumn() {
    database.execute("CREATE INDEX idx_orders_placed_at ON orders (id)");
  }

  /** An index that a migration has made is dropped. */
  void dropAnIndex() {
    database.execute("DROP INDEX idx_orders_customer_id");
  }
}
