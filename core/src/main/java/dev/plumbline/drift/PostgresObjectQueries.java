package dev.plumbline.drift;

import dev.plumbline.dialect.Sql;
import java.util.List;

/**
 * Queries for all objects of a PostgreSQL database, with the columns of {@link SchemaObject} in
 * their order. What belongs to the server, to an extension or to Plumbline is left out.
 */
final class PostgresObjectQueries {
  private static final String USERS_SCHEMA =
      """
      left(n.nspname, 3) <> 'pg_' AND n.nspname NOT IN ('information_schema', 'plumb')""";

  private static final Sql SCHEMAS =
      Sql.of(
          """
          SELECT 'SCHEMA', '', NULL, n.nspname, '', k.description,
                 ARRAY[format('CREATE SCHEMA %I', n.nspname)]
          FROM pg_namespace n {}
          WHERE {} AND n.nspname <> 'public' AND {}""",
          comment("pg_namespace", "n"), USERS_SCHEMA, noMember("pg_namespace", "n"));

  private static final Sql EXTENSIONS =
      Sql.of(
          """
          SELECT 'EXTENSION', '', NULL, e.extname, 'in schema ' || n.nspname, NULL,
                 ARRAY[format('CREATE EXTENSION %I', e.extname)]
          FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
          WHERE e.extname <> 'plpgsql'""");

  private static final Sql TYPES =
      Sql.of(
          """
          SELECT 'TYPE', n.nspname, NULL, t.typname, d.definition, k.description,
                 ARRAY[format('CREATE TYPE %I.%I AS %s', n.nspname, t.typname, d.definition)]
          FROM pg_type t
          JOIN pg_namespace n ON n.oid = t.typnamespace
          LEFT JOIN pg_class c ON c.oid = t.typrelid
          {}
          CROSS JOIN LATERAL (
            SELECT CASE t.typtype
              WHEN 'e' THEN
                (SELECT 'ENUM (' || string_agg(quote_literal(e.enumlabel), ', '
                                               ORDER BY e.enumsortorder) || ')'
                 FROM pg_enum e WHERE e.enumtypid = t.oid)
              WHEN 'r' THEN
                (SELECT 'RANGE (SUBTYPE = ' || format_type(r.rngsubtype, NULL) || ')'
                 FROM pg_range r WHERE r.rngtypid = t.oid)
              ELSE
                (SELECT '(' || string_agg(format('%I %s', a.attname,
                                                 format_type(a.atttypid, a.atttypmod)), ', '
                                          ORDER BY a.attnum) || ')'
                 FROM pg_attribute a
                 WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)
            END) AS d (definition)
          WHERE (t.typtype IN ('e', 'r') OR c.relkind = 'c')
            AND d.definition IS NOT NULL AND {} AND {}""",
          comment("pg_type", "t"), USERS_SCHEMA, noMember("pg_type", "t"));

  private static final Sql DOMAINS =
      Sql.of(
          """
          SELECT 'DOMAIN', n.nspname, NULL, t.typname, d.definition, k.description,
                 ARRAY[format('CREATE DOMAIN %I.%I AS %s', n.nspname, t.typname, d.definition)]
          FROM pg_type t
          JOIN pg_namespace n ON n.oid = t.typnamespace
          {}
          CROSS JOIN LATERAL (
            SELECT concat_ws(' ', format_type(t.typbasetype, t.typtypmod),
              CASE WHEN t.typnotnull THEN 'NOT NULL' END,
              'DEFAULT ' || t.typdefault,
              (SELECT string_agg(format('CONSTRAINT %I %s', c.conname, pg_get_constraintdef(c.oid)),
                                 ' ' ORDER BY c.conname)
               FROM pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c'))) AS d (definition)
          WHERE t.typtype = 'd' AND {} AND {}""",
          comment("pg_type", "t"), USERS_SCHEMA, noMember("pg_type", "t"));

