package dev.plumbline.lint;

import dev.plumbline.parser.Node;
import dev.plumbline.schema.Table;
import dev.plumbline.schema.TableName;
import java.util.List;

/**
 * The name of a table, function or other object as SQL has it, unquoted and folded.
 *
 * @param schema empty where none is written
 */
public record Relation(String schema, String name) {

  /** The table of a {@code RangeVar}. */
  public static Relation of(Node rangeVar) {
    return new Relation(rangeVar.text("schemaname"), rangeVar.text("relname"));
  }

  /** A name in parts, such as {@code [public, users]}; the last is the object's. */
  public static Relation of(List<String> parts) {
    return new Relation(
        parts.size() > 1 ? parts.get(parts.size() - 2) : "",
        parts.isEmpty() ? "" : parts.getLast());
  }

  /** A name as a person wrote it in a file of the project. */
  public static Relation written(String name) {
    return of(TableName.readings(name).getLast());
  }

  /**
   * Whether both can mean the same object. Without a schema the search path decides, which a file
   * does not show; it is taken for the same.
   */
  public boolean same(Relation other) {
    return name.equals(other.name)
        && (schema.isEmpty() || other.schema.isEmpty() || schema.equals(other.schema));
  }

  /** How SQL names it, with quotes where it needs them. */
  public String sql() {
    return schema.isEmpty() ? Table.quoted(name) : Table.quoted(schema) + "." + Table.quoted(name);
  }

  /** How people call it. */
  @Override
  public String toString() {
    return String.join(".", TableName.usual(schema.isEmpty() ? "public" : schema, name));
  }
}
