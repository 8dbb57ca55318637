package dev.plumbline.cli.demo;

import dev.plumbline.embedded.EmbeddedServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Databases on the embedded PostgreSQL, each named for its example. */
public record ServerDatabases(EmbeddedServer server) implements Databases {

  @Override
  public void renew(Example example) {
    server.dropDatabase(example.name());
    server.createDatabase(example.name());
  }

  @Override
  public Connection connect(Example example) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", server.user());
    login.setProperty("password", server.password());
    // For real data, which comes as text; and to send many rows at once.
    login.setProperty("stringtype", "unspecified");
    login.setProperty("reWriteBatchedInserts", "true");
    return DriverManager.getConnection(server.jdbcUrl(example.name()), login);
  }
}
