package dev.plumbline.transform;

import dev.plumbline.database.Row;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.dialect.TextColumns;
import dev.plumbline.document.Document;
import dev.plumbline.execution.Changes;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table one of whose columns holds documents.
 *
 * @param key the columns that tell its rows apart
 * @param document the column that holds the document
 * @param properties the columns that a transform reads or writes, the document's own among them
 * @param where which rows it is about
 */
record ColumnTable(
    Dialect dialect,
    Table table,
    List<Column> key,
    Property document,
    List<Property> properties,
    Optional<Fragment> where) {
  ColumnTable {
    key = List.copyOf(key);
    properties = List.copyOf(properties);
  }

  /**
   * A column of a record.
   *
   * @param name how the transform's file calls it
   */
  record Property(String name, Column column) {}

  /** The same, its properties called as the columns are: images know them by these names. */
  ColumnTable byColumnNames() {
    return new ColumnTable(
        dialect,
        table,
        key,
        new Property(document.column().name(), document.column()),
        properties.stream()
            .map(property -> new Property(property.column().name(), property.column()))
            .toList(),
        where);
  }

  /** Which column it is, for people and for comparing. */
  String place() {
    return "column " + document.column().name() + " of " + table.sql();
  }

  /** What its triggers mean for a run, in a sentence; empty where it has none. */
  Optional<String> triggersNote() {
    return Changes.triggers(table)
        .map(
            triggers ->
                "Every change fires "
                    + triggers
                    + "; a row that then holds another document than was proven is not written.");
  }

  /** Its columns of these names, as what is written. */
  TextColumns texts(Collection<String> names) {
    List<Column> columns =
        properties.stream()
            .filter(property -> names.contains(property.name()))
            .map(Property::column)
            .toList();
    return new TextColumns(
        table.sql(),
        keyNames(),
        keyTypes(),
        columns.stream().map(Column::name).toList(),
        columns.stream().map(Column::type).toList(),
        !table.triggers().isEmpty());
  }

  List<String> keyNames() {
    return key.stream().map(Column::name).toList();
  }

  private List<String> keyTypes() {
    return key.stream().map(Column::type).toList();
  }

  /** The rows that it is about. */
  Sql inScope() {
    return where.map(Sql::user).orElse(Sql.of("TRUE"));
  }

  /** The rows that have a document, and a key that tells them from others. */
  Sql withDocument() {
    return Sql.and(List.of(inScope(), hasDocument(), withKey()));
  }

  Sql hasDocument() {
    return Sql.of("{} IS NOT NULL", own(document().column()));
  }

  /** The rows whose key holds no NULL; empty where none can, which is so but on SQLite. */
  Sql withKey() {
    List<Sql> there = nullable().stream().map(column -> Sql.of("{} IS NOT NULL", column)).toList();
    return there.isEmpty() ? Sql.empty() : Sql.and(there);
  }

  /** The rows that it is about and whose key holds NULL; empty where there can be none. */
  Optional<Sql> withoutKey() {
    List<Sql> missing = nullable().stream().map(column -> Sql.of("{} IS NULL", column)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(Sql.and(List.of(inScope(), Sql.join(" OR ", missing))));
  }

  private List<Sql> nullable() {
    return key.stream().filter(column -> !column.notNull()).map(this::own).toList();
  }

  /** The rows that it is about and that have none. */
  Sql withoutDocument() {
    return Sql.and(List.of(inScope(), Sql.of("{} IS NULL", own(document().column()))));
  }

  /** The rows with these keys. */
  Sql withKeys(List<Key> keys) {
    return dialect.keyIn(ownKey(), keyTypes(), keys);
  }

  /** The rows after one key up to another. */
  Sql between(Optional<Key> after, Optional<Key> upTo) {
    Sql row = Sql.of("({})", Sql.join(", ", ownKey()));
    List<Sql> bounds = new ArrayList<>();
    after.ifPresent(bound -> bounds.add(Sql.of("{} > ({})", row, bound(bound))));
    upTo.ifPresent(bound -> bounds.add(Sql.of("{} <= ({})", row, bound(bound))));
    return Sql.and(bounds);
  }

  private Sql bound(Key bound) {
    List<Sql> values = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      values.add(dialect.keyParameter(bound.values().get(i), key.get(i).type()));
    }
    return Sql.join(", ", values);
  }

  /** The key, as the journal writes it, of the row at a place among those that meet a condition. */
  Sql keyAt(Sql condition, String direction, long offset) {
    // Written as JSON outside, for the one row: inside it would be for each row that is skipped.
    return Sql.of(
        """
        SELECT {} FROM (
          SELECT {} FROM {} WHERE {} ORDER BY {} LIMIT 1 OFFSET {}) AS plumb_at""",
        dialect.keyJson(
            key.stream().map(c -> Sql.of("plumb_at.{}", dialect.quote(c.name()))).toList()),
        Sql.join(", ", ownKey()),
        table.sql(),
        condition,
        Sql.join(", ", ownKey().stream().map(c -> Sql.of("{} {}", c, direction)).toList()),
        offset);
  }

  /** A query of one column {@code key}, in key order. */
  Sql keys(Sql condition) {
    return Sql.of(
        "SELECT {} AS key FROM {} WHERE {} ORDER BY {}",
        keyJson(),
        table.sql(),
        condition,
        Sql.join(", ", ownKey()));
  }

  Sql count(Sql condition) {
    return Sql.of("SELECT count(*) FROM {} WHERE {}", table.sql(), condition);
  }

  /** Rows in key order, as {@link #row} reads them. */
  Sql rows(Sql condition) {
    return Sql.of("{} ORDER BY {}", rowsAsTheyCome(condition, List.of()), inOrder());
  }

  private Sql inOrder() {
    return Sql.join(", ", ownKey());
  }

  /**
   * Rows in whatever order is the quickest.
   *
   * @param further expressions behind the columns that {@link #row} reads
   */
  Sql rowsAsTheyCome(Sql condition, List<Sql> further) {
    List<Sql> items = new ArrayList<>();
    items.add(keyJson());
    items.addAll(dialect.rowAddress(table.sql()));
    properties.forEach(property -> items.add(dialect.text(own(property.column()))));
    items.addAll(further);
    return Sql.of("SELECT {} FROM {} WHERE {}", Sql.join(", ", items), table.sql(), condition);
  }

  ColumnRow row(Row row) throws SQLException {
    String id = row.required(1);
    List<String> address = new ArrayList<>();
    int addressed = addressed();
    for (int i = 2; i < 2 + addressed; i++) {
      address.add(row.required(i));
    }
    TreeMap<String, String> texts = new TreeMap<>();
    for (int i = 0; i < properties.size(); i++) {
      String name = properties.get(i).name();
      row.optional(2 + addressed + i).ifPresent(text -> texts.put(name, text));
    }
    return new ColumnRow(id, address, new Document(ColumnRow.id(id), texts, Optional.empty()));
  }

  /** Where the further expressions begin. */
  int behind() {
    return 2 + addressed() + properties.size();
  }

  private int addressed() {
    return dialect.rowAddress(table.sql()).size();
  }

  List<ColumnRow> read(Session session, Sql condition) {
    return session.query(rows(condition), this::row);
  }

  Sql keyJson() {
    return dialect.keyJson(ownKey());
  }

  private List<Sql> ownKey() {
    return key.stream().map(this::own).toList();
  }

  private Sql own(Column column) {
    return Sql.of("{}.{}", table.sql(), dialect.quote(column.name()));
  }
}
