package dev.plumbline.schema;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table as the catalogue has it.
 *
 * @param schema unquoted; on SQLite {@code main}
 * @param name unquoted
 * @param sql quoted and, where needed, qualified: how statements name it
 * @param columns in their order
 * @param primaryKey column names; empty where there is none
 * @param uniqueKeys further unique keys over columns that cannot be NULL or partial
 * @param triggers the names of the user's enabled row triggers
 * @param referencedBy the foreign keys that point at it
 */
public record Table(
    String schema,
    String name,
    String sql,
    List<Column> columns,
    List<String> primaryKey,
    List<List<String>> uniqueKeys,
    List<String> triggers,
    List<ForeignKey> referencedBy) {
  public Table {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    uniqueKeys = uniqueKeys.stream().map(List::copyOf).toList();
    triggers = List.copyOf(triggers);
    referencedBy = List.copyOf(referencedBy);
  }

  /** The column of that name: exactly so, else as SQL folds an unquoted name. */
  public Optional<Column> findColumn(String written) {
    return Columns.find(columns, written);
  }

  /**
   * The columns that identify a row: the primary key, else a unique key without NULLs; else none.
   */
  public List<String> identity() {
    return Stream.concat(
            Stream.of(primaryKey), uniqueKeys.stream().filter(k -> k.stream().allMatch(this::full)))
        .filter(k -> !k.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private boolean full(String column) {
    return columns.stream().anyMatch(c -> c.name().equals(column) && c.notNull());
  }

  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  /** The columns that a statement may write. */
  public List<Column> writable() {
    return columns.stream().filter(c -> !c.generated()).toList();
  }
}
