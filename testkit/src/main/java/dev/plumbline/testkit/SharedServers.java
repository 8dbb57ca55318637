package dev.plumbline.testkit;

import dev.plumbline.embedded.EmbeddedServer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * One PostgreSQL per version for all tests of a process: started when the first test asks, stopped
 * when the JVM ends. Its directory is kept from run to run, which saves the second that making it
 * takes.
 */
final class SharedServers {
  private static final Map<PostgresVersion, PostgresHost> STARTED =
      new EnumMap<>(PostgresVersion.class);

  /** Which of the processes this is among which the tests are divided. */
  private static final String PROCESS = System.getProperty("plumbline.process", "1");

  private SharedServers() {}

  static synchronized PostgresHost server(PostgresVersion version) {
    return STARTED.computeIfAbsent(version, SharedServers::start);
  }

  private static PostgresHost start(PostgresVersion version) {
    Path directory =
        Path.of("target", "postgres-" + version.name().toLowerCase(Locale.ROOT) + "-" + PROCESS);
    EmbeddedServer server = EmbeddedServer.open(directory, version.binaries());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop " + directory));
    return new PostgresHost(version, server);
  }
}
