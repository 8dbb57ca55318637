package dev.plumbline.cli.demo;

import java.sql.Connection;
import java.sql.SQLException;

/** Where the databases of examples are kept. */
public interface Databases {

  /** Makes an empty database for an example, in place of an older one. */
  void renew(Example example) throws SQLException;

  /** Connects to an example's database. */
  Connection connect(Example example) throws SQLException;
}
