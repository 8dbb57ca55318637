package dev.plumbline.dialect;

import java.util.List;

/** What a backup of PostgreSQL asks the server. */
public final class PostgresBackup {
  private PostgresBackup() {}

  /** The server's major version. */
  public static Sql major() {
    return Sql.of("SELECT current_setting('server_version_num')::integer / 10000");
  }

  /**
   * Lets other connections see what this transaction sees, for as long as it lasts; it may be idle
   * while they look.
   */
  public static List<Sql> share() {
    return List.of(
        Sql.of("SELECT set_config('idle_in_transaction_session_timeout', '0', true)"),
        // Types are then named with their schema, whoever asks.
        Sql.of("SELECT set_config('search_path', 'pg_catalog', true)"));
  }

  /** The name of what this transaction sees. */
  public static Sql snapshot() {
    return Sql.of("SELECT pg_export_snapshot()");
  }

  /**
   * The tables whose rows a dump holds: schema, name. Rows of a partitioned table are in its
   * partitions; what belongs to an extension is made by the extension.
   */
  public static Sql tables() {
    return Sql.of(
        """
        SELECT n.nspname, c.relname
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND c.relpersistence <> 't'
          AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
          AND NOT EXISTS (
            SELECT 1 FROM pg_depend d
            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        ORDER BY 1, 2""");
  }

  /**
   * How many rows a table has itself.
   *
   * @param table quoted and qualified
   */
  public static Sql count(String table) {
    return Sql.of("SELECT count(*) FROM ONLY {}", table);
  }

  /**
   * What a restored catalogue has to have, one line each: relations with their columns, indexes,
   * constraints, triggers, functions. Left out is what a dump leaves out (invalid indexes) and what
   * newer servers name that older ones do not (NOT NULL).
   */
  public static Sql catalogue() {
    return Sql.of(
        """
        WITH own AS (
          SELECT c.oid, c.relkind, format('%I.%I', n.nspname, c.relname) AS name
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relpersistence <> 't'
            AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
            AND NOT EXISTS (
              SELECT 1 FROM pg_depend d
              WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'))
        SELECT format('%s %s', CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
            WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type'
            ELSE 'table' END, name)
        FROM own WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
        UNION ALL
        SELECT format('column %s.%I %s%s', name, a.attname, format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN ' not null' ELSE '' END)
        FROM own JOIN pg_attribute a ON a.attrelid = own.oid
        WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT format('index %s on %s', x.indexrelid::regclass, name)
        FROM own JOIN pg_index x ON x.indrelid = own.oid WHERE x.indisvalid
        UNION ALL
        SELECT format('constraint %I on %s', k.conname, name)
        FROM own JOIN pg_constraint k ON k.conrelid = own.oid WHERE k.contype <> 'n'
        UNION ALL
        SELECT format('trigger %I on %s', t.tgname, name)
        FROM own JOIN pg_trigger t ON t.tgrelid = own.oid WHERE NOT t.tgisinternal
        UNION ALL
        SELECT format('function %s', p.oid::regprocedure)
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
          AND NOT EXISTS (
            SELECT 1 FROM pg_depend d
            WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
        ORDER BY 1""");
  }

  /** The extensions in use. */
  public static Sql extensions() {
    return Sql.of("SELECT extname FROM pg_extension ORDER BY 1");
  }

  /** The extensions that could be. */
  public static Sql available() {
    return Sql.of("SELECT name FROM pg_available_extensions");
  }

  /** Roles, which a dump refers to and does not hold. */
  public static Sql roles() {
    return Sql.of("SELECT rolname FROM pg_roles WHERE rolname NOT LIKE 'pg\\_%' ORDER BY 1");
  }

  /**
   * A role to refer to, on a server to throw away.
   *
   * @param role quoted
   */
  public static Sql role(String role) {
    return Sql.of("CREATE ROLE {}", role);
  }
}