  /** Those that no column owns. */
  private static final Sql SEQUENCES =
      Sql.of(
          """
          SELECT 'SEQUENCE', n.nspname, NULL, c.relname, d.definition, k.description,
                 ARRAY[format('CREATE SEQUENCE %I.%I %s', n.nspname, c.relname, d.definition)]
          FROM pg_sequence s
          JOIN pg_class c ON c.oid = s.seqrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace
          {}
          CROSS JOIN LATERAL (
            SELECT format('AS %s INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s%s',
              format_type(s.seqtypid, NULL), s.seqincrement, s.seqmin, s.seqmax, s.seqstart,
              s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' END)) AS d (definition)
          WHERE {} AND {} AND NOT EXISTS (
            SELECT FROM pg_depend o
            WHERE o.classid = CAST('pg_class' AS regclass) AND o.objid = c.oid
              AND o.refclassid = CAST('pg_class' AS regclass) AND o.refobjsubid > 0
              AND o.deptype IN ('a', 'i'))""",
          comment("pg_class", "c"), USERS_SCHEMA, noMember("pg_class", "c"));

  /**
   * Columns with their definition, and as a statement makes them: one that owns a sequence is made
   * as {@code serial}.
   */
  private static final String COLUMN_TEXTS =
      """
      SELECT a.attrelid, a.attnum, a.attname, a.attislocal, v.type || v.rest AS definition,
             CASE WHEN owned.of THEN
               CASE a.atttypid WHEN 20 THEN 'bigserial' WHEN 21 THEN 'smallserial' ELSE 'serial' END
             ELSE v.type || v.rest END AS made
      FROM pg_attribute a
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      CROSS JOIN LATERAL (
        SELECT format_type(a.atttypid, a.atttypmod)
               || CASE WHEN a.attcollation NOT IN (0, t.typcollation)
                  THEN ' COLLATE ' || CAST(CAST(a.attcollation AS regcollation) AS text)
                  ELSE '' END,
               CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
               || CASE a.attidentity WHEN 'a' THEN ' GENERATED ALWAYS AS IDENTITY'
                  WHEN 'd' THEN ' GENERATED BY DEFAULT AS IDENTITY' ELSE '' END
               || CASE WHEN d.adbin IS NULL THEN ''
                  WHEN a.attgenerated = '' THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
                  ELSE ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ')'
                    || CASE a.attgenerated WHEN 's' THEN ' STORED' ELSE ' VIRTUAL' END END
      ) AS v (type, rest)
      CROSS JOIN LATERAL (
        SELECT a.atttypid IN (20, 21, 23) AND a.attnotnull AND EXISTS (
          SELECT FROM pg_depend o
          WHERE o.classid = CAST('pg_class' AS regclass)
            AND o.refclassid = CAST('pg_class' AS regclass)
            AND o.refobjid = a.attrelid AND o.refobjsubid = a.attnum AND o.deptype = 'a'
            AND starts_with(pg_get_expr(d.adbin, d.adrelid), 'nextval('))
      ) AS owned (of)
      WHERE a.attnum > 0 AND NOT a.attisdropped""";

  private static final Sql TABLES =
      Sql.of(
          """
          WITH col AS ({})
          SELECT CASE c.relkind WHEN 'f' THEN 'FOREIGN_TABLE' ELSE 'TABLE' END,
                 n.nspname, NULL, c.relname,
                 concat_ws(' ', unlogged, partition, inherits, partitioned, secured, forced),
                 k.description,
                 CASE WHEN c.relkind = 'f' THEN CAST(ARRAY[] AS text[]) ELSE array_remove(ARRAY[
                   concat_ws(' ', 'CREATE', unlogged, 'TABLE', named,
                     coalesce(partition, (
                       SELECT '(' || coalesce(string_agg(format('%I %s', col.attname, col.made), ', '
                                                         ORDER BY col.attnum), '') || ')'
                       FROM col WHERE col.attrelid = c.oid AND col.attislocal)),
                     inherits, partitioned),
                   'ALTER TABLE ' || named || ' ENABLE ' || secured,
                   CASE WHEN c.relforcerowsecurity
                     THEN 'ALTER TABLE ' || named || ' FORCE ROW LEVEL SECURITY' END], NULL) END
          FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
          {}
          CROSS JOIN LATERAL (SELECT
            format('%I.%I', n.nspname, c.relname),
            CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED' END,
            (SELECT format('PARTITION OF %s %s', CAST(i.inhparent AS regclass),
                           pg_get_expr(c.relpartbound, c.oid))
             FROM pg_inherits i WHERE i.inhrelid = c.oid AND c.relispartition),
            (SELECT 'INHERITS (' || string_agg(CAST(CAST(i.inhparent AS regclass) AS text), ', '
                                               ORDER BY i.inhseqno) || ')'
             FROM pg_inherits i WHERE i.inhrelid = c.oid AND NOT c.relispartition),
            'PARTITION BY ' || pg_get_partkeydef(c.oid),
            CASE WHEN c.relrowsecurity THEN 'ROW LEVEL SECURITY' END,
            CASE WHEN c.relforcerowsecurity THEN 'FORCED' END
          ) AS t (named, unlogged, partition, inherits, partitioned, secured, forced)
          WHERE c.relkind IN ('r', 'p', 'f') AND {} AND {}""",
          COLUMN_TEXTS, comment("pg_class", "c"), USERS_SCHEMA, noMember("pg_class", "c"));

