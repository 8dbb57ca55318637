package dev.plumbline.guard;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.schema.Table;
import java.util.List;
import java.util.Optional;

/** Whether triggers on a table see every write to it. What keeps them from it is a problem. */
final class GuardedTables {
  /** What installing a guard does to everybody else. */
  static final String LOCKS =
      "Installing locks these tables against writers (SHARE ROW EXCLUSIVE) for a moment, and gives"
          + " up (75) where it would have to wait longer than the lock timeout.";

  private final Session session;
  private final List<Problem> problems;

  GuardedTables(Session session, List<Problem> problems) {
    this.session = session;
    this.problems = problems;
  }

  private record Facts(String kind, boolean temporary, boolean inherits, boolean hidden) {}

  void require(Table table, Position position) {
    Facts facts =
        session.one(
            Sql.of(
                """
                SELECT c.relkind, c.relpersistence = 't',
                       EXISTS (SELECT 1 FROM pg_inherits i
                               WHERE c.oid IN (i.inhrelid, i.inhparent)),
                       row_security_active(c.oid)
                FROM pg_class c WHERE c.oid = to_regclass({})""",
                Sql.value(table.sql())),
            row -> new Facts(row.required(1), row.truth(2), row.truth(3), row.truth(4)));
    if (facts.kind().equals("p") || facts.inherits()) {
      refuse(
          table,
          position,
          table.label()
              + " is partitioned or inherits: a statement on one of its parts would not fire the"
              + " triggers that see a whole statement",
          "keep it true by a scheduled repair instead");
    }
    if (facts.temporary()) {
      refuse(table, position, table.label() + " is temporary", "guard tables that stay");
    }
    if (facts.hidden()) {
      refuse(
          table,
          position,
          "row-level security hides rows of " + table.label() + " from this role",
          "install the guard as the table's owner, or as a role with BYPASSRLS");
    }
  }

  /** The foreign keys that point at a table and hold at every moment. */
  List<Joins.Pointing> pointingAt(Table table) {
    String quoted = "'\"' || replace(%1$s, '\"', '\"\"') || '\"'";
    return session.query(
        Sql.of(
            """
            SELECT {} || '.' || {},
                   (SELECT CAST(array_agg(a.attname ORDER BY k.position) AS text[])
                    FROM unnest(f.conkey) WITH ORDINALITY AS k (attnum, position)
                    JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.attnum),
                   (SELECT CAST(array_agg(a.attname ORDER BY k.position) AS text[])
                    FROM unnest(f.confkey) WITH ORDINALITY AS k (attnum, position)
                    JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.attnum)
            FROM pg_constraint f
            JOIN pg_class c ON c.oid = f.conrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE f.contype = 'f' AND f.confrelid = to_regclass({})
              AND f.convalidated AND NOT f.condeferrable
            ORDER BY f.conname""",
            quoted.formatted("n.nspname"),
            quoted.formatted("c.relname"),
            Sql.value(table.sql())),
        row -> new Joins.Pointing(row.required(1), row.texts(2), table.sql(), row.texts(3)));
  }

  /**
   * A column that every new row must have a value for, and that no default gives one.
   *
   * @param byTrigger whether a trigger that runs before inserts may set it: its function names the
   *     column, or is not in a language whose text could be read for it
   */
  record Unfilled(String column, boolean byTrigger) {}

  /** The columns that an insert into the table must name. A domain's default and NOT NULL count. */
  List<Unfilled> unfilled(Table table) {
    return session.query(
        Sql.of(
            """
            SELECT a.attname,
                   EXISTS (SELECT 1 FROM pg_trigger g
                           JOIN pg_proc p ON p.oid = g.tgfoid
                           JOIN pg_language l ON l.oid = p.prolang
                           WHERE g.tgrelid = a.attrelid AND g.tgenabled IN ('O', 'A')
                             AND g.tgtype & 7 = 7 -- for each row, before, insert
                             AND (l.lanname <> 'plpgsql'
                                  OR strpos(lower(p.prosrc), lower(a.attname)) > 0))
            FROM pg_attribute a
            JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = to_regclass({}) AND a.attnum > 0 AND NOT a.attisdropped
              AND (a.attnotnull OR t.typnotnull)
              AND NOT a.atthasdef AND t.typdefault IS NULL AND a.attidentity = ''
            ORDER BY a.attnum""",
            Sql.value(table.sql())),
        row -> new Unfilled(row.required(1), row.truth(2)));
  }

  /** What slows each write down where it is missing. */
  Optional<String> missingIndex(Table table, List<String> columns) {
    boolean found =
        session.one(
            Sql.of(
                """
                SELECT EXISTS (
                  SELECT 1 FROM pg_index i
                  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                  WHERE i.indrelid = to_regclass({}) AND i.indisvalid AND i.indpred IS NULL
                    AND a.attname = ANY (string_to_array({}, E'\\x01')))""",
                Sql.value(table.sql()),
                Sql.value(String.join("\u0001", columns))),
            row -> row.truth(1));
    return found
        ? Optional.empty()
        : Optional.of(
            table.label()
                + " has no index that begins with "
                + String.join(" or ", columns)
                + ": each guarded write reads the whole table.");
  }

  private void refuse(Table table, Position position, String what, String instead) {
    problems.add(new Problem(position, what, table.label(), Optional.of(instead)));
  }
}
