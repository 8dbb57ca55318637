package dev.plumbline.testkit;

import java.sql.SQLException;
import java.util.List;

/** Where databases of tests come from. What differs between the databases, and nothing else. */
interface DatabaseHost {
  /** How test reports name it. */
  String label();

  /** A JDBC URL with all that it takes to connect. */
  String url(String database);

  void create(String database) throws SQLException;

  void drop(String database) throws SQLException;

  /** Describes each connection to the database that is open now, whoever opened it. */
  List<String> openConnections(String database) throws SQLException;

  /** A SQL expression that renders one row of table {@code t} exactly, types included. */
  String exactRow(List<String> columns);
}