  private static final Sql COLUMNS =
      Sql.of(
          """
          SELECT 'COLUMN', n.nspname, c.relname, col.attname, col.definition, k.description,
                 CAST(ARRAY[] AS text[])
          FROM ({}) AS col
          JOIN pg_class c ON c.oid = col.attrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace
          LEFT JOIN pg_description k ON k.classoid = CAST('pg_class' AS regclass)
            AND k.objoid = col.attrelid AND k.objsubid = col.attnum
          WHERE c.relkind IN ('r', 'p', 'f') AND {} AND {}""",
          COLUMN_TEXTS,
          USERS_SCHEMA,
          noMember("pg_class", "c"));

  private static final Sql VIEWS =
      Sql.of(
          """
          SELECT d.kind, n.nspname, NULL, c.relname, d.definition, k.description,
                 ARRAY[format('CREATE %s %I.%I %s', replace(d.kind, '_', ' '), n.nspname, c.relname,
                              d.definition)]
          FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
          {}
          CROSS JOIN LATERAL (SELECT
            CASE c.relkind WHEN 'v' THEN 'VIEW' ELSE 'MATERIALIZED_VIEW' END,
            concat_ws(' ', 'WITH (' || array_to_string(c.reloptions, ', ') || ')', 'AS',
                      ltrim(rtrim(pg_get_viewdef(c.oid), ';')))) AS d (kind, definition)
          WHERE c.relkind IN ('v', 'm') AND {} AND {}""",
          comment("pg_class", "c"), USERS_SCHEMA, noMember("pg_class", "c"));

  /** But those that come with a range type. */
  private static final Sql FUNCTIONS =
      Sql.of(
          """
          SELECT CASE p.prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'AGGREGATE'
                 ELSE 'FUNCTION' END,
                 n.nspname, NULL, p.proname || '(' || oidvectortypes(p.proargtypes) || ')',
                 CASE WHEN p.prokind = 'a'
                   THEN (SELECT format('SFUNC = %s, STYPE = %s, INITCOND = %L', a.aggtransfn,
                                       format_type(a.aggtranstype, NULL), a.agginitval)
                         FROM pg_aggregate a WHERE a.aggfnoid = p.oid)
                   ELSE pg_get_functiondef(p.oid) END,
                 k.description,
                 CASE WHEN p.prokind = 'a' THEN CAST(ARRAY[] AS text[])
                   ELSE ARRAY[pg_get_functiondef(p.oid)] END
          FROM pg_proc p
          JOIN pg_namespace n ON n.oid = p.pronamespace
          {}
          WHERE {} AND {} AND NOT EXISTS (
            SELECT FROM pg_depend o
            WHERE o.classid = CAST('pg_proc' AS regclass) AND o.objid = p.oid
              AND o.deptype = 'i')""",
          comment("pg_proc", "p"), USERS_SCHEMA, noMember("pg_proc", "p"));

  /** Those that are not a constraint's. */
  private static final Sql INDEXES =
      Sql.of(
          """
          SELECT 'INDEX', n.nspname, t.relname, c.relname,
                 pg_get_indexdef(i.indexrelid)
                   || CASE WHEN i.indisvalid THEN '' ELSE ' (invalid)' END,
                 k.description,
                 CASE WHEN i.indisvalid AND NOT c.relispartition
                   THEN ARRAY[regexp_replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ')] ELSE CAST(ARRAY[] AS text[]) END
          FROM pg_index i
          JOIN pg_class c ON c.oid = i.indexrelid
          JOIN pg_class t ON t.oid = i.indrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace
          {}
          WHERE {} AND {} AND NOT EXISTS (
            SELECT FROM pg_constraint o
            WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x'))""",
          comment("pg_class", "c"),
          USERS_SCHEMA,
          noMember("pg_class", "t"));

