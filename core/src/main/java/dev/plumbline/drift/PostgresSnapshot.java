package dev.plumbline.drift;

import dev.plumbline.claim.Kind;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Sql;
import java.util.ArrayList;
import java.util.List;

/** Reads PostgreSQL's catalogue, one query for each sort of object. */
record PostgresSnapshot(Session session) {
  Snapshot read() {
    // With nothing on the path every name is printed with its schema, whoever asks.
    session.query(Sql.of("SELECT set_config('search_path', '', true)"), row -> row.required(1));
    List<SchemaObject> objects = new ArrayList<>();
    for (Sql query : PostgresObjectQueries.ALL) {
      session.stream(
          query,
          row ->
              objects.add(
                  new SchemaObject(
                      Kind.valueOf(row.required(1)),
                      row.required(2),
                      row.optional(3),
                      row.required(4),
                      row.required(5),
                      row.optional(6),
                      row.texts(7))));
    }
    String version =
        session.one(
            Sql.of("SELECT CAST(current_setting('server_version_num') AS int) / 10000"),
            row -> row.required(1));
    return new Snapshot("PostgreSQL " + version, objects);
  }
}
