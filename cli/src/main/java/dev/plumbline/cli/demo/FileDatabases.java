package dev.plumbline.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * Databases of SQLite, each a file in its example's project.
 *
 * @param directory where the projects are
 */
public record FileDatabases(Path directory) implements Databases {
  private static final List<String> ENDINGS = List.of("", "-journal", "-wal", "-shm");

  @Override
  public void renew(Example example) {
    Path file = file(example);
    try {
      Files.createDirectories(file.getParent());
      for (String ending : ENDINGS) {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + ending));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Connection connect(Example example) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file(example));
  }

  private Path file(Example example) {
    return directory.resolve(example.name()).resolve(example.name() + ".db");
  }
}
