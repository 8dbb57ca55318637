package dev.plumbline.schema;

/**
 * A column of a table or a query.
 *
 * @param name as the catalogue has it, unquoted
 * @param type as the database writes it, with its modifiers; on SQLite the affinity
 * @param exact how the column is compared and copied exactly: see {@link Comparison}
 * @param generated whether the database computes it, so that it cannot be written
 */
public record Column(
    String name, String type, Comparison exact, boolean notNull, boolean generated) {

  /** How two values of a column are compared so that "numbers by value, text by bytes" holds. */
  public enum Comparison {
    /** The type's own equality is exact. */
    PLAIN,
    /** The column's collation calls different texts equal. */
    BYTES,
    /** The type has no equality of its own, or one that ignores case: its text is compared. */
    TEXT
  }
}
