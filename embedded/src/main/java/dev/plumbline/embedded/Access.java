package dev.plumbline.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;

/** How to reach a running server as its superuser, and what to say to it. */
record Access(int port, String password) {
  /**
   * Not {@code plumb}: PostgreSQL's default search path begins with a schema of the role's name,
   * and the journal's schema has that one.
   */
  static final String USER = "postgres";

  private static final String ADMIN_DATABASE = "postgres";

  /** duplicate_database; or unique_violation, when two create it in the same instant. */
  private static final Set<String> ALREADY_THERE = Set.of("42P04", "23505");

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + encode(database);
  }

  /** The password stays out of anything that may be printed. */
  @Override
  public String toString() {
    return "Access[port=" + port + "]";
  }

  /**
   * Asserts that the server is safe to keep data in.
   *
   * @throws EmbeddedServerException if somebody overrode a setting that this depends on
   */
  void requireDurable() throws SQLException {
    try (Connection connection = connect()) {
      for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
        String value = show(connection, setting);
        if (!value.equals("on")) {
          throw new EmbeddedServerException(
              "The embedded PostgreSQL on port " + port + " runs with " + setting + " = " + value,
              "Nothing was written: a crash could lose committed data.",
              "Remove the setting (ALTER SYSTEM RESET " + setting + ") and restart the server.");
        }
      }
    }
  }

  void createDatabase(String name) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      if (!exists(connection, name)) {
        statement.execute("CREATE DATABASE " + quote(name));
      }
    } catch (SQLException e) {
      if (!ALREADY_THERE.contains(e.getSQLState())) {
        throw e;
      }
    }
  }

  void dropDatabase(String name) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + quote(name) + " WITH (FORCE)");
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", USER);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("ApplicationName", "plumb embedded");
    return DriverManager.getConnection(url(ADMIN_DATABASE), properties);
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW " + setting)) {
      result.next();
      return result.getString(1);
    }
  }

  private static boolean exists(Connection connection, String database) throws SQLException {
    String sql = "SELECT 1 FROM pg_database WHERE datname = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      try (ResultSet result = statement.executeQuery()) {
        return result.next();
      }
    }
  }

  private static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  private static String encode(String database) {
    return URLEncoder.encode(database, StandardCharsets.UTF_8);
  }
}
