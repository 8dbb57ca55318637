package dev.plumbline.database;

import dev.plumbline.dialect.Sql;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The objects of PostgreSQL's catalogue that have one of some names, each sort read by one query,
 * however many there are. Read-only; in the caller's transaction, if there is one.
 */
public final class PostgresObjects {
  private final Session session;

  public PostgresObjects(Session session) {
    this.session = session;
  }

  /**
   * A table, view, sequence, index, …
   *
   * @param kind pg_class's letter
   */
  public record Relation(
      long oid,
      String schema,
      String name,
      String kind,
      boolean rowSecurity,
      boolean forced,
      Optional<String> comment) {}

  /**
   * A column.
   *
   * @param generated {@code s} or {@code v} for an expression, {@code a} or {@code d} for an
   *     identity; empty for neither
   * @param fill the default or generating expression
   */
  public record Column(
      long relation,
      String name,
      String type,
      boolean notNull,
      String generated,
      Optional<String> fill,
      Optional<String> comment) {}

  /** An index; {@code table} and {@code oid} are those of pg_class. */
  public record Index(
      long oid, long table, String name, String tableName, String definition, boolean valid) {}

  /**
   * A constraint.
   *
   * @param type pg_constraint's letter
   */
  public record Constraint(
      long table,
      String name,
      String type,
      String definition,
      boolean validated,
      Optional<String> comment) {}

  /**
   * A trigger.
   *
   * @param firing pg_trigger's letter
   */
  public record Trigger(
      long table, String name, String definition, String firing, Optional<String> comment) {}

  /**
   * A policy.
   *
   * @param command pg_policy's letter
   */
  public record Policy(
      long table,
      String name,
      String command,
      boolean permissive,
      Optional<String> using,
      Optional<String> check,
      Optional<String> comment) {}

  /**
   * A function, procedure or aggregate.
   *
   * @param kind pg_proc's letter
   * @param arguments the types of its input
   */
  public record Routine(
      String schema,
      String name,
      String kind,
      List<String> arguments,
      Optional<String> result,
      String language,
      String source,
      boolean standardBody,
      boolean securityDefiner,
      boolean strict,
      String volatility,
      Optional<String> comment) {}

  /**
   * A type.
   *
   * @param kind pg_type's letter
   * @param labels of an enum
   */
  public record DataType(
      String schema, String name, String kind, List<String> labels, Optional<String> comment) {}

  /** A schema or an extension. */
  public record Named(String name, Optional<String> comment) {}

  /** The schemas that are searched for a name without one, best first. */
  public List<String> searchPath() {
    return session.one(Sql.of("SELECT CAST(current_schemas(true) AS text[])"), row -> row.texts(1));
  }

  public String user() {
    return session.one(Sql.of("SELECT CAST(current_user AS text)"), row -> row.required(1));
  }

  public List<Relation> relations(Collection<String> names) {
    return session.query(
        Sql.of(
            """
            SELECT c.oid, n.nspname, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity,
                   k.description
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            {}
            WHERE c.relname IN ({}) ORDER BY c.oid""",
            comment("pg_class", "c.oid"),
            names(names)),
        row ->
            new Relation(
                row.number(1),
                row.required(2),
                row.required(3),
                row.required(4),
                row.truth(5),
                row.truth(6),
                row.optional(7)));
  }

  public List<Column> columns(Collection<Long> relations) {
    return session.query(
        Sql.of(
            """
            SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                   CAST(a.attgenerated AS text) || CAST(a.attidentity AS text),
                   pg_get_expr(d.adbin, d.adrelid), k.description
            FROM pg_attribute a
            LEFT JOIN pg_description k ON k.classoid = CAST('pg_class' AS regclass)
              AND k.objoid = a.attrelid AND k.objsubid = a.attnum
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = ANY ({}) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attrelid, a.attnum""",
            oids(relations)),
        row ->
            new Column(
                row.number(1),
                row.required(2),
                row.required(3),
                row.truth(4),
                row.required(5),
                row.optional(6),
                row.optional(7)));
  }

  /** The indexes of tables, and indexes themselves. */
  public List<Index> indexes(Collection<Long> relations) {
    return session.query(
        Sql.of(
            """
            SELECT i.indexrelid, i.indrelid, c.relname, t.relname,
                   pg_get_indexdef(i.indexrelid), i.indisvalid
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_class t ON t.oid = i.indrelid
            WHERE i.indrelid = ANY ({}) OR i.indexrelid = ANY ({}) ORDER BY 1""",
            oids(relations),
            oids(relations)),
        row ->
            new Index(
                row.number(1),
                row.number(2),
                row.required(3),
                row.required(4),
                row.required(5),
                row.truth(6)));
  }

