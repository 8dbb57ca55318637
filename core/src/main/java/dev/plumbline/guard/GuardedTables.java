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