  /** But NOT NULL, which PostgreSQL 18 lists here, and what a table has from its parent. */
  private static final Sql CONSTRAINTS =
      Sql.of(
          """
          SELECT 'CONSTRAINT', n.nspname, t.relname, c.conname, pg_get_constraintdef(c.oid),
                 k.description,
                 ARRAY[format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', n.nspname, t.relname,
                              c.conname, pg_get_constraintdef(c.oid))]
          FROM pg_constraint c
          JOIN pg_class t ON t.oid = c.conrelid
          JOIN pg_namespace n ON n.oid = t.relnamespace
          {}
          WHERE c.contype IN ('c', 'f', 'p', 'u', 'x') AND c.conislocal AND c.conparentid = 0
            AND {} AND {}""",
          comment("pg_constraint", "c"), USERS_SCHEMA, noMember("pg_class", "t"));

  private static final Sql TRIGGERS =
      Sql.of(
          """
          SELECT 'TRIGGER', n.nspname, c.relname, t.tgname,
                 pg_get_triggerdef(t.oid) || coalesce(' (' || lower(m.mode) || ')', ''),
                 k.description,
                 array_remove(ARRAY[pg_get_triggerdef(t.oid),
                   format('ALTER TABLE %I.%I ', n.nspname, c.relname)
                     || m.mode || format(' TRIGGER %I', t.tgname)], NULL)
          FROM pg_trigger t
          JOIN pg_class c ON c.oid = t.tgrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_proc f ON f.oid = t.tgfoid
          JOIN pg_namespace fn ON fn.oid = f.pronamespace
          {}
          CROSS JOIN LATERAL (SELECT CASE t.tgenabled WHEN 'D' THEN 'DISABLE'
            WHEN 'A' THEN 'ENABLE ALWAYS' WHEN 'R' THEN 'ENABLE REPLICA' END) AS m (mode)
          WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND fn.nspname <> 'plumb'
            AND {} AND {}""",
          comment("pg_trigger", "t"), USERS_SCHEMA, noMember("pg_class", "c"));

  private static final Sql POLICIES =
      Sql.of(
          """
          SELECT 'POLICY', n.nspname, c.relname, p.polname, d.definition, k.description,
                 ARRAY[format('CREATE POLICY %I ON %I.%I %s', p.polname, n.nspname, c.relname,
                              d.definition)]
          FROM pg_policy p
          JOIN pg_class c ON c.oid = p.polrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace
          {}
          CROSS JOIN LATERAL (SELECT concat_ws(' ',
            'AS', CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
            'FOR', CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                     WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
            'TO', (SELECT string_agg(CASE WHEN r.oid = 0 THEN 'PUBLIC'
                                     ELSE quote_ident(pg_get_userbyid(r.oid)) END, ', '
                                     ORDER BY pg_get_userbyid(r.oid))
                   FROM unnest(p.polroles) AS r (oid)),
            'USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
            'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')) AS d (definition)
          WHERE {} AND {}""",
          comment("pg_policy", "p"), USERS_SCHEMA, noMember("pg_class", "c"));

  static final List<Sql> ALL =
      List.of(
          SCHEMAS,
          EXTENSIONS,
          TYPES,
          DOMAINS,
          SEQUENCES,
          TABLES,
          COLUMNS,
          VIEWS,
          FUNCTIONS,
          INDEXES,
          CONSTRAINTS,
          TRIGGERS,
          POLICIES);

  private PostgresObjectQueries() {}

  /** The object's comment as {@code k.description}. */
  private static String comment(String catalog, String alias) {
    return """
    LEFT JOIN pg_description k ON k.classoid = CAST('%s' AS regclass)
      AND k.objoid = %s.oid AND k.objsubid = 0"""
        .formatted(catalog, alias);
  }

  /** That the object is no extension's. */
  private static String noMember(String catalog, String alias) {
    return """
    NOT EXISTS (
      SELECT FROM pg_depend x
      WHERE x.classid = CAST('%s' AS regclass) AND x.objid = %s.oid AND x.deptype = 'e')"""
        .formatted(catalog, alias);
  }
}
