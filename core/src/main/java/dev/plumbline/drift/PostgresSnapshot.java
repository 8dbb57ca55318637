package dev.plumbline.drift;

import dev.plumbline.claim.Kind;
import dev.plumbline.database.Row;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads PostgreSQL's catalogue, one query for each sort of object. */
record PostgresSnapshot(Session session) {
  Snapshot read() {
    // With nothing on the path every name is printed with its schema, whoever asks.
    session.query(Sql.of("SELECT set_config('search_path', '', true)"), row -> row.required(1));
    List<SchemaObject> objects = new ArrayList<>();
    for (Sql query : PostgresObjectQueries.ALL) {
      session.stream(query, row -> object(row).ifPresent(objects::add));
    }
    String version =
        session.one(
            Sql.of("SELECT CAST(current_setting('server_version_num') AS int) / 10000"),
            row -> row.required(1));
    return new Snapshot("PostgreSQL " + version, objects);
  }

  /** Of an object that somebody drops meanwhile the server prints nothing any more. */
  private static Optional<SchemaObject> object(Row row) throws SQLException {
    Optional<String> definition = row.optional(5);
    if (definition.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SchemaObject(
            Kind.valueOf(row.required(1)),
            row.required(2),
            row.optional(3),
            row.required(4),
            definition.get(),
            row.optional(6),
            row.texts(7)));
  }
}
