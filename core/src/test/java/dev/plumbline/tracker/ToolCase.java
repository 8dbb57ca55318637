package dev.plumbline.tracker;

import dev.plumbline.layout.Tool;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A tool's table, rows and files, kept as a folder: {@code postgresql.sql} and {@code sqlite.sql}
 * make the table as the tool does (one is missing where the tool does not support the database),
 * {@code rows.sql} fills it, {@code foreign.sql} makes another table of that name, {@code
 * steps.txt} says what is tried, {@code files} holds the migrations, {@code story.txt} what must be
 * told.
 */
record ToolCase(Path folder) {
  private static final Path ROOT = Path.of("src", "test", "resources", "trackers");

  /** A database that a case can be made on. */
  enum On {
    POSTGRESQL,
    SQLITE;

    TestDatabase database() {
      return switch (this) {
        case POSTGRESQL -> TestDatabase.postgres();
        case SQLITE -> TestDatabase.sqlite();
      };
    }

    String file() {
      return switch (this) {
        case POSTGRESQL -> "postgresql.sql";
        case SQLITE -> "sqlite.sql";
      };
    }
  }

  static List<ToolCase> all() {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders.sorted().map(ToolCase::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Tool tool() {
    return Arrays.stream(Tool.values())
        .filter(tool -> tool.word().equals(folder.getFileName().toString()))
        .findFirst()
        .orElseThrow();
  }

  List<On> databases() {
    return Arrays.stream(On.values())
        .filter(on -> Files.exists(folder.resolve(on.file())))
        .toList();
  }

  Path files() {
    return folder.resolve("files");
  }

  Path story() {
    return Path.of("trackers").resolve(folder.getFileName()).resolve("story.txt");
  }

  String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void makeTable(TestDatabase database, On on) {
    database.runScript(read(on.file()), Map.of());
  }

  /** By {@code rows.sql}, or by a file of its own where the databases write a value differently. */
  void fill(TestDatabase database, On on) {
    String own = "rows-" + on.file();
    database.runScript(read(Files.exists(folder.resolve(own)) ? own : "rows.sql"), Map.of());
  }

  @Override
  public String toString() {
    return tool().label();
  }
}
