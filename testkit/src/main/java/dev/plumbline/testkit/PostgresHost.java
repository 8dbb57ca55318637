package dev.plumbline.testkit;

import dev.plumbline.embedded.EmbeddedServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Databases on a real PostgreSQL server. */
record PostgresHost(PostgresVersion version, EmbeddedServer server) implements DatabaseHost {
  private static final String ADMIN_DATABASE = "postgres";

  @Override
  public String label() {
    return "PostgreSQL (" + version.name().toLowerCase(Locale.ROOT) + ")";
  }

  @Override
  public String url(String database) {
    return url(database, server.user(), server.password());
  }

  String url(String database, String user, String password) {
    return server.jdbcUrl(database) + "?user=" + encode(user) + "&password=" + encode(password);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public void create(String database) {
    server.createDatabase(database);
  }

  @Override
  public void drop(String database) {
    server.dropDatabase(database);
  }

  /** A connection that is not one of the database's own. */
  Connection admin() throws SQLException {
    return DriverManager.getConnection(url(ADMIN_DATABASE));
  }

  @Override
  public List<String> openConnections(String database) throws SQLException {
    String sql =
        """
        SELECT format('pid %s, %s, %s, last: %s', pid, application_name, state, query)
        FROM pg_stat_activity
        WHERE datname = ? AND backend_type = 'client backend'
        """;
    try (Connection admin = admin();
        PreparedStatement statement = admin.prepareStatement(sql)) {
      statement.setString(1, database);
      try (ResultSet result = statement.executeQuery()) {
        List<String> open = new ArrayList<>();
        while (result.next()) {
          open.add(result.getString(1));
        }
        return open;
      }
    }
  }

  @Override
  public String exactRow(List<String> columns) {
    return "t::text";
  }
}
