package dev.plumbline.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Harm that a database's administrator can do. */
public final class Faults {
  private Faults() {}

  /**
   * Ends all connections to a PostgreSQL database with {@code pg_terminate_backend}, and returns
   * when their backends are gone.
   *
   * @return how many there were
   */
  public static int killBackends(TestDatabase database) {
    String sql =
        """
        SELECT count(*) FILTER (WHERE pg_terminate_backend(pid, 10000))
        FROM pg_stat_activity
        WHERE datname = ? AND backend_type = 'client backend'
        """;
    try (Connection admin = database.postgresHost().admin();
        PreparedStatement statement = admin.prepareStatement(sql)) {
      statement.setString(1, database.name());
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the backends could not be killed", e);
    }
  }
}
