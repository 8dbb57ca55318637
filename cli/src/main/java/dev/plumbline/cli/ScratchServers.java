package dev.plumbline.cli;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.embedded.EmbeddedServerException;
import dev.plumbline.embedded.ScratchServer;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.verify.ScratchPlace;
import java.util.Properties;
import java.util.function.Function;

/** A PostgreSQL of the version that is asked for, made for the moment and gone afterwards. */
final class ScratchServers implements ScratchPlace {
  private static final String DATABASE = "replay";

  @Override
  public <T> T on(int major, Function<Session, T> work) {
    try (ScratchServer server = start(major)) {
      server.createDatabase(DATABASE);
      try (Session session = Database.of(url(server)).openForWriting(Timeouts.READING)) {
        return work.apply(session);
      }
    }
  }

  private static ScratchServer start(int major) {
    try {
      return ScratchServer.start(major);
    } catch (EmbeddedServerException e) {
      String[] parts = String.valueOf(e.getMessage()).split("\n", 3);
      throw new PlumblineException(
          ErrorCode.UNREACHABLE,
          parts[0],
          "Nothing was replayed, and nothing was changed.",
          parts[parts.length - 1],
          e);
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
