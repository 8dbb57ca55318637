package dev.plumbline.dialect;

/** What a backup of SQLite asks the database. */
public final class SqliteBackup {
  private SqliteBackup() {}

  /** Writes a copy to a file that is not there, or empty. */
  public static Sql into(String file) {
    return Sql.of("VACUUM main INTO {}", Sql.value(file));
  }

  /** All that is declared: kind, name, table, statement. */
  public static Sql catalogue() {
    return Sql.of(
        """
        SELECT type || ' ' || name || ' on ' || tbl_name || coalesce(': ' || sql, '')
        FROM main.sqlite_schema ORDER BY 1""");
  }

  /** The tables that hold rows themselves; virtual ones keep theirs in others. */
  public static Sql tables() {
    return Sql.of(
        """
        SELECT name FROM pragma_table_list
        WHERE schema = 'main' AND type IN ('table', 'shadow') AND name <> 'sqlite_schema'
        ORDER BY 1""");
  }

  /**
   * How many rows a table has.
   *
   * @param table quoted
   */
  public static Sql count(String table) {
    return Sql.of("SELECT count(*) FROM main.{}", table);
  }

  /** The word {@code ok}, or what is broken. */
  public static Sql integrity() {
    return Sql.of("PRAGMA integrity_check(10)");
  }
}
