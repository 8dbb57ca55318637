package dev.plumbline.drift;

import dev.plumbline.claim.Kind;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.schema.Table;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All objects of a database at one time, but for the server's own, those of extensions and those of
 * Plumbline.
 *
 * <p>Not looked at are owners, privileges, settings of storage, rules, statistics objects, event
 * triggers, publications, collations, operators, casts, text search and foreign servers.
 *
 * @param server {@code PostgreSQL 17} or {@code SQLite 3}: another major version may print the same
 *     definition in other words
 * @param objects sorted by kind, then by name
 */
public record Snapshot(String server, List<SchemaObject> objects) {
  private static final String SQLITE_SCHEMA = "main";

  public Snapshot {
    objects = objects.stream().sorted(SchemaObject.ORDER).toList();
  }

  /** Reads the catalogue, in one transaction of its own; the session must not be in one. */
  public static Snapshot read(Session session) {
    return session.transaction(
        () ->
            switch (session.dialect()) {
              case PostgresDialect postgres -> new PostgresSnapshot(session).read();
              case SqliteDialect sqlite -> new SqliteSnapshot(session).read();
            });
  }

  /**
   * SQL that makes the objects: tables before what is on them, foreign keys last. Which view or
   * function needs which other is not looked at.
   */
  public List<String> statements() {
    return Stream.concat(
            objects.stream().filter(object -> !isForeignKey(object)),
            objects.stream().filter(Snapshot::isForeignKey))
        .flatMap(object -> object.statements().stream())
        .toList();
  }

  /**
   * The snapshot without some tables and what belongs to them: those in which tools keep record.
   */
  public Snapshot without(Collection<Table> tables) {
    Set<SchemaObject.Key> left =
        tables.stream()
            .map(t -> new SchemaObject.Key(Kind.TABLE, schema(t), Optional.empty(), t.name()))
            .collect(Collectors.toSet());
    return new Snapshot(
        server,
        objects.stream()
            .filter(object -> !left.contains(object.key()))
            .filter(object -> object.owner().filter(left::contains).isEmpty())
            .toList());
  }

  private static String schema(Table table) {
    return table.schema().equals(SQLITE_SCHEMA) ? "" : table.schema();
  }

  private static boolean isForeignKey(SchemaObject object) {
    return object.kind() == Kind.CONSTRAINT && object.definition().startsWith("FOREIGN KEY");
  }

  /** The snapshot as a JSON document. */
  public String toJson() {
    return SnapshotFile.write(this);
  }

  /**
   * A snapshot from such a document.
   *
   * @param source how errors call the document: its file
   * @throws dev.plumbline.error.ProjectException if it is none, or of a later version
   */
  public static Snapshot fromJson(String source, String json) {
    return SnapshotFile.read(source, json);
  }
}