  public List<Constraint> constraints(Collection<Long> tables) {
    return session.query(
        Sql.of(
            """
            SELECT c.conrelid, c.conname, c.contype, pg_get_constraintdef(c.oid), c.convalidated,
                   k.description
            FROM pg_constraint c {}
            WHERE c.conrelid = ANY ({}) ORDER BY c.oid""",
            comment("pg_constraint", "c.oid"),
            oids(tables)),
        row ->
            new Constraint(
                row.number(1),
                row.required(2),
                row.required(3),
                row.required(4),
                row.truth(5),
                row.optional(6)));
  }

  public List<Trigger> triggers(Collection<Long> tables) {
    return session.query(
        Sql.of(
            """
            SELECT t.tgrelid, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled, k.description
            FROM pg_trigger t {}
            WHERE t.tgrelid = ANY ({}) AND NOT t.tgisinternal ORDER BY t.oid""",
            comment("pg_trigger", "t.oid"),
            oids(tables)),
        row ->
            new Trigger(
                row.number(1), row.required(2), row.required(3), row.required(4), row.optional(5)));
  }

  public List<Policy> policies(Collection<Long> tables) {
    return session.query(
        Sql.of(
            """
            SELECT p.polrelid, p.polname, p.polcmd, p.polpermissive,
                   pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid),
                   k.description
            FROM pg_policy p {}
            WHERE p.polrelid = ANY ({}) ORDER BY p.oid""",
            comment("pg_policy", "p.oid"),
            oids(tables)),
        row ->
            new Policy(
                row.number(1),
                row.required(2),
                row.required(3),
                row.truth(4),
                row.optional(5),
                row.optional(6),
                row.optional(7)));
  }

  public List<Routine> routines(Collection<String> names) {
    return session.query(
        Sql.of(
            """
            SELECT n.nspname, p.proname, p.prokind,
                   ARRAY(SELECT format_type(a.type, NULL)
                         FROM unnest(CAST(p.proargtypes AS oid[])) WITH ORDINALITY AS a (type, at)
                         ORDER BY a.at),
                   CASE WHEN p.prorettype <> 0 THEN format_type(p.prorettype, NULL) END,
                   l.lanname, p.prosrc, p.prosqlbody IS NOT NULL, p.prosecdef, p.proisstrict,
                   p.provolatile, k.description
            FROM pg_proc p
            JOIN pg_namespace n ON n.oid = p.pronamespace
            JOIN pg_language l ON l.oid = p.prolang
            {}
            WHERE p.proname IN ({}) ORDER BY p.oid""",
            comment("pg_proc", "p.oid"),
            names(names)),
        row ->
            new Routine(
                row.required(1),
                row.required(2),
                row.required(3),
                row.texts(4),
                row.optional(5),
                row.required(6),
                row.required(7),
                row.truth(8),
                row.truth(9),
                row.truth(10),
                row.required(11),
                row.optional(12)));
  }

  /** Types but those of tables' rows. */
  public List<DataType> types(Collection<String> names) {
    return session.query(
        Sql.of(
            """
            SELECT n.nspname, t.typname, t.typtype,
                   ARRAY(SELECT CAST(e.enumlabel AS text) FROM pg_enum e
                         WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder),
                   k.description
            FROM pg_type t
            JOIN pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_class c ON c.oid = t.typrelid
            {}
            WHERE t.typname IN ({}) AND (c.oid IS NULL OR c.relkind = 'c') ORDER BY t.oid""",
            comment("pg_type", "t.oid"),
            names(names)),
        row ->
            new DataType(
                row.required(1), row.required(2), row.required(3), row.texts(4), row.optional(5)));
  }

  public List<Named> schemas(Collection<String> names) {
    return session.query(
        Sql.of(
            """
            SELECT nspname, obj_description(oid, 'pg_namespace')
            FROM pg_namespace WHERE nspname IN ({})""",
            names(names)),
        row -> new Named(row.required(1), row.optional(2)));
  }

  public List<Named> extensions(Collection<String> names) {
    return session.query(
        Sql.of(
            """
            SELECT extname, obj_description(oid, 'pg_extension')
            FROM pg_extension WHERE extname IN ({})""",
            names(names)),
        row -> new Named(row.required(1), row.optional(2)));
  }

  /**
   * The comment as {@code k.description}: joined, since {@code obj_description} asks once a row.
   */
  private static Sql comment(String catalog, String oid) {
    return Sql.of(
        """
        LEFT JOIN pg_description k ON k.classoid = CAST('%s' AS regclass)
          AND k.objoid = %s AND k.objsubid = 0"""
            .formatted(catalog, oid));
  }

  /** As a query, whose rows the server puts in a hash table; an array's names it tries in turn. */
  private static Sql names(Collection<String> names) {
    return Sql.of("SELECT unnest(CAST({} AS name[]))", Sql.value(array(names)));
  }

  private static Sql oids(Collection<Long> oids) {
    return Sql.of(
        "CAST({} AS oid[])", Sql.value(array(oids.stream().map(String::valueOf).toList())));
  }

  /** PostgreSQL's way to write an array. */
  private static String array(Collection<String> texts) {
    return texts.stream()
        .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }
}
