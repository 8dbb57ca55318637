package dev.plumbline.testkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The content of a table as one hash. */
record Fingerprint(Connection connection, DatabaseHost host) {
  private static final int FETCH_SIZE = 10_000;

  String of(String table, List<String> orderBy) throws SQLException {
    List<String> columns = columns(table);
    String row = host.exactRow(columns);
    String order = orderBy.isEmpty() ? "1" : String.join(", ", orderBy);
    MessageDigest digest = sha256();
    add(digest, String.join(",", columns));
    connection.setAutoCommit(false); // PostgreSQL streams only inside a transaction
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_SIZE);
      String sql = "SELECT " + row + " FROM " + table + " AS t ORDER BY " + order;
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          add(digest, rows.getString(1));
        }
      }
    }
    connection.rollback();
    return HexFormat.of().formatHex(digest.digest());
  }

  private List<String> columns(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + table + " LIMIT 0")) {
      ResultSetMetaData metadata = none.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int column = 1; column <= metadata.getColumnCount(); column++) {
        columns.add(metadata.getColumnName(column));
      }
      return columns;
    }
  }

  /** Length first, so that no two different lists of texts hash the same bytes. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
