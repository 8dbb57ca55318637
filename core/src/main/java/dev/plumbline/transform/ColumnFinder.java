package dev.plumbline.transform;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.document.Transform;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Columns;
import dev.plumbline.schema.Table;
import dev.plumbline.schema.TableName;
import dev.plumbline.source.SourceSetting;
import dev.plumbline.transform.ColumnTable.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds in the live catalogue what a transform's file says of its table. */
final class ColumnFinder {
  private final Session session;
  private final Transform transform;
  private final SourceSetting.Column setting;

  ColumnFinder(Session session, Transform transform, SourceSetting.Column setting) {
    this.session = session;
    this.transform = transform;
    this.setting = setting;
  }

  /**
   * @throws PlumblineException 78 if the table, its key or a column is not as the file says
   */
  ColumnTable find() {
    Catalog catalog = Database.catalog(session);
    Table table = catalog.findTable(setting.table()).orElseThrow(() -> noTable(catalog));
    List<Property> properties = new ArrayList<>();
    for (String name : transform.properties()) {
      properties.add(new Property(name, column(table, name)));
    }
    Property document = new Property(transform.property(), column(table, transform.property()));
    requireText(table, document.column());
    List<Column> key = key(table);
    Map<Column, String> written = new HashMap<>();
    for (String name : transform.written()) {
      Column column = column(table, name);
      requireWritable(table, column);
      requireNotKey(table, key, column);
      requireOnce(column, name, written.putIfAbsent(column, name));
    }
    return new ColumnTable(
        session.dialect(), table, key, document, properties, condition(catalog, table));
  }

  private PlumblineException noTable(Catalog catalog) {
    List<String> known = catalog.tableNames();
    if (known.contains(TableName.label(setting.table()))) {
      return wrong(
          "`" + setting.table() + "` is a view, and documents are changed in tables.",
          "Name the table whose rows it shows under `source: {column: …}` in " + file() + ".");
    }
    return wrong(
        "There is no table `" + setting.table() + "` in this database.",
        TableName.closest(setting.table(), known)
                .map(near -> "Did you mean `" + near + "`? Write it")
                .orElse("Write the table's name, with its schema where needed,")
            + " under `source: {column: …}` in "
            + file()
            + ".");
  }

  private Column column(Table table, String name) {
    return table
        .findColumn(name)
        .orElseThrow(
            () ->
                wrong(
                    "Table " + table.label() + " has no column `" + name + "`.",
                    Columns.closest(name, table.columnNames())
                            .map(near -> "Did you mean `" + near + "`?")
                            .orElse("It has " + String.join(", ", table.columnNames()) + ".")
                        + " Correct "
                        + file()
                        + "."));
  }

  private void requireWritable(Table table, Column column) {
    if (column.generated()) {
      throw wrong(
          "Column " + column.name() + " of " + table.label() + " is computed by the database.",
          "Name a column that can be written in " + file() + ".");
    }
  }

  /** By it a run finds its rows again, and a rollback what belongs where. */
  private void requireNotKey(Table table, List<Column> key, Column column) {
    if (key.contains(column)) {
      throw wrong(
          "Column " + column.name() + " of " + table.label() + " belongs to the key.",
          "Name columns that are not in it as `document` and under `also` in " + file() + ".");
    }
  }

  private void requireOnce(Column column, String name, @Nullable String other) {
    if (other != null) {
      throw wrong(
          "`" + other + "` and `" + name + "` are the same column, " + column.name() + ".",
          "Write it once in " + file() + ".");
    }
  }

  private void requireText(Table table, Column column) {
    boolean text =
        switch (session.dialect()) {
          case PostgresDialect postgres ->
              column.type().equals("json")
                  || column.type().equals("jsonb")
                  || column.type().equals("text")
                  || column.type().startsWith("character varying");
          case SqliteDialect sqlite ->
              !column.type().equals("INTEGER") && !column.type().equals("REAL");
        };
    if (!text) {
      throw wrong(
          "Column "
              + column.name()
              + " of "
              + table.label()
              + " is of type "
              + column.type()
              + ", which holds no documents.",
          "Name a column of type json, jsonb or text as `document` in " + file() + ".");
    }
  }

  private List<Column> key(Table table) {
    List<String> names =
        setting.key().map(written -> written(table, written)).orElseGet(table::identity);
    if (names.isEmpty()) {
      throw wrong(
          table.inherited()
              ? "Other tables inherit from " + table.label() + ": no key covers all its rows."
              : "Table " + table.label() + " has no key that tells its rows apart.",
          table.inherited()
              ? "Write a transform for each of the tables."
              : "Give it a primary key, or name the columns of a unique one without NULLs as `key`"
                  + " in "
                  + file()
                  + ".");
    }
    return names.stream().map(name -> column(table, name)).toList();
  }

  /** Keys in a row that can be NULL or twice there would leave rows out, or take two for one. */
  private List<String> written(Table table, List<String> written) {
    List<String> names = written.stream().map(name -> column(table, name).name()).toList();
    boolean unique =
        Stream.concat(Stream.of(table.primaryKey()), table.uniqueKeys().stream())
            .anyMatch(key -> !key.isEmpty() && new HashSet<>(key).equals(new HashSet<>(names)));
    boolean whole =
        names.stream()
            .allMatch(
                name ->
                    table.primaryKey().contains(name)
                        || Columns.find(table.columns(), name).orElseThrow().notNull());
    if (!unique || !whole || table.inherited()) {
      throw wrong(
          "`"
              + String.join(", ", written)
              + "` is no unique key of "
              + table.label()
              + " without"
              + " NULLs.",
          "Name the columns of such a key in " + file() + ", or leave `key` out.");
    }
    return names;
  }

  /** Planned once by itself: what is wrong with it is told at its place in the file. */
  private Optional<Fragment> condition(Catalog catalog, Table table) {
    setting
        .where()
        .ifPresent(
            where ->
                catalog.describe(Sql.of("SELECT 1 AS one FROM {} WHERE ({})", table.sql(), where)));
    return setting.where();
  }

  private String file() {
    return "transforms/" + transform.name() + ".yaml";
  }

  private static PlumblineException wrong(String what, String next) {
    return new PlumblineException(ErrorCode.PROJECT, what, "Nothing was changed.", next);
  }
}
