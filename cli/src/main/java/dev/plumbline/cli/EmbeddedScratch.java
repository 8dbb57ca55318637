package dev.plumbline.cli;

import dev.plumbline.backup.Scratch;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.embedded.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The PostgreSQL that Plumbline brings along, started in a directory that is deleted afterwards.
 */
final class EmbeddedScratch implements Scratch {
  private static final String DATABASE = "scratch";

  @Override
  public <T> T with(Function<JdbcUrl, T> work) {
    Path directory = directory();
    try (EmbeddedServer server = EmbeddedServer.open(directory)) {
      server.createDatabase(DATABASE);
      return work.apply(url(server));
    } finally {
      delete(directory);
    }
  }

  private static JdbcUrl url(EmbeddedServer server) {
    JdbcUrl plain = JdbcUrl.parse(server.jdbcUrl(DATABASE));
    Properties properties = new Properties();
    properties.putAll(plain.properties());
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password());
    return new JdbcUrl(plain.url(), plain.label(), plain.dialect(), properties);
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("plumb-scratch");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
