package dev.plumbline.drift;

import dev.plumbline.claim.Kind;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads SQLite's database {@code main}. A table's text holds its columns and constraints; its
 * columns come as objects, too, so that one that nobody claims is found.
 */
record SqliteSnapshot(Session session) {
  private static final Sql OBJECTS =
      Sql.of(
          """
          SELECT type, name, tbl_name, sql FROM main.sqlite_schema
          WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
            AND name NOT LIKE 'plumb!_%' ESCAPE '!' AND name NOT LIKE 'zz!_plumb!_%' ESCAPE '!'""");

  private static final Sql COLUMNS =
      Sql.of(
          """
          SELECT s.name, c.name, c.type || iif(c."notnull", ' NOT NULL', '')
            || coalesce(' DEFAULT ' || c.dflt_value, '')
          FROM main.sqlite_schema AS s, pragma_table_xinfo(s.name, 'main') AS c
          WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite!_%' ESCAPE '!'
            AND s.name NOT LIKE 'plumb!_%' ESCAPE '!'""");

  Snapshot read() {
    List<SchemaObject> objects = new ArrayList<>();
    session.stream(
        OBJECTS,
        row -> {
          Kind kind = kind(row.required(1));
          boolean member = kind == Kind.INDEX || kind == Kind.TRIGGER;
          String sql = row.required(4);
          objects.add(
              new SchemaObject(
                  kind,
                  "",
                  member ? Optional.of(row.required(3)) : Optional.empty(),
                  row.required(2),
                  sql,
                  Optional.empty(),
                  List.of(sql)));
        });
    session.stream(
        COLUMNS,
        row ->
            objects.add(
                new SchemaObject(
                    Kind.COLUMN,
                    "",
                    Optional.of(row.required(1)),
                    row.required(2),
                    row.required(3).strip(),
                    Optional.empty(),
                    List.of())));
    return new Snapshot("SQLite 3", objects);
  }

  private static Kind kind(String type) {
    return switch (type) {
      case "table" -> Kind.TABLE;
      case "view" -> Kind.VIEW;
      case "index" -> Kind.INDEX;
      default -> Kind.TRIGGER;
    };
  }
}
