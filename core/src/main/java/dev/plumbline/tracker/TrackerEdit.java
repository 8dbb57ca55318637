package dev.plumbline.tracker;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A change to a tool's table: rows that go, then rows that come, as the tool itself would write
 * them. It only says what to change.
 *
 * @param key the columns by which the rows that go are named
 * @param delete the keys of the rows that go
 * @param insert the rows that come, by column, all with the same columns; a column that is not
 *     named takes its default
 */
public record TrackerEdit(
    Table table, List<String> key, List<List<Value>> delete, List<Map<String, Value>> insert) {
  public TrackerEdit {
    key = List.copyOf(key);
    delete = delete.stream().map(List::copyOf).toList();
    insert = insert.stream().map(TrackerEdit::inAnyCase).toList();
  }

  /** On SQLite, tools name the same column in other cases. */
  private static Map<String, Value> inAnyCase(Map<String, Value> row) {
    TreeMap<String, Value> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(row);
    return Collections.unmodifiableMap(sorted);
  }

  /** Whether the record says it already. */
  public boolean isEmpty() {
    return delete.isEmpty() && insert.isEmpty();
  }

  /** The columns that the inserted rows name, in the table's order. */
  public List<String> columns() {
    return insert.isEmpty()
        ? List.of()
        : table.columnNames().stream().filter(insert.getFirst()::containsKey).toList();
  }

  /** The condition that holds for the rows that go. */
  public Sql where(Dialect dialect) {
    List<Column> columns = key.stream().map(this::column).toList();
    return delete.isEmpty()
        ? Sql.of("FALSE")
        : dialect.keyIn(
            columns.stream().map(c -> Sql.of(dialect.quote(c.name()))).toList(),
            columns.stream().map(Column::type).toList(),
            delete.stream()
                .map(values -> new Key(values.stream().map(Value::text).toList()))
                .toList());
  }

  /** The query that returns the rows that come, its columns those of {@link #columns}. */
  public Sql select(Dialect dialect) {
    List<String> columns = columns();
    List<Sql> rows = insert.stream().map(row -> row(dialect, row)).toList();
    List<String> names =
        IntStream.range(0, columns.size())
            .mapToObj(i -> "column" + (i + 1) + " AS " + dialect.quote(columns.get(i)))
            .toList();
    return Sql.of(
        "SELECT {}\nFROM (VALUES {}) AS v", String.join(", ", names), Sql.join(",\n  ", rows));
  }

  private Sql row(Dialect dialect, Map<String, Value> row) {
    return Sql.of(
        "({})",
        Sql.join(
            ", ",
            columns().stream()
                .map(c -> row.getOrDefault(c, Value.none()).sql(dialect, column(c).type()))
                .toList()));
  }

  /** The statements that make the change, in order. */
  public List<Sql> statements(Dialect dialect) {
    List<Sql> statements = new ArrayList<>();
    if (!delete.isEmpty()) {
      statements.add(Sql.of("DELETE FROM {} WHERE {}", table.sql(), where(dialect)));
    }
    if (!insert.isEmpty()) {
      statements.add(
          Sql.of(
              "INSERT INTO {} ({})\n{}",
              table.sql(),
              String.join(", ", columns().stream().map(dialect::quote).toList()),
              select(dialect)));
    }
    return statements;
  }

  private Column column(String name) {
    return table.findColumn(name).orElseThrow();
  }
}
