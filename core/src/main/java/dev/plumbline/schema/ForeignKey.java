package dev.plumbline.schema;

import java.util.List;

/**
 * A foreign key that points at a table.
 *
 * @param table the referencing table, quoted and qualified
 * @param columns the referencing columns, unquoted
 * @param referenced the referenced columns in the same order, unquoted
 * @param onDelete what happens to the referencing rows
 */
public record ForeignKey(
    String table, List<String> columns, List<String> referenced, OnDelete onDelete) {
  public ForeignKey {
    columns = List.copyOf(columns);
    referenced = List.copyOf(referenced);
  }

  /** What a delete of the referenced row does. */
  public enum OnDelete {
    REFUSES,
    CASCADES,
    /** Sets the referencing columns to NULL or their default. */
    SETS
  }
}
