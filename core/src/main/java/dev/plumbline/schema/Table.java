package dev.plumbline.schema;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table as the catalogue has it.
 *
 * @param schema unquoted; on SQLite {@code main}
 * @param name unquoted
 * @param sql quoted and, where needed, qualified: how statements name it
 * @param columns in their order
 * @param primaryKey column names; empty where there is none
 * @param inherited whether statements reach rows of other tables too, which no key of this one
 *     covers: tables that inherit from it and are no partitions
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
    boolean inherited,
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
    if (inherited) {
      return List.of();
    }
    return Stream.concat(
            Stream.of(primaryKey), uniqueKeys.stream().filter(k -> k.stream().allMatch(this::full)))
        .filter(k -> !k.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** How people call it: without quotes, and without the schema where that is the usual one. */
  public String label() {
    return String.join(".", TableName.usual(schema, name));
  }

  /** How people write it in SQL: the same, with quotes where it needs them. */
  public String written() {
    return TableName.usual(schema, name).stream()
        .map(Table::quoted)
        .collect(Collectors.joining("."));
  }

  /** A name as it is written in SQL: in quotes only where it needs them. */
  public static String quoted(String name) {
    return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
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
