package dev.plumbline.drift;

import dev.plumbline.claim.ClaimedObjects.Described;
import dev.plumbline.claim.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An object of a database as its catalogue describes it.
 *
 * @param schema empty for a schema or an extension, and in SQLite
 * @param table the table that it belongs to, in the same schema
 * @param name of a function with the types of its arguments: {@code total(integer, text)}
 * @param definition all that tells it from another of its kind and name, as the database prints it
 * @param statements SQL that makes it; none for what comes with another object (a column with its
 *     table), or cannot be made from its description
 */
public record SchemaObject(
    Kind kind,
    String schema,
    Optional<String> table,
    String name,
    String definition,
    Optional<String> comment,
    List<String> statements) {

  /** Tables before what is on them, and so on. */
  static final Comparator<SchemaObject> ORDER =
      Comparator.comparing((SchemaObject object) -> rank(object.kind))
          .thenComparing(SchemaObject::schema)
          .thenComparing(object -> object.table.orElse(""))
          .thenComparing(SchemaObject::name);

  public SchemaObject {
    statements = List.copyOf(statements);
  }

  /** What it is called; in one database only one object has this. */
  public record Key(Kind kind, String schema, Optional<String> table, String name) {
    /** How people call it: {@code index orders_user on orders}. */
    @Override
    public String toString() {
      String in = schema.isEmpty() || schema.equals("public") ? "" : schema + ".";
      String of = kind == Kind.COLUMN ? " of " : " on ";
      return table
          .map(owner -> kind.word() + " " + name + of + in + owner)
          .orElseGet(() -> kind.word() + " " + in + name);
    }
  }

  public Key key() {
    return new Key(kind, schema, table, name);
  }

  /** The table that it belongs to. */
  Optional<Key> owner() {
    return table.map(of -> new Key(Kind.TABLE, schema, Optional.empty(), of));
  }

  Described described() {
    return new Described(kind, schema, table, name, definition);
  }

  /** How people call it. */
  @Override
  public String toString() {
    return key().toString();
  }

  private static int rank(Kind kind) {
    return switch (kind) {
      case SCHEMA -> 0;
      case EXTENSION -> 1;
      case TYPE -> 2;
      case DOMAIN -> 3;
      case SEQUENCE -> 4;
      case TABLE, RELATION -> 5;
      case FOREIGN_TABLE -> 6;
      case COLUMN -> 7;
      case FUNCTION, PROCEDURE -> 8;
      case AGGREGATE -> 9;
      case VIEW -> 10;
      case MATERIALIZED_VIEW -> 11;
      case INDEX -> 12;
      case CONSTRAINT -> 13;
      case TRIGGER -> 14;
      case POLICY -> 15;
    };
  }
}
