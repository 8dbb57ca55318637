package dev.plumbline.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens a JDBC connection. The one seam where a driver, a pool or the tool's own server comes in.
 */
@FunctionalInterface
public interface Connecting {
  Connection open() throws SQLException;
}
