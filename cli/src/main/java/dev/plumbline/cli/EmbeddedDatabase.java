package dev.plumbline.cli;

import dev.plumbline.database.JdbcUrl;
import dev.plumbline.embedded.EmbeddedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A project's database on the PostgreSQL that Plumbline brings along. The server lives in the
 * project's {@code .plumb/postgres}; projects that lie within a {@code .plumb} directory
 * themselves, as those of the demo do, share the server of that one. The database bears the
 * project's name and is made if it is not there.
 */
final class EmbeddedDatabase implements AutoCloseable {
  private static final Path STATE = Path.of(".plumb");

  private final Path directory;
  private final EmbeddedServer server;
  private final JdbcUrl url;

  private EmbeddedDatabase(Path directory, EmbeddedServer server, JdbcUrl url) {
    this.directory = directory;
    this.server = server;
    this.url = url;
  }

  /**
   * @throws dev.plumbline.embedded.EmbeddedServerException if the server cannot be started
   */
  static EmbeddedDatabase of(Path projectDirectory, String name) {
    Path directory = state(projectDirectory).resolve("postgres");
    EmbeddedServer server = EmbeddedServer.open(directory);
    try {
      server.createDatabase(name);
      JdbcUrl plain = JdbcUrl.parse(server.jdbcUrl(name));
      Properties properties = new Properties();
      properties.putAll(plain.properties());
      properties.setProperty("user", server.user());
      properties.setProperty("password", server.password());
      return new EmbeddedDatabase(
          directory,
          server,
          new JdbcUrl(plain.url(), "embedded:postgres/" + name, plain.dialect(), properties));
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Whether there is such a server, running or not. */
  static boolean exists(Path projectDirectory) {
    return Files.isDirectory(state(projectDirectory).resolve("postgres"));
  }

  private static Path state(Path projectDirectory) {
    Path directory = projectDirectory.toAbsolutePath().normalize();
    for (Path at = directory; at != null; at = at.getParent()) {
      if (STATE.equals(at.getFileName())) {
        return at;
      }
    }
    return directory.resolve(STATE);
  }

  JdbcUrl url() {
    return url;
  }

  EmbeddedServer server() {
    return server;
  }

  /** The file that holds the password; only its owner may read it. */
  Path passwordFile() {
    return directory.resolve("password");
  }

  @Override
  public void close() {
    server.close();
  }
}
