package dev.plumbline.cli;

import dev.plumbline.backup.Scratch;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.embedded.EmbeddedServerException;
import dev.plumbline.embedded.ScratchServer;
import java.util.Properties;
import java.util.function.Function;

/** PostgreSQL of the version asked for, if its programs are found, else the one brought along. */
final class EmbeddedScratch implements Scratch {
  private static final String DATABASE = "scratch";

  @Override
  public <T> T with(int major, Function<JdbcUrl, T> work) {
    try (ScratchServer server = start(major)) {
      server.createDatabase(DATABASE);
      return work.apply(url(server));
    }
  }

  private static ScratchServer start(int major) {
    try {
      return ScratchServer.start(major);
    } catch (EmbeddedServerException notThatOne) {
      try {
        return ScratchServer.newest();
      } catch (EmbeddedServerException e) {
        e.addSuppressed(notThatOne);
        throw e;
      }
    }
  }

  private static JdbcUrl url(ScratchServer server) {
    JdbcUrl plain = JdbcUrl.parse(server.jdbcUrl(DATABASE));
    Properties properties = new Properties();
    properties.putAll(plain.properties());
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password());
    return new JdbcUrl(plain.url(), plain.label(), plain.dialect(), properties);
  }
}
