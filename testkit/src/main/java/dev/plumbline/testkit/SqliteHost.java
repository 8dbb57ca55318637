package dev.plumbline.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** SQLite databases, each a file in a directory of its own. */
record SqliteHost(Path directory) implements DatabaseHost {
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  static SqliteHost create() {
    try {
      return new SqliteHost(Files.createTempDirectory("plumbline-sqlite").toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String label() {
    return "SQLite";
  }

  Path file(String database) {
    return directory.resolve(database + ".sqlite");
  }

  @Override
  public String url(String database) {
    return "jdbc:sqlite:" + file(database);
  }

  @Override
  public void create(String database) {
    // SQLite makes the file when it is first written to.
  }

  @Override
  public void drop(String database) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The file descriptors of this process that lead to the database; none where /proc is missing.
   */
  @Override
  public List<String> openConnections(String database) {
    if (!Files.isDirectory(OPEN_FILES)) {
      return List.of();
    }
    try (Stream<Path> descriptors = Files.list(OPEN_FILES)) {
      List<String> open = new ArrayList<>();
      for (Path descriptor : descriptors.toList()) {
        if (leadsTo(file(database), descriptor)) {
          open.add("file descriptor " + descriptor.getFileName());
        }
      }
      return open;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean leadsTo(Path file, Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (IOException e) {
      return false; // closed since it was listed
    }
  }

  @Override
  public String exactRow(List<String> columns) {
    return columns.stream()
        .map(column -> "quote(t.\"" + column.replace("\"", "\"\"") + "\")")
        .collect(Collectors.joining(" || ',' || "));
  }
}
