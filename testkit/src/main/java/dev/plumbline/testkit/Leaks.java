package dev.plumbline.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds connections to a database that nobody closed. Any thread may use it. */
final class Leaks {
  /** A server's backend ends a moment after its client has closed. */
  private static final Duration BACKENDS_END = Duration.ofSeconds(2);

  private final DatabaseHost host;
  private final String database;
  private final Map<Connection, Throwable> opened = new LinkedHashMap<>();

  Leaks(DatabaseHost host, String database) {
    this.host = host;
    this.database = database;
  }

  /** Remembers a connection and where it was opened. */
  synchronized void watch(Connection connection) {
    opened.put(connection, new Throwable("opened here"));
  }

  synchronized void check() {
    for (Map.Entry<Connection, Throwable> entry : opened.entrySet()) {
      if (isOpen(entry.getKey())) {
        throw new AssertionError("a connection was left open", entry.getValue());
      }
    }
    List<String> open = new ArrayList<>();
    try {
      Until.holds(BACKENDS_END, "all connections are closed", () -> none(open));
    } catch (AssertionError e) {
      throw new AssertionError("connections were left open:\n" + String.join("\n", open), e);
    }
  }

  private boolean none(List<String> open) throws SQLException {
    open.clear();
    open.addAll(host.openConnections(database));
    return open.isEmpty();
  }

  synchronized void closeWatched() throws SQLException {
    for (Connection connection : opened.keySet()) {
      connection.close();
    }
  }

  private static boolean isOpen(Connection connection) {
    try {
      return !connection.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }
}
