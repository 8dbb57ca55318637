package dev.plumbline.repair;

import dev.plumbline.dialect.Sql;
import dev.plumbline.invariant.DeriveQuery;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Table;
import java.util.List;

/**
 * A step of a repair, compiled for one database. Only a batch carries it out; the plan shows the
 * same steps.
 */
sealed interface Step {
  Table table();

  Change change();

  /** The columns of which before-images are kept. */
  List<String> imaged();

  /** Sets derived columns to their right values, straight from the violations query. */
  record SetRight(DeriveQuery query) implements Step {
    @Override
    public Table table() {
      return query.table();
    }

    @Override
    public Change change() {
      return Change.UPDATE;
    }

    List<String> columns() {
      return query.derived().stream().map(Column::name).toList();
    }

    @Override
    public List<String> imaged() {
      return updated(table(), columns());
    }
  }

  /**
   * Inserts the rows of a query.
   *
   * @param conflict the columns of a unique key; a row that is there by now is left out
   */
  record InsertRows(Table table, List<String> columns, Sql select, List<String> conflict)
      implements Step {
    @Override
    public Change change() {
      return Change.INSERT;
    }

    @Override
    public List<String> imaged() {
      return table.columnNames();
    }
  }

  /** Updates rows. */
  record UpdateRows(Table table, List<String> columns, List<Sql> set, Sql where) implements Step {
    @Override
    public Change change() {
      return Change.UPDATE;
    }

    @Override
    public List<String> imaged() {
      return updated(table, columns);
    }
  }

  /** Deletes rows. */
  record DeleteRows(Table table, Sql where) implements Step {
    @Override
    public Change change() {
      return Change.DELETE;
    }

    @Override
    public List<String> imaged() {
      return table.columnNames();
    }
  }

  /** A row trigger may change any column: then the whole row is kept. */
  private static List<String> updated(Table table, List<String> set) {
    return table.triggers().isEmpty() ? set : table.columnNames();
  }

  /** The columns that identify a row; empty where none do. */
  default List<String> key() {
    return table().identity();
  }

  default List<String> keyTypes() {
    return key().stream()
        .flatMap(name -> table().findColumn(name).stream())
        .map(Column::type)
        .toList();
  }
}
